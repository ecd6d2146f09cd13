"""The ways to an inflector: what each starts from, what of it learns, and whether made-up examples are added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lexaug.errors import ConfigError
from lexaug.inflection.backbone import LoadedBackbone
from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.settings import DEFAULT_RATE, InflectorSettings
from lexaug.registry import Registry

if TYPE_CHECKING:
    from lexaug.inflection.learner import Learner
    from lexaug.inflection.pointer import PointerLearner

MADE_UP = 10_000
"""Made-up examples, where a method has any: as many as Anastasopoulos and Neubig (2019) made."""
RULES, AUTO = "rules", "auto"


@dataclass(frozen=True, slots=True)
class Method:
    """A way to an inflector: from a backbone or from nothing, all weights or an adapter, made-up examples or none."""

    name: str
    backbone: bool = False
    adapter: bool = False
    hallucinated: int = 0

    def settings(self, given: InflectorSettings, *, large: bool = False) -> InflectorSettings:
        """Give the settings under which the method trains: the learning rate is its own if none is given.

        `large` backbones are the general sequence-to-sequence models.
        """
        full, lora = LARGE_RATES if large else RATES
        own = DEFAULT_RATE if not self.backbone else lora if self.adapter else full
        return replace(given, learning_rate=given.learning_rate or own, hallucinated=self.hallucinated)


RATES = 4e-3, 1e-2
"""Learning rates of all weights and of an adapter, chosen on dev rows for inflect-mini."""
LARGE_RATES = 3e-4, 1e-3
"""The same for larger backbones: what is usual for them, not chosen here."""

NEURAL: Registry[Method] = Registry(
    "method",
    {
        name + suffix: Method(name + suffix, backbone, adapter, count)
        for name, backbone, adapter in (("scratch", False, False), ("full", True, False), ("lora", True, True))
        for suffix, count in (("", 0), ("+hallucination", MADE_UP))
    },
)
"""What is trained; `rules` and `auto` stand beside them."""
NAMES = (AUTO, RULES, *NEURAL)


def make_learner(
    method: Method,
    rows: Sequence[InflectionExample],
    settings: InflectorSettings,
    backbone: LoadedBackbone | None,
    language: str | None = None,
    made_up: Sequence[InflectionExample] = (),
) -> Learner:
    """Make what a method trains on rows and made-up ones, from a backbone where there is one.

    Raises:
        ConfigError: the adapter would be too large for the backbone.

    """
    if backbone is None:
        from lexaug.inflection.scratch import new_learner

        return new_learner([*rows, *made_up], settings)
    if backbone.tokenizer is None:
        return _pointer(backbone, method, rows, settings, language, made_up)
    return _hub(backbone, method, settings)


def known_rows(rows: Sequence[InflectionExample]) -> list[InflectionExample]:
    """Give the rows that have a form.

    Raises:
        ConfigError: no row has one.

    """
    known = [row for row in rows if row.form is not None]
    if not known:
        raise ConfigError("no example has a form to learn from", hint="give a train file of lemma, form and features")
    return known


def _pointer(
    backbone: LoadedBackbone,
    method: Method,
    rows: Sequence[InflectionExample],
    settings: InflectorSettings,
    language: str | None,
    made_up: Sequence[InflectionExample],
) -> PointerLearner:
    from lexaug.inflection.adapter import MOST, attach
    from lexaug.inflection.extend import extend, extended_alphabet, rows_used
    from lexaug.inflection.pointer import PointerLearner
    from lexaug.inflection.relatives import nearest_language, start_like

    base = backbone.model
    room = int(MOST / 4 * base.num_parameters() / base.config.hidden_size) if method.adapter else None
    read = [*rows, *made_up]
    alphabet = extended_alphabet(base.config.alphabet, read, language, room)
    model = extend(base, alphabet)
    if (nearest := nearest_language(base, base.config.alphabet, rows, language)) is not None:
        start_like(model, alphabet, language, nearest)
    if method.adapter:
        model = attach(model, rows=rows_used(alphabet, read, language, room), seed=settings.seed)
    notes = {} if nearest is None else {"nearest_language": nearest}
    return PointerLearner(
        model, alphabet, language=language, smoothing=settings.smoothing, hidden=settings.hidden, notes=notes
    )


def _hub(backbone: LoadedBackbone, method: Method, settings: InflectorSettings) -> Learner:
    from lexaug.inflection.adapter import attach
    from lexaug.inflection.hub_model import HubLearner

    model = attach(backbone.model, seed=settings.seed) if method.adapter else backbone.model
    return HubLearner(model, backbone.tokenizer)
