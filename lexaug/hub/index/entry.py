"""From an adapter folder, however it was come by, to its entry in the index."""

from __future__ import annotations

from typing import cast

from pydantic import ValidationError

from lexaug.described import explain
from lexaug.errors import FormatError, UnsafeError
from lexaug.files import fingerprint_json
from lexaug.hub.figures import Evaluation
from lexaug.hub.figures import Figure as Measured
from lexaug.hub.folder import AdapterFolder
from lexaug.hub.index.names import MODEL
from lexaug.hub.index.schema import Entry, Family, Figure, Gain, Place, Result, Verdict
from lexaug.languages import language, lineage
from lexaug.training.part_files import PEFT_WEIGHTS

FROZEN = "zero_shot"
"""The system that is the frozen backbone alone, in all tasks of `lexaug eval`."""


def make_entry(folder: AdapterFolder, place: Place) -> Entry:
    """Describe an adapter that lies at a place.

    Raises:
        UnsafeError: its base model is no model of the Hub, so that others cannot have it.
        FormatError: what it says of itself does not fit into the index.

    """
    spec = language(folder.language)
    try:
        return Entry(
            **place.model_dump(),
            code=spec.code,
            name=spec.name,
            autonym=spec.autonym or None,
            macrolanguage=spec.macrolanguage,
            families=tuple(Family(glottocode=code, name=name) for code, name in lineage(spec.code)),
            base_model=_base(folder),
            base_revision=folder.revision or None,
            licence=folder.licence,
            results=tuple(map(_result, folder.evaluations)),
            weights=folder.sizes[PEFT_WEIGHTS],
            size=folder.size,
            digest=fingerprint_json(dict(folder.manifest)),
        )
    except ValidationError as fault:
        message, _ = explain(Entry, fault.errors()[0])
        raise FormatError(message, file=folder.path, hint="evaluate or package the adapter anew") from None


def _base(folder: AdapterFolder) -> str:
    if not MODEL.fullmatch(folder.base):
        raise UnsafeError(
            f"its base model {folder.base!r} is a path, not a model of the Hub",
            file=folder.path,
            hint="train on a backbone that others can have",
        )
    return folder.base


def _result(found: Evaluation) -> Result:
    adapted, rival = found.systems[found.best], found.systems[found.against]
    frozen = found.systems.get(FROZEN)
    return Result(
        task=found.task,
        test=found.test,
        n=found.n,
        seeds=adapted.seeds,
        frozen=None if frozen is None else _figure(FROZEN, frozen),
        rival=_figure(found.against, rival),
        adapted=_figure(found.best, adapted),
        gain=Gain(value=found.gain.value, low=found.gain.low, high=found.gain.high),
        verdict=cast(Verdict, found.verdict),  # that it is one is checked where it is read
    )


def _figure(system: str, found: Measured) -> Figure:
    return Figure(system=system, value=found.value, low=found.low, high=found.high)
