"""Runs of yoyodyne, each a process of its own in yoyodyne's environment, kept as small files."""

from __future__ import annotations

import csv
import json
import os
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from experiments.inflection_cells import Result, by_lemma, dev_and_test, read_result, write_result
from experiments.inflection_yoyodyne.settings import Settings
from experiments.shared_task import drawn
from lexaug.inflection.alphabet import bundle_parts
from lexaug.inflection.examples import InflectionExample, spread
from lexaug.inflection.train import DEV_ROWS
from lexaug.training.machine import processor

DRIVER = Path(__file__).with_name("driver.py")
VERSION = "0.5.27"
PROCEDURE = 1
"""Raised by hand when the driver trains or inflects otherwise."""
EXAMPLES = 1_000
RATED_ROWS = 256
"""Test rows on which batch sizes are compared."""
LONGER = 10
"""Characters that a form may have more than the longest of train and dev."""


@dataclass(frozen=True, slots=True)
class Run:
    """A training of yoyodyne; `seconds` count the main thread's time on a processor."""

    language: str
    seed: int
    threads: int
    settings: Settings
    seconds: float

    @property
    def name(self) -> str:
        """The run as a file name."""
        return f"{self.language}-{self.settings.mark}-{self.threads}threads-{self.seconds:g}s-seed{self.seed}"

    @property
    def minutes(self) -> float:
        """How long it trains."""
        return self.seconds / 60

    @property
    def wanted(self) -> Result:
        """What decides its figures."""
        return {"run": asdict(self), "examples": EXAMPLES, "yoyodyne": VERSION, "procedure": PROCEDURE}


@dataclass(frozen=True, slots=True)
class Yoyodyne:
    """Where results lie, and the interpreter that has yoyodyne (not needed to read results)."""

    folder: Path
    python: str = ""

    def found(self, run: Run) -> Result | None:
        """Give the result of a run, unless it was measured otherwise."""
        return read_result(self._place(run), run.wanted)

    def measure(self, run: Run) -> Result:
        """Train, inflect, score, keep the result."""
        train = drawn(run.language, EXAMPLES, run.seed)
        dev, test = dev_and_test(run.language)
        with TemporaryDirectory() as folder:
            job = write_job(Path(folder), run, train, dev, test)
            answer = read_answer(self._drive(job, run.threads), dev, test)
        result = {"wanted": run.wanted, **answer, "machine": processor()}
        write_result(self._place(run), result)
        return result

    def _drive(self, job: Path, threads: int) -> str:
        environment = {**os.environ, "OMP_NUM_THREADS": str(threads), "WANDB_MODE": "disabled", "PYTHONPATH": ""}
        command = (self.python, str(DRIVER), str(job))
        return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, env=environment).stdout

    def _place(self, run: Run) -> Path:
        return self.folder / f"{run.name}.json"


def write_job(
    folder: Path,
    run: Run,
    train: Sequence[InflectionExample],
    dev: Sequence[InflectionExample],
    test: Sequence[InflectionExample],
) -> Path:
    """Write the tables of a run, and its description for the driver; dev is checked on the rows lexaug uses."""
    parts = run.settings.features == "parts"
    tables = {
        "train": train,
        "dev": dev,
        "checked": spread(dev, DEV_ROWS),
        "rated": spread(test, RATED_ROWS),
        "test": test,
    }
    job: dict[str, Any] = {name: _write_table(folder / f"{name}.tsv", rows, parts) for name, rows in tables.items()}
    job |= {
        "folder": str(folder / "model"),
        "seconds": run.seconds,
        "threads": run.threads,
        "seed": run.seed,
        "longest": max(len(row.form or "") for row in (*train, *dev)) + LONGER,
        "settings": asdict(run.settings),
    }
    path = folder / "job.json"
    path.write_text(json.dumps(job), encoding="utf-8")
    return path


def _write_table(path: Path, rows: Iterable[InflectionExample], parts: bool) -> str:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerows((row.lemma, row.form, features(row, parts)) for row in rows)
    return str(path)


def features(row: InflectionExample, parts: bool) -> str:
    """Write a bundle as symbols between semicolons: its tags as they stand, or `NOM;NOM:1;NOM:SG` for `NOM(1,SG)`."""
    if not parts:
        return row.features
    return ";".join(f"{nest}:{value}" if nest else value for value, nest in bundle_parts(row.bundle))


def read_answer(printed: str, dev: Sequence[InflectionExample], test: Sequence[InflectionExample]) -> Result:
    """Take what the driver wrote last, its forms scored.

    Raises:
        ValueError: it does not answer each row, or is of another version of yoyodyne.

    """
    answer: Result = json.loads(printed.splitlines()[-1])
    if (version := answer["versions"]["yoyodyne"]) != VERSION:
        raise ValueError(f"yoyodyne {VERSION} is wanted, this is {version}")
    rates = answer.pop("rates")
    return {
        "dev": by_lemma(dev, answer.pop("dev"))["test"],
        **by_lemma(test, answer.pop("test")),
        **answer,
        "rates": rates,
        "forms_per_second": max(rates.values()),
    }
