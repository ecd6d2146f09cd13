"""Kazakh 2022 by what training has seen of a row: `python -m experiments.inflection_overlap`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from experiments.packs import DATA
from experiments.study import say, table, with_interval, write_result
from lexaug.evaluation.inflection import OVERLAPS, InflectionScore, score_inflection
from lexaug.inflection.examples import InflectionExample, read_examples, read_training, write_examples
from lexaug.inflection.inflector import Inflector
from lexaug.inflection.run import train_inflector
from lexaug.inflection.settings import InflectorSettings

FOLDER = DATA / "kaz" / "sigmorphon" / "2022"
MINUTES = 4.0
SAID = {
    "all": "all",
    "both": "lemma and features seen",
    "lemma": "lemma seen, features new",
    "features": "features seen, lemma new",
    "neither": "both new",
}


def main() -> None:
    """Train each method named on the command line (`rules` if none is), inflect the test file, score it by category."""
    methods = sys.argv[1:] or ["rules"]
    train = read_training(FOLDER / "kaz_large.train")
    rows, data = [], {}
    with TemporaryDirectory() as place:
        for method in methods:
            settings = InflectorSettings(minutes=MINUTES, clock="cpu")
            dev = read_examples(FOLDER / "kaz.dev").rows
            inflector = train_inflector(method, train, dev, settings, language="kaz")
            found = _measure(inflector, train, Path(place))
            say(f"{method}: {found['all'].accuracy.value:.1f}")
            rows += [_row(method, SAID[name], score) for name, score in found.items()]
            data[method] = {name: _facts(score) for name, score in found.items()}
    same = train == read_training(FOLDER / "kaz_small.train")
    text = [
        "# Inflection by overlap with training: Kazakh, SIGMORPHON 2022\n",
        f"Command: `python -m experiments.inflection_overlap {' '.join(methods)}`. Each method of "
        f"`lexaug inflect train` (seed 0; neural ones {MINUTES:g} CPU minutes, one thread) learns from "
        f"`kaz_large.train` ({len(train):,} rows"
        + ("; `kaz_small.train` holds the same ones" if same else "")
        + ") and is scored on the test file by what training has seen of a row (Kodner et al. 2022); intervals are 95% "
        "bootstraps by lemma.\n",
        table(["method", "rows of test", "n", "lemmas", "accuracy", "distance"], rows),
    ]
    write_result("inflection_overlap", "\n".join(text), {"minutes": MINUTES, "seed": 0, "kaz": data})


def _measure(inflector: Inflector, known: Sequence[InflectionExample], place: Path) -> dict[str, InflectionScore]:
    gold = read_examples(FOLDER / "kaz.gold").rows
    found = inflector.inflect(gold)
    answered = [row.answered(form.form) for row, form in zip(gold, found, strict=True)]
    lemmas, bundles = {row.lemma for row in known}, {row.bundle for row in known}
    seen = [(row.lemma in lemmas, row.bundle in bundles) for row in gold]
    parts = {"all": list(range(len(gold)))}
    for name, wanted in zip(OVERLAPS, ((True, True), (True, False), (False, True), (False, False)), strict=True):
        parts[name] = [number for number, pair in enumerate(seen) if pair == wanted]
    return {
        name: _score([gold[number] for number in numbers], [answered[number] for number in numbers], place)
        for name, numbers in parts.items()
        if numbers
    }


def _score(gold: list[InflectionExample], answered: list[InflectionExample], place: Path) -> InflectionScore:
    paths = place / "kaz.gold", place / "kaz.out"
    for path, rows in zip(paths, (gold, answered), strict=True):
        write_examples(path, rows, "lemma-form-features")
    return score_inflection(*paths)


def _row(method: str, part: str, found: InflectionScore) -> list[str]:
    return [method, part, f"{found.n:,}", f"{found.lemmas:,}", with_interval(found.accuracy), f"{found.distance:.2f}"]


def _facts(found: InflectionScore) -> dict[str, float]:
    accuracy = found.accuracy
    return {
        "n": found.n,
        "lemmas": found.lemmas,
        "accuracy": round(accuracy.value, 2),
        "low": round(accuracy.low, 2),
        "high": round(accuracy.high, 2),
        "distance": round(found.distance, 3),
    }


if __name__ == "__main__":
    main()
