"""The cells of the grid, each measured once and kept as a small file, so that a run may stop and go on anywhere."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from typing import Any

from experiments.shared_task import Source, drawn
from experiments.study import RESULTS
from lexaug.files import write_json
from lexaug.inflection.backbone import SHIPPED, find_backbone, has_shipped
from lexaug.inflection.examples import read_examples
from lexaug.inflection.methods import NEURAL, RULES
from lexaug.inflection.run import accuracy, train_inflector
from lexaug.inflection.settings import InflectorSettings

LANGUAGES = ("swa", "sme", "tur", "klr", "nav")
SIZES = (100, 500, 1000)
METHODS = (RULES, *NEURAL)
MINUTES = (2.0, 4.0)
SEEDS = (0, 1, 2)


@dataclass(frozen=True, slots=True)
class Cell:
    """A language, so many examples drawn with a seed, a method, and CPU minutes (0 for rules, which take seconds)."""

    language: str
    size: int
    method: str
    minutes: float
    seed: int

    @property
    def name(self) -> str:
        """The cell as a file name."""
        return f"{self.language}-{self.size}-{self.method}-{self.minutes:g}min-seed{self.seed}"

    @property
    def settings(self) -> InflectorSettings:
        """How the cell is trained."""
        return InflectorSettings(minutes=self.minutes, clock="cpu", seed=self.seed)

    def as_wanted(self, identity: str | None) -> dict[str, Any]:
        """Say what decides the cell's figures: the cell, its settings as used, the backbone's weights."""
        own = self.settings if self.method == RULES else NEURAL[self.method].settings(self.settings)
        return {"cell": asdict(self), "settings": asdict(own), "backbone": identity}


@dataclass(frozen=True, slots=True)
class Grid:
    """Where results lie, and what backbone the methods that need one start from (None: none is there)."""

    folder: Path = RESULTS / "inflection_low_resource"
    backbone: str | None = SHIPPED if has_shipped() else None

    @property
    def identity(self) -> str | None:
        """The backbone's weights."""
        return None if self.backbone is None else find_backbone(self.backbone).identity

    def cells(self, minutes: tuple[float, ...] = MINUTES) -> Iterator[Cell]:
        """List the cells: whole grids of one seed and one budget first, so that a part is of use."""
        usable = [name for name in METHODS if name == RULES or not NEURAL[name].backbone or self.backbone]
        for seed, budget, size, language, method in product(SEEDS, minutes, SIZES, LANGUAGES, usable):
            if method != RULES:
                yield Cell(language, size, method, budget, seed)
            elif budget == minutes[0]:
                yield Cell(language, size, method, 0.0, seed)

    def found(self, cell: Cell) -> dict[str, Any] | None:
        """Give a cell's result, unless it was measured with other settings or another backbone."""
        path = self.folder / f"{cell.name}.json"
        if not path.is_file():
            return None
        result: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return result if result["wanted"] == self._wanted(cell) else None

    def measure(self, cell: Cell) -> dict[str, Any]:
        """Train a cell, score it on dev and test, keep the result."""
        train = drawn(cell.language, cell.size, cell.seed)
        source = Source(cell.language, 2023)
        dev, test = read_examples(source.dev).rows, read_examples(source.train.with_suffix(".tst")).rows
        inflector = train_inflector(
            cell.method, train, dev, cell.settings, backbone=self.backbone, language=cell.language
        )
        forms = inflector.inflect(test)
        total = Counter(row.lemma for row in test)
        right = Counter(row.lemma for row, form in zip(test, forms, strict=True) if form.form == row.form)
        result = {
            "wanted": self._wanted(cell),
            "dev": round(accuracy(inflector, dev), 2),
            "test": round(100 * right.total() / len(test), 2),
            "seconds": inflector.metrics["seconds"],
            "steps": inflector.metrics.get("steps"),
            "right": [right[lemma] for lemma in sorted(total)],
            "total": [total[lemma] for lemma in sorted(total)],
        }
        self.folder.mkdir(parents=True, exist_ok=True)
        write_json(self.folder / f"{cell.name}.json", result)
        return result

    def _wanted(self, cell: Cell) -> dict[str, Any]:
        needs = cell.method != RULES and NEURAL[cell.method].backbone
        found: dict[str, Any] = json.loads(json.dumps(cell.as_wanted(self.identity if needs else None)))
        return found
