"""A task adapter trained on English, stacked on language adapters: `python -m experiments.stacking [CODE...]`.

Intents of InjongoIntent: the task sees English utterances only, each language adapter pseudo-text only. Writes
docs/results/stacking.md.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from experiments.packs import DATA, WORK, make_pack, version
from experiments.study import TRAIN, bar, say, score_rows, table, write_result
from lexaug.evaluation.statistics import Outcome
from lexaug.hub.languages import Languages
from lexaug.hub.task import Task, train_task
from lexaug.pack import load_pack
from lexaug.recipe import Recipe, SynthesisSettings, TrainingSettings
from lexaug.training.train import train

PROBE, TASK, STACK = "linear probe, backbone frozen", "task adapter alone", "task adapter over language adapter"
HEAD = """# A task adapter over language adapters

Command: `python -m experiments.stacking {arguments}`.

Intent of an utterance (InjongoIntent, 40 intents), accuracy in per cent with its 95% interval; one seed. The task
adapter was trained on {texts} English utterances over the frozen backbone, passes: {passes}; each language adapter
(preset `retrieval`) on pseudo-text of {sources} English sentences. Nothing was chosen on these test sets.
"""


def main() -> None:
    """Train the language adapters where they are missing, then the task, and score it in every language."""
    options = _options()
    folders = {code: _adapter(code, options.sources) for code in options.codes}
    texts, labels = _read(DATA / "english" / "injongo" / "train.jsonl", options.texts)
    tasks = {passes: _task(folders, texts, labels, passes) for passes in (0, options.passes)}
    parts, figures = [], {}
    for code in options.codes:
        outcomes, size = _outcomes(tasks, code, options)
        gained = bar(f"{STACK}, minus {TASK}", outcomes[STACK], outcomes[TASK])
        rows = score_rows(outcomes)
        head = ("system", "accuracy", "95%", "spread")
        parts.append(
            f"## {code}, {size} utterances\n\n{table(head, rows)}\nDifference: {' '.join(gained.row()[1:3])}\n"
        )
        figures[code] = {"n": size, "rows": rows, "difference": gained.row()[1:3]}
    told = HEAD.format(**{**vars(options), "arguments": _arguments(options)})
    write_result("stacking", told + "\n" + "\n".join(parts), {"options": vars(options), "languages": figures})


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("codes", nargs="*", default=["swa", "lug"])
    parser.add_argument("--sources", type=int, default=2000)
    parser.add_argument("--texts", type=int, default=1700)
    parser.add_argument("--tests", type=int, default=640)
    parser.add_argument("--passes", type=int, default=3)
    return parser.parse_args()


def _arguments(options: argparse.Namespace) -> str:
    flags = (f"--{name} {getattr(options, name)}" for name in ("sources", "texts", "tests", "passes"))
    return " ".join((*options.codes, *flags))


def _adapter(code: str, sources: int) -> Path:
    folder = WORK / "stacking" / code / version(code) / str(sources)
    if not (folder / "metrics.json").is_file():
        say(f"training the language adapter of {code}")
        recipe = Recipe(
            name=code,
            pack=str(make_pack(code)),
            synthesis=SynthesisSettings(sources=(str(TRAIN),), mode="morph", sentences=sources),
            training=TrainingSettings.make(preset="retrieval", passes=1),
        )
        train(recipe, load_pack(make_pack(code)), folder)
    return folder


def _task(folders: dict[str, Path], texts: Sequence[str], labels: Sequence[str], passes: int) -> Task:
    say(f"training the task, {passes} passes")
    return train_task(Languages.load(folders, base="offline"), texts, labels, passes=passes)


def _outcomes(tasks: dict[int, Task], code: str, options: argparse.Namespace) -> tuple[dict[str, Outcome], int]:
    say(f"scoring {code}")
    texts, gold = _read(DATA / code / "injongo" / "test.jsonl", options.tests)
    task = tasks[options.passes]
    found = {
        PROBE: tasks[0].predict(texts),
        TASK: task.predict(texts),
        STACK: task.predict(texts, code),
    }
    return {name: _outcome(predicted, gold) for name, predicted in found.items()}, len(texts)


def _outcome(predicted: Sequence[str], gold: Sequence[str]) -> Outcome:
    right = np.array([[one == other for one, other in zip(predicted, gold, strict=True)]], dtype=np.float64)
    return Outcome(right, np.ones(len(gold)))


def _read(path: Path, count: int) -> tuple[list[str], list[str]]:
    """Read utterances and intents, evenly spread over a file that is sorted by intent."""
    rows = list(_rows(path))
    size = min(count, len(rows))
    chosen = [rows[number * len(rows) // size] for number in range(size)]
    return [text for text, _ in chosen], [intent for _, intent in chosen]


def _rows(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            yield row["text"], row["intent"]


if __name__ == "__main__":
    main()
