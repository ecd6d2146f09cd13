"""Every language of ISO 639-3: names, scripts, macrolanguage, family, word order, nearest relatives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from lexaug.errors import ConfigError
from lexaug.files import read_lines, resource

MAX_RELATIVES = 12
"""More relatives than this say nothing about a language: Bantu has hundreds."""

CLOSE = 75
"""Per cent of letters shared by a misspelt name and the one that is suggested."""


@dataclass(frozen=True, slots=True)
class LanguageSpec:
    """One language as ISO 639-3 knows it; a macrolanguage and its members are different languages.

    `scope` is "individual", "macrolanguage" or "special"; `scripts` are ISO 15924 codes, the usual one first;
    `macrolanguage` is the code of the one it belongs to; `family` names the highest Glottolog family; `word_order` is
    the dominant order of subject, object and verb: "SOV", "SVO/SOV" where two are usual, "VO"/"OV" where only that
    much is known. `relatives` are ISO codes: members of the same macrolanguage, then of the lowest family that
    has others.
    """

    code: str
    name: str
    autonym: str
    scripts: tuple[str, ...]
    scope: str
    macrolanguage: str | None
    family: str | None
    glottocode: str | None
    word_order: str | None
    relatives: tuple[str, ...]


def language(code: str) -> LanguageSpec:
    """Give the language of an ISO 639-3 code.

    Raises:
        ConfigError: there is no such code. Codes of two letters, retired codes and names are not taken for the code
            they mean, but suggested.

    """
    if code in _rows():
        return _spec(code)
    found = find(code)
    hint = f"did you mean {found!r}, {_rows()[found].name}?" if found else "give the ISO 639-3 code, three letters"
    raise ConfigError(f"unknown language code {code!r}", hint=hint)


def codes() -> tuple[str, ...]:
    """Give all ISO 639-3 codes in alphabetical order."""
    return tuple(_rows())


def names(code: str) -> tuple[str, ...]:
    """Give all that a language is called: reference name, autonym, other names, other codes.

    Raises:
        ConfigError: there is no such code.

    """
    language(code)
    row = _rows()[code]
    known = (row.name, row.autonym, *row.other_names.split("; "), *row.aliases.split())
    return tuple(dict.fromkeys(name for name in known if name))


def lineage(code: str) -> tuple[tuple[str, str], ...]:
    """Give the families a language stands in as (glottocode, name), the highest first; none where that is not known.

    Raises:
        ConfigError: there is no such code.

    """
    language(code)
    families = _kinship().families
    return tuple((branch, families[branch][1]) for branch in _kinship().path(_rows()[code].branch))[::-1]


def families() -> dict[str, str]:
    """Give the name of every family of Glottolog's tree by its glottocode."""
    return {code: name for code, (_, name) in _kinship().families.items()}


def two_letter_code(code: str) -> str | None:
    """Give the ISO 639-1 code that means the same as an ISO 639-3 code, where there is one."""
    return next((alias for alias in _rows()[code].aliases.split() if len(alias) == len("sw")), None)


def from_tag(tag: str) -> str | None:
    """Give the ISO 639-3 code of a language tag: ISO 639-1 or -3, maybe with script or region behind it."""
    primary = tag.lower().replace("_", "-").partition("-")[0]
    return primary if primary in _rows() else _aliases().get(primary)


def find(query: str) -> str | None:
    """Find the ISO 639-3 code that another code (retired, two-letter, mistyped) or a name, even misspelt, may mean."""
    folded = query.strip().casefold()
    if folded in _rows():
        return folded
    names = _names()
    if folded in names:
        return names[folded]
    if len(folded) < len("swa"):
        return None
    code = _mistyped(folded)
    if len(folded) == len("swa"):
        return code
    near = process.extractOne(folded, list(names), scorer=fuzz.ratio, score_cutoff=CLOSE)
    return names[near[0]] if near and (code is None or near[1] > fuzz.ratio(folded, code)) else code


def _mistyped(code: str) -> str | None:
    """Find the code with two letters exchanged, else the best known with one other letter or one letter less."""
    near = process.extract(code, codes(), scorer=OSA.distance, score_cutoff=1, limit=None)
    rows = [_rows()[found] for found, _, _ in near]
    best = min(rows, key=lambda row: (sorted(row.code) != sorted(code), not row.aliases, row.code), default=None)
    return best.code if best else None


@dataclass(frozen=True, slots=True)
class _Row:
    code: str
    aliases: str
    scope: str
    type: str
    name: str
    autonym: str
    scripts: str
    macrolanguage: str
    glottocode: str
    branch: str
    word_order: str
    other_names: str


@dataclass(frozen=True, slots=True)
class _Kinship:
    """Glottolog's tree: families with parent and name, and which languages stand below each."""

    families: dict[str, tuple[str, str]]
    below: dict[str, list[str]]
    members: dict[str, list[str]]

    def path(self, branch: str) -> Iterator[str]:
        """Climb from a branch to its highest family."""
        while branch:
            yield branch
            branch = self.families[branch][0]


@lru_cache(maxsize=1)
def _rows() -> dict[str, _Row]:
    return {cells[0]: _Row(*cells) for cells in _cells("languages.tsv")}


@lru_cache(maxsize=1)
def _aliases() -> dict[str, str]:
    return {alias: row.code for row in _rows().values() for alias in row.aliases.split()}


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Map what people call a language to its code: other codes first, then names, of the best known language first."""
    rows = sorted(_rows().values(), key=lambda row: (row.scope != "macrolanguage", row.type != "living"))
    names = dict(_aliases())
    for row in rows:
        for name in (row.name.partition(" (")[0], row.name, row.autonym):
            names.setdefault(name.casefold(), row.code)
    for row in rows:
        for name in row.other_names.split("; "):
            names.setdefault(name.casefold(), row.code)
    names.pop("", None)
    return names


@lru_cache(maxsize=1)
def _kinship() -> _Kinship:
    families = {code: (parent, name) for code, parent, name in _cells("languages.families.tsv")}
    kinship = _Kinship(families, defaultdict(list), defaultdict(list))
    for row in _rows().values():
        if row.macrolanguage:
            kinship.members[row.macrolanguage].append(row.code)
        if row.scope == "individual":
            for family in kinship.path(row.branch):
                kinship.below[family].append(row.code)
    return kinship


@lru_cache(maxsize=256)
def _spec(code: str) -> LanguageSpec:
    row = _rows()[code]
    kinship = _kinship()
    lineage = tuple(kinship.path(row.branch))
    return LanguageSpec(
        code=code,
        name=row.name,
        autonym=row.autonym,
        scripts=tuple(row.scripts.split()),
        scope=row.scope,
        macrolanguage=row.macrolanguage or None,
        family=kinship.families[lineage[-1]][1] if lineage else None,
        glottocode=row.glottocode or None,
        word_order=row.word_order or None,
        relatives=_relatives(row, lineage, kinship),
    )


def _relatives(row: _Row, lineage: tuple[str, ...], kinship: _Kinship) -> tuple[str, ...]:
    siblings = kinship.members.get(row.macrolanguage or row.code, [])
    family = next((found for branch in lineage if len(found := kinship.below[branch]) > 1), [])
    living = sorted(family, key=lambda code: _rows()[code].type != "living")
    return tuple(code for code in dict.fromkeys((*siblings, *living)) if code != row.code)[:MAX_RELATIVES]


def _cells(name: str) -> Iterator[list[str]]:
    lines = read_lines(resource(name))
    next(lines)
    return (line.split("\t") for _, line in lines)
