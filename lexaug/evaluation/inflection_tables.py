"""Inflection scores laid out for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from lexaug.evaluation.inflection import InflectionScore, Slice
from lexaug.evaluation.inflection_report import MACRO, Average, InflectionReport, rounded
from lexaug.evaluation.inflection_rows import Official
from lexaug.evaluation.statistics import Delta, Score

if TYPE_CHECKING:
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

SHOWN = 12
"""Parts of a breakdown that are shown: the largest ones."""


def render_inflection(report: InflectionReport) -> Group:
    """Lay out a report: a row per language, the other system, then the breakdowns of a single language."""
    from rich.console import Group
    from rich.text import Text

    parts = [_languages(report)]
    if report.others:
        parts.append(_against(report))
    if len(report.scores) > 1 and report.sizes:
        parts.append(_sizes(report))
    for found in report.scores.values() if len(report.scores) == 1 else ():
        parts += [_cuts(name, cuts) for name, cuts in found.slices.items()]
    signature = Text(report.signature, "dim", no_wrap=True, overflow="ignore")  # copied in one piece
    return Group(*parts, *_notes(report), signature)


def _languages(report: InflectionReport) -> Table:
    title = "inflection: exact match, 95% intervals by lemma"
    table = _table(title, "language", "rows", "lemmas", "accuracy", "raw", "any form", "distance")
    for name, found in report.scores.items():
        counts = (str(found.n), str(found.lemmas))
        more = (f"{found.raw:.1f}", f"{found.any_form:.1f}", f"{found.distance:.2f}")
        table.add_row(name, *counts, _score(found.accuracy), *more)
    if len(report.scores) > 1:
        mean = report.macro
        table.add_row(MACRO, str(mean.n), "", _score(mean.accuracy), "", "", f"{mean.distance:.2f}")
    return table


def _against(report: InflectionReport) -> Table:
    table = _table("the other system, and the lead over it", "language", "rows", "accuracy", "distance", "lead")
    for name, other in report.others.items():
        if name != MACRO or len(report.scores) > 1:
            figures = (str(other.n), _score(other.accuracy), f"{other.distance:.2f}")
            table.add_row(name, *figures, _lead(report.deltas[name]))
    return table


def _sizes(report: InflectionReport) -> Table:
    table = _table("by training size", "training rows", "files", "accuracy", "distance")
    for name, mean in report.sizes.items():
        table.add_row(name, str(mean.files), _score(mean.accuracy), f"{mean.distance:.2f}")
    return table


def _cuts(name: str, cuts: Mapping[str, Slice]) -> Table:
    more = len(cuts) - SHOWN
    title = f"by {name}" if more <= 0 else f"by {name}: the {SHOWN} largest, {more} left out (--json has all)"
    table = _table(title, name, "rows", "lemmas", "accuracy", "distance")
    for part, cut in list(cuts.items())[:SHOWN]:
        table.add_row(part, str(cut.n), str(cut.accuracy.n), _score(cut.accuracy), f"{cut.distance:.2f}")
    return table


def _table(title: str, name: str, *figures: str) -> Table:
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    table.add_column(name, overflow="fold")
    for figure in figures:
        table.add_column(figure, justify="right")
    return table


def _notes(report: InflectionReport) -> Iterator[Text]:
    from rich.text import Text

    means: dict[str, InflectionScore | Average] = dict(report.scores)
    if len(report.scores) > 1:
        means[MACRO] = report.macro
    for name, mean in means.items():
        if _told(mean) != _told(mean.official):
            yield Text(
                f"{name}: the scripts of 2018 and 2020 compare what the files have and count each of "
                f"{mean.official.cells} cells once: {_told(mean.official)}"
            )
    for name, found in report.scores.items():
        if found.formless:
            yield Text(
                f"{name}: of {found.n} gold rows {found.formless} have no form; an empty prediction is right there"
            )
        if found.leaked:
            yield Text(
                f"{name}: of {found.n} gold rows {found.leaked} also stand in the train file; "
                "what is known by heart counts as right there"
            )
        if found.other_forms:
            yield Text(
                f"{name}: of {found.n} gold rows {found.other_forms} want another form than the train file has for the "
                "cell; what is known by heart counts as wrong there"
            )


def _told(found: InflectionScore | Average | Official) -> str:
    """Write accuracy and distance as the scripts print them."""
    accuracy = found.accuracy if isinstance(found, Official) else found.accuracy.value
    return f"accuracy {accuracy:.2f}, distance {found.distance:.2f}"


def _score(found: Score) -> Text:
    return _interval(f"{found.value:.1f}", found)


def _lead(found: Delta) -> Text:
    return _interval(f"{rounded(found.value, 1):+.1f}", found)


def _interval(value: str, found: Score | Delta) -> Text:
    from rich.text import Text

    return Text(f"{value} [{rounded(found.low, 1):.1f}, {rounded(found.high, 1):.1f}]")
