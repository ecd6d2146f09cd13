"""What `check_pack` finds."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

from lexaug.licences import Whole

Severity = Literal["warning", "error"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at: how grave it is, what it is, where it stands and what to do."""

    severity: Severity
    message: str
    file: str | None = None
    line: int | None = None
    hint: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why rows gave nothing or are odd: how many, and the lines of the first.

    `reason` has … where rows differ in the names and numbers of it; `example` is the whole reason of the first row.
    """

    reason: str
    rows: int
    lines: tuple[int, ...]
    example: str

    def __str__(self) -> str:
        """Say it with the facts of the first row."""
        return self.reason if self.reason == self.example else f"{self.example}, and the like"


@dataclass(frozen=True, slots=True)
class SourceReport:
    """One source.

    `rows` were read; `used` of them are facts in use; `rejected` say why others are not; `odd` rows are used all the
    same; `excluded` counts rows left out by licence, `duplicates` doubles of a row. `detail` is the column order of a
    table, the format of a lexicon, or says that the whole source is left out; `unknown_tags` counts a table's rows by
    tag outside the schema.
    """

    kind: str
    file: str
    licence: str
    rows: int
    used: int
    detail: str = ""
    excluded: int = 0
    duplicates: int = 0
    rejected: tuple[Reason, ...] = ()
    odd: tuple[Reason, ...] = ()
    unknown_tags: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far the facts meet each other and English; shares run from 0 to 1, None where there is nothing to count.

    `targets` are the lexicon's different one-word targets, `in_table` the share that is a lemma of the table as it is,
    `in_table_by_rules` the share that is one after the citation rules. Of the table's `lemmas`, `reached` is the share
    that some target is, and `reached_by_rules` the share that some target becomes. `english` is the share of
    `english_words` words (of the named text as they run, or of the shipped list of frequent words) that the lexicon
    translates.
    """

    targets: int
    in_table: float | None
    in_table_by_rules: float | None
    lemmas: int
    reached: float | None
    reached_by_rules: float | None
    english: float | None
    english_words: int
    english_source: str


@dataclass(frozen=True, slots=True)
class PackReport:
    """All of it: sources, coverage, licence of the whole, findings."""

    path: str
    language: str
    name: str
    sources: tuple[SourceReport, ...]
    entries: int
    lemmas: int
    coverage: Coverage
    whole: Whole
    findings: tuple[Finding, ...]

    @property
    def exit_code(self) -> int:
        """0 where nothing is to be looked at, 1 where something is."""
        return 1 if self.findings else 0

    def as_json(self) -> dict[str, object]:
        """Give the JSON object of `lexaug pack check`."""
        return {
            "path": self.path,
            "language": self.language,
            "name": self.name,
            "sources": [{**asdict(source), "unknown_tags": dict(source.unknown_tags)} for source in self.sources],
            "entries": self.entries,
            "lemmas": self.lemmas,
            "coverage": asdict(self.coverage),
            **self.whole.as_json(),
            "findings": [asdict(finding) for finding in self.findings],
        }
