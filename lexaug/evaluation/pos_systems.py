"""The systems of part-of-speech transfer, for one seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lexaug.evaluation.end_to_end import end_to_end
from lexaug.evaluation.frozen import Frozen
from lexaug.evaluation.fusion import fuse
from lexaug.evaluation.gold import Gold
from lexaug.evaluation.heads import ENGLISH, PSEUDO, Heads, Texts
from lexaug.evaluation.ngram_system import SAMPLES, tag_with_ngrams
from lexaug.evaluation.predictions import Chosen, Kept, Prediction, code_fingerprint
from lexaug.evaluation.pseudo_text import pseudo_sentences, source_sentences
from lexaug.evaluation.views import Vectors
from lexaug.files import fingerprint
from lexaug.inflection.choice import describe_inflector
from lexaug.synthesis.tagged import TaggedSentence

if TYPE_CHECKING:
    from lexaug.evaluation.adapters import Run
    from lexaug.pack import LanguagePack
    from lexaug.training.load import AdaptedModel


@dataclass(frozen=True, slots=True)
class Material:
    """What all seeds share. `english` is what the linear heads see; `mode` is that of the pseudo-text."""

    pack: LanguagePack
    english: tuple[TaggedSentence, ...]
    dev: Gold | None
    test: Gold
    mode: str
    train_fingerprint: str


class SeedRun:
    """One adapter and everything beside it with the same seed; loads and encodes only what is not kept already.

    `chosen` are the settings of each system where an earlier seed has chosen them.
    """

    def __init__(self, run: Run, material: Material, kept: Kept, frozen: Frozen, chosen: Mapping[str, Chosen]) -> None:
        self.run = run
        self.material = material
        self._kept = kept
        self._frozen = frozen
        self._chosen = chosen
        self._adapted: AdaptedModel | None = None
        self._answers: dict[str, Prediction] = {}

    def answer(self, name: str, system: Callable[[SeedRun, Chosen | None], Prediction]) -> Prediction:
        """Give a system's prediction: from this run, from disk, or made now."""
        if name not in self._answers:
            chosen = self._chosen.get(name)
            made = self._kept.get(self._identity(name, chosen), lambda: system(self, chosen))
            self._answers[name] = made
        return self._answers[name]

    def close(self) -> None:
        """Take the adapter off the backbone, for the next seed."""
        if self._adapted is not None:
            self._adapted.model.unload()
            self._adapted = None

    def _identity(self, name: str, chosen: Chosen | None) -> dict[str, object]:
        m, recipe = self.material, self.run.recipe
        return {
            "code": code_fingerprint(),
            "system": name,
            "weights": self.run.weights if name in _THROUGH_ADAPTER else "",
            "backbone": [recipe.backbone.name, recipe.backbone.revision, self.run.manifest.get("backbone")],
            "prefix": recipe.training.prefix,
            "pack": m.pack.fingerprint,
            "synthesis": [m.mode, self._inflector, recipe.synthesis.sentences, self._sources],
            "seed": self.run.seed,
            "data": [m.train_fingerprint, len(m.english), m.test.fingerprint, m.dev.fingerprint if m.dev else ""],
            "chosen": dict(chosen) if chosen else None,
        }

    @cached_property
    def _inflector(self) -> str | dict[str, str]:
        return describe_inflector(self.run.recipe.synthesis.inflector)

    @cached_property
    def _sources(self) -> list[str]:
        return [fingerprint(Path(name)) for name in self.run.recipe.synthesis.sources]

    @cached_property
    def pseudo(self) -> tuple[TaggedSentence, ...]:
        """Pseudo-text with projected tags, `SAMPLES` versions of each sentence, first versions first."""
        sources = source_sentences(self.run)
        return pseudo_sentences(
            self.material.pack,
            sources,
            mode=self.material.mode,
            seed=self.run.seed,
            samples=SAMPLES,
            inflector=self.run.recipe.synthesis.inflector,
        )

    @property
    def texts(self) -> Texts:
        """What linear heads learn from: as many pseudo-sentences as English ones, each in one version."""
        m = self.material
        return Texts(m.english, self.pseudo[: len(m.english)], m.dev, m.test)

    @cached_property
    def frozen_heads(self) -> Heads:
        """Linear heads on the bare backbone."""
        return Heads(self._frozen.vectors, self.texts, self.run.seed)

    @cached_property
    def adapted_heads(self) -> Heads:
        """Linear heads through the adapter."""
        return Heads(Vectors(self.adapted, self._frozen.backbone.layers), self.texts, self.run.seed)

    @property
    def adapted(self) -> AdaptedModel:
        """The adapter on the backbone; from here on the backbone is no longer bare."""
        if self._adapted is None:
            from lexaug.training.load import load

            self._adapted = load(self.run.folder, base=self._frozen.backbone)
        return self._adapted


def zero_shot(run: SeedRun, chosen: Chosen | None) -> Prediction:
    """Frozen backbone, head on English."""
    return run.frozen_heads.predict([ENGLISH], chosen)


def translate_train(run: SeedRun, chosen: Chosen | None) -> Prediction:
    """Frozen backbone, head on English and pseudo-text."""
    return run.frozen_heads.predict([ENGLISH, PSEUDO], chosen)


def char_ngram(run: SeedRun, chosen: Chosen | None) -> Prediction:
    """No backbone: characters of the word and its neighbours, on pseudo-text."""
    return tag_with_ngrams(run.pseudo, run.material.dev, run.material.test, chosen)


def adapter(run: SeedRun, chosen: Chosen | None) -> Prediction:
    """Adapted backbone, head on English."""
    return run.adapted_heads.predict([ENGLISH], chosen)


def adapter_translate_train(run: SeedRun, chosen: Chosen | None) -> Prediction:
    """Adapted backbone with the better, on dev, of its own head and a head on English and pseudo-text.

    Without a dev set its own head goes first.
    """
    if chosen and "head" not in chosen:
        return run.adapted_heads.predict([ENGLISH, PSEUDO], chosen)
    m = run.material
    own = end_to_end(run.adapted, m.dev, m.test)
    if own is not None and (chosen or m.dev is None):
        return own
    probe = run.adapted_heads.predict([ENGLISH, PSEUDO])
    if own is None or m.dev is None or own.dev is None or probe.dev is None:
        return probe
    return own if m.dev.accuracy(own.dev) >= m.dev.accuracy(probe.dev) else probe


def fused_frozen(run: SeedRun, chosen: Chosen | None) -> Prediction:
    """`translate_train` and `char_ngram`, log-probabilities summed."""
    return _fused(run, "translate_train", chosen)


def fused(run: SeedRun, chosen: Chosen | None) -> Prediction:
    """`adapter_translate_train` and `char_ngram`, log-probabilities summed."""
    return _fused(run, "adapter_translate_train", chosen)


def _fused(run: SeedRun, name: str, chosen: Chosen | None) -> Prediction:
    first, second = (run.answer(part, SYSTEMS[part]) for part in (name, "char_ngram"))
    return fuse(first, second, run.material.dev, chosen)


System = Callable[[SeedRun, Any], Prediction]
SYSTEMS: Mapping[str, System] = {
    "zero_shot": zero_shot,
    "translate_train": translate_train,
    "char_ngram": char_ngram,
    "fused_frozen": fused_frozen,
    "adapter": adapter,
    "adapter_translate_train": adapter_translate_train,
    "fused": fused,
}
"""In the order they are run: all that need the bare backbone before the adapter is put on it."""
_THROUGH_ADAPTER = ("adapter", "adapter_translate_train", "fused")
