"""What the studies share: cells that are trained once, evaluations over seeds, and Markdown tables of both."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TypeVar

from experiments.outcomes import FOLDER, Measured, read_measured, write_measured
from experiments.packs import ENGLISH, WORK, make_pack, pack_folder, version
from lexaug.evaluation.report import EvalReport
from lexaug.evaluation.statistics import Delta, Outcome, Score, delta, score
from lexaug.files import atomic_file, fingerprint_json
from lexaug.inflection.choice import INFLECTORS, RULES, describe_inflector
from lexaug.pack import load_pack
from lexaug.recipe import Recipe, SynthesisSettings, TrainingSettings
from lexaug.synthesis import build_synthesizer, read_sources
from lexaug.synthesis.example import PseudoExample
from lexaug.synthesis.tally import Tally

TRAIN = ENGLISH / "en_ewt-ud-train.conllu"
SENTENCES = 6_000
PASSES = 3
RETRIEVAL_SENTENCES, RETRIEVAL_PASSES = 3_000, 2
"""What about six minutes of one core allow; retrieval reads twice as many blocks. Two cells are trained at a time."""
DEV_SENTENCES = 300
RESULTS = Path("docs/results")


@dataclass(frozen=True, slots=True)
class Cell:
    """One adapter of a study; `group` keeps apart what is trained with and without a dev set.

    `inflector` is that of the recipe: `rules`, `none` or a folder.
    """

    code: str
    mode: str
    seed: int
    preset: str = "tagging"
    group: str = "adapters"
    inflector: str = RULES

    @property
    def name(self) -> str:
        """What the cell is called in a study."""
        return f"{self.code}-{self._kind}"

    @property
    def version(self) -> str:
        """Identify the language's facts, the settings and the seed: a change makes another adapter."""
        recipe = self.recipe()
        synthesis = recipe.synthesis.model_dump(mode="json", exclude={"sources", "inflector"})
        if self.mode != "lexicon":  # which inflects nothing
            synthesis["inflector"] = describe_inflector(self.inflector)
        settings = [synthesis, recipe.training.model_dump(mode="json")]
        return fingerprint_json([version(self.code), settings, self.group, recipe.seed])[:12]

    @property
    def folder(self) -> Path:
        """Where the adapter lies: apart for each version."""
        return WORK / self.group / self.code / self.version / self._kind

    @property
    def _kind(self) -> str:
        way = self.inflector if self.inflector in INFLECTORS else Path(self.inflector).name
        return f"{self.preset}-{self.mode}-{self.seed}" + ("" if way == RULES else f"-{way}")

    @property
    def trained(self) -> bool:
        """Whether the adapter is whole."""
        return (self.folder / "metrics.json").is_file()

    def recipe(self) -> Recipe:
        """Give the cell's recipe: the preset as it is shipped."""
        short = self.preset == "retrieval"
        sentences, passes = (RETRIEVAL_SENTENCES, RETRIEVAL_PASSES) if short else (SENTENCES, PASSES)
        return Recipe(
            name=self.code,
            pack=str(pack_folder(self.code)),
            synthesis=SynthesisSettings(
                sources=(str(TRAIN),), mode=self.mode, inflector=self.inflector, sentences=sentences
            ),
            training=TrainingSettings.make(preset=self.preset, passes=passes),
            seed=self.seed,
        )


def train_cell(cell: Cell, dev: Path | None) -> Path:
    """Train a cell unless that is done; a killed run goes on where it stopped."""
    from lexaug.synthesis.tagged import read_tagged
    from lexaug.training.train import train

    if not cell.trained:
        make_pack(cell.code)
        say(f"training {cell.code} {cell.preset} {cell.mode} seed {cell.seed}")
        gold = read_tagged(dev) if dev else None
        train(cell.recipe(), load_pack(make_pack(cell.code)), cell.folder, dev=gold)
    return cell.folder


def measured(study: str, cells: Iterable[Cell]) -> list[Measured]:
    """Read what has been measured of some cells, with the facts and settings of now."""
    found = (read_measured(_place(study, cell), cell.version) for cell in cells)
    return [measurement for measurement in found if measurement is not None]


def measure(study: str, cell: Cell, dev: Path | None, evaluate: Callable[[Path], EvalReport]) -> Measured:
    """Train and evaluate a cell, unless its measurement is there: then nothing else needs to be."""
    if known := measured(study, [cell]):
        return known[0]
    folder = train_cell(cell, dev)
    say(f"evaluating {cell.name}")
    metrics = json.loads((folder / "metrics.json").read_text(encoding="utf-8"))
    found = Measured.of(cell.version, evaluate(folder), metrics)
    write_measured(_place(study, cell), found)
    return found


