"""Yoyodyne's settings, and the search for the best of them: one axis after the other, around the best so far."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from lexaug.files import fingerprint_json


@dataclass(frozen=True, slots=True)
class Settings:
    """How yoyodyne is set up; what is not said otherwise is the library's own default.

    `encoder` of the features is `separate`, `shared` with the lemma's, or shared and `invariant` (Wu et al. 2021: what
    is a feature is told apart by an embedding); `features` are the bundle's `tags` as they stand, or its `parts` (each
    value with what it is nested in); `warmup` counts epochs; `clip` is a norm (0: none); `products` of matrices are
    Lightning's `32-true`, by `oneDNN` (the same without AMX, and faster where the usual library leaves half of a
    processor unused), or `bf16-mixed`.
    """

    embedding: int = 128
    hidden: int = 512
    layers: int = 1
    heads: int = 4
    dropout: float = 0.2
    batch: int = 32
    rate: float = 1e-3
    beta2: float = 0.999
    schedule: str = "constant"
    warmup: int = 10
    smoothing: float = 0.0
    clip: float = 0.0
    encoder: str = "separate"
    features: str = "tags"
    products: str = "32-true"

    @property
    def mark(self) -> str:
        """A short hash."""
        return fingerprint_json(asdict(self))[:8]

    def beside(self, other: Settings) -> str:
        """Say in what it differs from others."""
        mine, theirs = asdict(self), asdict(other)
        return ", ".join(f"{name} {value}" for name, value in mine.items() if value != theirs[name]) or "the same"


LIBRARY = Settings()
SHIPPED = Settings(embedding=256, hidden=1024, layers=4, dropout=0.3, schedule="inverse root", encoder="shared")
"""The example configuration of this model in yoyodyne's repository, the features read by the lemma's encoder."""
SHAPES = (LIBRARY, replace(LIBRARY, layers=2), replace(LIBRARY, layers=2, hidden=256), SHIPPED)
"""Where the search starts: the library's defaults, deeper, the shape of lexaug's own model, the example."""
AXES: tuple[tuple[str, tuple[Any, ...]], ...] = (
    ("products", ("32-true", "oneDNN", "bf16-mixed")),
    ("rate", (5e-4, 1e-3, 2e-3, 4e-3)),
    ("schedule", ("constant", "inverse root", "cosine")),
    ("dropout", (0.1, 0.2, 0.3, 0.4)),
    ("batch", (16, 32, 64)),
    ("encoder", ("separate", "shared", "invariant")),
    ("features", ("tags", "parts")),
    ("smoothing", (0.0, 0.1)),
    ("clip", (0.0, 1.0, 3.0)),
)
Score = Callable[[Settings], float | None]
"""Accuracy on dev; None where it is not measured yet."""


@dataclass(frozen=True, slots=True)
class Search:
    """Where the search stands: the best settings so far, and those to compare next (none: it is over)."""

    best: Settings
    open: tuple[Settings, ...] = ()


def search(
    score: Score, shapes: Sequence[Settings] = SHAPES, axes: Sequence[tuple[str, Sequence[Any]]] = AXES
) -> Search:
    """Go as far as what is measured allows; of equals the first stays, and the best so far comes first."""
    found = _step(score, tuple(shapes))
    for name, values in axes:
        if not found.open:
            found = _step(score, around(found.best, name, values))
    return found


def around(best: Settings, name: str, values: Sequence[Any]) -> tuple[Settings, ...]:
    """Give settings, and those that differ from them in one value."""
    return tuple(dict.fromkeys((best, *(replace(best, **{name: value}) for value in values))))


def _step(score: Score, candidates: tuple[Settings, ...]) -> Search:
    scores = {settings: found for settings in candidates if (found := score(settings)) is not None}
    best = max(scores or candidates, key=lambda settings: scores.get(settings, 0.0))
    return Search(best, () if len(scores) == len(candidates) else candidates)
