"""What an index holds: one entry per adapter, and what was left out with its reason. Version 1 of the schema."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

TITLE = "Language adapters"
FORMAT: Literal[1] = 1
"""Version of the schema; a reader refuses what is newer, and ignores keys that it does not know."""

Text = Annotated[str, Field(max_length=400)]
Code = Annotated[str, Field(pattern=r"^[a-z]{3}$")]
PerCent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Points = Annotated[float, Field(ge=-100, le=100, allow_inf_nan=False)]
Count = Annotated[int, Field(ge=0, le=2**53)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
ROUNDING = 0.01
"""Points by which a gain may differ from the difference of its scores, which are rounded to four decimals."""
Verdict = Literal["helps", "no_effect", "harms"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class _Interval(_Record):
    value: float
    low: float
    high: float

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low > self.high:
            raise ValueError(f"an interval ends before it begins: [{self.low}, {self.high}]")
        return self


class Figure(_Interval):
    """The score of one system in per cent, with its 95% interval."""

    system: Text
    value: PerCent
    low: PerCent
    high: PerCent


class Gain(_Interval):
    """Adapter minus rival in points, with the 95% interval of the paired bootstrap."""

    value: Points
    low: Points
    high: Points


class Result(_Record):
    """One evaluation on real text.

    `frozen` is the same backbone without the adapter, `rival` the system without an adapter that the verdict was
    decided against, `adapted` the adapter's system that was judged, `gain` adapted minus rival. `test` names the
    test file, `n` counts its sentences or pairs.
    """

    task: Text
    test: Text = ""
    n: Count
    seeds: Count
    frozen: Figure | None
    rival: Figure
    adapted: Figure
    gain: Gain
    verdict: Verdict

    @model_validator(mode="after")
    def _borne_out(self) -> Self:
        if abs(self.gain.value - (self.adapted.value - self.rival.value)) > ROUNDING:
            raise ValueError(f"the gain on {self.task!r} is not the difference of its scores")
        if (self.verdict == "helps" and self.gain.low <= 0) or (self.verdict == "harms" and self.gain.high >= 0):
            raise ValueError(f"the verdict {self.verdict!r} on {self.task!r} is not borne out by its interval")
        return self


class Family(_Record):
    """A family of Glottolog's tree."""

    glottocode: Text
    name: Text


class Place(_Record):
    """Where an adapter lies.

    `place` is the name of a Hub repo, or a folder relative to the index; `link` leads a browser to it; `revision` is
    the commit of a repo and `updated` its date; `warnings` say what deserves a look, e.g. a name that imitates another.
    """

    kind: Literal["repo", "folder"]
    place: Annotated[str, Field(min_length=1, max_length=400)]
    link: Text
    revision: Annotated[str, Field(pattern=r"^[0-9a-f]{40}$")] | None = None
    updated: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None
    warnings: Annotated[tuple[Text, ...], Field(max_length=20)] = ()


class Entry(Place):
    """One adapter.

    `families` has the highest first; `results` are empty where nothing was measured; `weights` and `size` are bytes;
    `digest` is over the manifest, which names the hash of every file: the same adapter has the same one wherever it
    lies.
    """

    code: Code
    name: Text
    autonym: Text | None = None
    macrolanguage: Code | None = None
    families: Annotated[tuple[Family, ...], Field(max_length=40)] = ()
    base_model: Text
    base_revision: Text | None = None
    licence: Text
    results: Annotated[tuple[Result, ...], Field(max_length=50)] = ()
    weights: Count
    size: Count
    digest: Digest

    @property
    def family(self) -> str | None:
        """Name of the highest family."""
        return self.families[0].name if self.families else None


class LeftOut(_Record):
    """What was offered and could not be indexed, and why."""

    place: Text
    reason: Text


class Index(_Record):
    """All adapters in stable order, and what was left out."""

    format: Literal[1] = FORMAT
    title: Text = TITLE
    note: Text | None = None
    adapters: tuple[Entry, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