def _place(study: str, cell: Cell) -> Path:
    return FOLDER / study / f"{cell.name}.json"


def pseudo_text(code: str, sentences: int, inflector: str = RULES) -> Iterator[PseudoExample]:
    """Make inflected pseudo-text of the first sentences of the source, seed 1."""
    synthesizer = build_synthesizer(load_pack(make_pack(code)), mode="morph", seed=1, inflector=inflector)
    for sentence in read_sources([TRAIN], limit=sentences):
        if (example := synthesizer(sentence)) is not None:
            yield example


def tally(code: str, inflector: str = RULES, sentences: int = 2_000) -> Tally:
    """Count by which ways the words of inflected pseudo-text came."""
    found = Tally()
    for example in pseudo_text(code, sentences, inflector):
        found.add(example)
    return found


Piece = TypeVar("Piece")


def part_of(cells: Sequence[Piece], part: str) -> Sequence[Piece]:
    """Take every N-th cell from the K-th for a part `K/N`; all without one."""
    if not part:
        return cells
    number, parts = map(int, part.split("/"))
    if not 1 <= number <= parts:
        say(f"--part {part}: there are parts 1 to {parts}")
        raise SystemExit(2)
    return cells[number - 1 :: parts]


def dev_part(conllu: Path, name: str) -> Path:
    """Take every fifth sentence of a train split, at most `DEV_SENTENCES`, as the dev set of a language."""
    target = WORK / "dev" / f"{name}.conllu"
    if not target.is_file():
        sentences = conllu.read_text(encoding="utf-8").strip().split("\n\n")
        with atomic_file(target) as temporary:
            temporary.write_text("\n\n".join(islice(sentences[::5], DEV_SENTENCES)) + "\n\n", encoding="utf-8")
    return target


def pick(outcomes: Mapping[str, Outcome], items: Sequence[int]) -> dict[str, Outcome]:
    """Keep some of the items."""
    chosen = list(items)
    return {name: Outcome(found.correct[:, chosen], found.total[chosen]) for name, found in outcomes.items()}


def score_rows(outcomes: Mapping[str, Outcome]) -> list[list[str]]:
    """Give one table row per system: name, score, interval, spread over seeds."""
    rows = []
    for name, outcome in outcomes.items():
        found = score(name, outcome)
        rows.append([name, f"{found.value:.1f}", f"[{found.low:.1f}, {found.high:.1f}]", f"{found.spread:.2f}"])
    return rows


def with_interval(found: Score) -> str:
    """Write a score with its interval."""
    return f"{found.value:.1f} [{found.low:.1f}, {found.high:.1f}]"


def lead_with_interval(found: Delta) -> str:
    """Write a difference with its sign and interval."""
    return f"{found.value:+.1f} [{found.low:.1f}, {found.high:.1f}]"


@dataclass(frozen=True, slots=True)
class Bar:
    """A difference that a study must reach: at least `least` points, with an interval above zero."""

    name: str
    found: Delta
    least: float = 0.0

    @property
    def met(self) -> bool:
        """Whether it is reached."""
        return self.found.better and self.found.value >= self.least

    def row(self) -> list[str]:
        """Give its table row."""
        d = self.found
        return [self.name, f"{d.value:+.2f}", f"[{d.low:.2f}, {d.high:.2f}]", f"{self.least:g}", verdict(self.met)]


def bar(name: str, better: Outcome, base: Outcome, least: float = 0.0) -> Bar:
    """Compare two systems on the same items."""
    return Bar(name, delta(better, base), least)


def verdict(met: bool) -> str:
    """Say plainly whether a bar is met."""
    return "met" if met else "**missed**"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Lay out a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def write_result(name: str, text: str, data: object) -> None:
    """Write a study's page and its figures as JSON under docs/results."""
    RESULTS.mkdir(parents=True, exist_ok=True)
    with atomic_file(RESULTS / f"{name}.md") as temporary:
        temporary.write_text(text, encoding="utf-8")
    with atomic_file(RESULTS / f"{name}.json") as temporary:
        temporary.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    say(f"written: {RESULTS / name}.md")


def say(text: str) -> None:
    """Tell where a study stands."""
    print(text, file=sys.stderr, flush=True)
