"""Searching an index: by language, family and base model; where there is nothing, what comes nearest."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

from lexaug.errors import ConfigError
from lexaug.hub.index.schema import Entry, Index
from lexaug.languages import codes, families, language, lineage, names
from lexaug.languages import find as find_language
from lexaug.registry import suggest
from lexaug.training.backbone import OFFLINE
from lexaug.training.offline import HUB_ID

NEAREST = 5
"""Languages that are named where there is nothing for the one that was asked for."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for; what is None does not matter, but something must be given (else ConfigError)."""

    language: str | None = None
    family: str | None = None
    base: str | None = None

    def __post_init__(self) -> None:
        """Refuse to look for nothing."""
        if not (self.language or self.family or self.base):
            raise ConfigError("nothing to look for", hint="give a language, --family or --base")

    def as_json(self) -> dict[str, str | None]:
        """Give the object that `--json` prints."""
        return {"language": self.language, "family": self.family, "base": self.base}


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    `entries` are the adapters, the greatest gain first; `codes` the languages that were meant; `related` adapters of
    the macrolanguage of these or of its other members, which are languages of their own; `nearest` where there is
    nothing else: adapters for the languages that stand nearest in the tree of families, on whatever base model.
    """

    entries: tuple[Entry, ...]
    codes: tuple[str, ...] = ()
    related: tuple[Entry, ...] = ()
    nearest: tuple[Entry, ...] = ()

    def as_json(self) -> dict[str, object]:
        """Give the object that `--json` prints."""
        return {
            "found": [entry.model_dump(mode="json") for entry in self.entries],
            "languages": list(self.codes),
            "related": [entry.model_dump(mode="json") for entry in self.related],
            "nearest": [entry.model_dump(mode="json") for entry in self.nearest],
        }


def search(index: Index, query: Query) -> Found:
    """Find adapters.

    Raises:
        ConfigError: there is no such language or family; the hint names the nearest.

    """
    entries = _of_base(_of_family(index.adapters, query.family), query.base)
    if query.language is None:
        return Found(best_first(entries))
    meant = languages_meant(query.language)
    found = best_first(entry for entry in entries if entry.code in meant)
    others = [entry for entry in entries if entry.code not in meant]
    related = best_first(entry for entry in others if any(_same_macrolanguage(entry.code, code) for code in meant))
    nearest = () if found or related else _nearest(index.adapters, meant)
    return Found(found, meant, related, nearest)


def best_first(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Order adapters by their greatest gain; what is not measured comes last."""
    return tuple(sorted(entries, key=lambda entry: (not entry.results, -greatest_gain(entry), entry.code, entry.place)))


def greatest_gain(entry: Entry) -> float:
    """Give an adapter's greatest gain over all tasks; 0 where nothing was measured."""
    return max((result.gain.value for result in entry.results), default=0.0)


def languages_meant(query: str) -> tuple[str, ...]:
    """Give the ISO 639-3 codes that a code or a name stands for: one for a code, all that bear it for a name.

    Raises:
        ConfigError: there is no such language; the hint names the nearest.

    """
    if query.strip() in codes():
        return (query.strip(),)
    wanted = plain(query.strip())
    bearers = tuple(code for code in codes() if any(plain(name.partition(" (")[0]) == wanted for name in names(code)))
    if bearers and wanted:
        return bearers
    near = find_language(query)
    hint = f"did you mean {near!r}, {language(near).name}?" if near else "give an ISO 639-3 code or a name"
    raise ConfigError(f"unknown language {query!r}", hint=hint)


def plain(text: str) -> str:
    """Bring a name to letters alone: without accents, capitals aside."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).casefold()


def _of_family(entries: Iterable[Entry], family: str | None) -> list[Entry]:
    if family is None:
        return list(entries)
    wanted = family.strip().casefold()
    known = families()
    meant = {code for code, name in known.items() if wanted in (code, name.casefold())}
    if not meant:
        near = suggest(family, known.values(), cutoff=75)
        hint = f"did you mean {near!r}?" if near else "give a family's name or glottocode as Glottolog has it"
        raise ConfigError(f"unknown family {family!r}", hint=hint)
    return [entry for entry in entries if any(one.glottocode in meant for one in entry.families)]


def _of_base(entries: Iterable[Entry], base: str | None) -> list[Entry]:
    """Keep the adapters for a base model: its Hub id, the part after the owner, or "offline"."""
    if base is None:
        return list(entries)
    wanted = (HUB_ID if base == OFFLINE else base).strip().casefold()
    return [entry for entry in entries if wanted in (entry.base_model.casefold(), _bare(entry.base_model))]


def _bare(base: str) -> str:
    return base.rpartition("/")[2].casefold()


def _same_macrolanguage(one: str, other: str) -> bool:
    if not {one, other} <= set(codes()):
        return False
    first, second = language(one), language(other)
    return (first.macrolanguage or first.code) == (second.macrolanguage or second.code)


def _nearest(entries: Iterable[Entry], meant: tuple[str, ...]) -> tuple[Entry, ...]:
    """Give the best adapter of each of the languages that share most families with a meant one; itself included."""
    wanted = [[code for code, _ in lineage(one)] for one in meant]
    shared: dict[str, int] = {}
    best: dict[str, Entry] = {}
    for entry in best_first(entries):
        own = [family.glottocode for family in entry.families]
        shared[entry.code] = max((_common(own, other) for other in wanted), default=0)
        best.setdefault(entry.code, entry)
    order = sorted((code for code in best if shared[code]), key=lambda code: (code not in meant, -shared[code]))
    return tuple(best[code] for code in order[:NEAREST])


def _common(one: list[str], other: list[str]) -> int:
    """Count the families that two lineages have in common, from the highest down."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
