"""Inflection scored as the SIGMORPHON shared tasks score it, with intervals by lemma and breakdowns.

Accuracy is the share of rows whose prediction is the gold form, and the distance is the mean Levenshtein distance over
rows (Cotterell et al. 2018, "The CoNLL-SIGMORPHON 2018 Shared Task"; Vylomova et al. 2020, "SIGMORPHON 2020 Shared Task
0"). Both compare in NFC and without blanks at the ends of a form. What the tasks' scripts give stands beside them:
these compare what the files have, and count a cell of several rows once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lexaug.errors import FormatError
from lexaug.evaluation.inflection_rows import Official, ScoredRow, official, paired
from lexaug.evaluation.statistics import Outcome, Score, grouped, score
from lexaug.inflection.examples import ExampleFile, InflectionExample, read_examples, read_training
from lexaug.inflection.leaks import find_seen
from lexaug.inflection.notation import Notation

OVERLAPS = ("both", "lemma", "features", "neither")
"""What training has seen of a row (Kodner et al. 2022, "SIGMORPHON-UniMorph 2022 Shared Task 0")."""
Key = Callable[[InflectionExample], str]


@dataclass(frozen=True, slots=True)
class Slice:
    """Part of the rows: how many, the accuracy with its interval by lemma, and the mean distance."""

    n: int
    accuracy: Score
    distance: float


@dataclass(frozen=True, slots=True)
class InflectionScore:
    """One language.

    `n` counts rows, `formless` the gold rows without a form, for which an empty prediction is right, and `lemmas`
    lemmas; `accuracy` has an interval by lemma; `raw` is the accuracy (per cent) of the files as they are, `any_form`
    that against any of the gold forms of a cell; `distance` is in characters; `official` is what the shared tasks'
    scripts tell. `train` counts training rows, `leaked` the rows that also stand among them, and `other_forms` those
    whose lemma and features stand there with other forms alone; None where none were given. `slices` are by part of
    speech and by features, the largest first, and with training rows by overlap. `outcome` has an item per lemma.
    """

    language: str
    n: int
    formless: int
    lemmas: int
    accuracy: Score
    raw: float
    any_form: float
    distance: float
    official: Official
    train: int | None
    leaked: int | None
    other_forms: int | None
    slices: Mapping[str, Mapping[str, Slice]]
    outcome: Outcome


def score_inflection(gold: Path, predicted: Path, train: Path | None = None, *, signature: str = "") -> InflectionScore:
    """Score a file of predictions.

    Args:
        gold: rows with forms, in the format of any year; fewer than half may lack one, as a few of the shared tasks'
            own do.
        predicted: a prediction for each row of `gold`, in the same order, in the format of any year; an empty form is
            wrong where the gold file has one.
        train: what the system has learned from, for the breakdown by overlap.
        signature: goes into the score.

    Raises:
        MissingError, FormatError: a file is not there or not readable, is covered, or does not hold the rows of the
            other.

    """
    wanted, given = read_examples(gold, covered=True), read_examples(predicted, covered=True)
    formless = _formless(wanted)
    if given.covered:
        raise FormatError(
            "no row has a form", file=given.path, line=given.rows[0].line, hint="is this a covered test file?"
        )
    rows = paired(wanted, given)
    known = read_training(train) if train else None
    seen = None if known is None else find_seen(wanted.rows, known)
    outcome = _by_lemma(rows)
    slices = {
        "pos": _slices(rows, lambda row: row.bundle.pos or "none"),
        "features": _slices(rows, lambda row: str(row.bundle)),
    }
    if known is not None:
        slices["overlap"] = _slices(rows, overlap(known), OVERLAPS)
    return InflectionScore(
        language=wanted.name,
        n=len(rows),
        formless=formless,
        lemmas=len(outcome.total),
        accuracy=score("accuracy", outcome, signature=signature),
        raw=_share(row.predicted.raw == row.gold.raw for row in rows),
        any_form=_share(row.predicted.form in row.forms for row in rows),
        distance=_mean(row.distance for row in rows),
        official=official(wanted, given),
        train=None if known is None else len(known),
        leaked=None if seen is None else len(seen.leaks),
        other_forms=None if seen is None else len(seen.others),
        slices=slices,
        outcome=outcome,
    )


def _formless(gold: ExampleFile) -> int:
    """Count the rows without a form; refuse a file in which they are half or more."""
    bare = [row for row in gold.rows if row.form is None]
    if 2 * len(bare) >= len(gold.rows):
        message = f"{len(bare)} of {len(gold.rows)} gold rows have no form"
        hint = "is this a covered test file? give the one with the forms"
        raise FormatError(message, file=gold.path, line=bare[0].line, hint=hint)
    return len(bare)


def overlap(known: Sequence[InflectionExample]) -> Key:
    """Give what tells which of `OVERLAPS` a row belongs to, from what is learnt from, in either notation of bundles."""
    lemmas, notation = {row.lemma for row in known}, Notation.of_rows(known)

    def category(row: InflectionExample) -> str:
        seen, cell = row.lemma in lemmas, notation.of(row.bundle) in notation.learnt
        return OVERLAPS[0 if seen and cell else 1 if seen else 2 if cell else 3]

    return category


def _slices(rows: Sequence[ScoredRow], key: Key, order: Sequence[str] = ()) -> dict[str, Slice]:
    parts: dict[str, list[ScoredRow]] = defaultdict(list)
    for row in rows:
        parts[key(row.gold)].append(row)
    largest = sorted(parts, key=lambda name: (-len(parts[name]), name))
    return {name: _slice(name, parts[name]) for name in order or largest if name in parts}


def _slice(name: str, rows: Sequence[ScoredRow]) -> Slice:
    return Slice(len(rows), score(name, _by_lemma(rows)), _mean(row.distance for row in rows))


def _by_lemma(rows: Sequence[ScoredRow]) -> Outcome:
    return grouped([row.right for row in rows], [row.gold.lemma for row in rows])


def _share(values: Iterable[bool]) -> float:
    return 100 * _mean(values)


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found)
