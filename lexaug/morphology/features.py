"""Feature bundles: what an inflected form says besides its lemma, as a set of UniMorph tags."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from lexaug.morphology.schema import schema
from lexaug.morphology.tags import atoms, canonical_tag, parts, rank, split_bundle


@dataclass(frozen=True, slots=True)
class FeatureBundle:
    """A set of UniMorph tags, flat (`V;PST;3;SG`) or nested as since 2022 (`V;PRS;NOM(1,SG);ACC(3,PL)`).

    Two bundles are equal when their sets are, however they were written. `tags` are canonical spellings; make bundles
    with `parse` or `of`, which see to that. Printing gives the tags in the order of the schema's dimensions. A repeated
    tag counts once but for an aspect: the Albanian of 2023 has the perfect as `PRF` and the pluperfect as `PRF;PRF`,
    which is read as the compound `PRF+PRF`.
    """

    tags: frozenset[str] = frozenset()
    _hash: int = field(init=False, repr=False, compare=False, default=0)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash(self.tags))

    def __hash__(self) -> int:
        """Give the hash computed once: bundles are keys in the inner loop of synthesis."""
        return self._hash

    def __reduce__(self) -> tuple[object, ...]:
        """Leave the hash behind when crossing a process boundary: each process salts its own."""
        return FeatureBundle, (self.tags,)

    @staticmethod
    def parse(text: str) -> FeatureBundle:
        """Read a bundle in UniMorph notation; the empty text is the empty bundle.

        Raises:
            FormatError: a tag is malformed, or brackets do not match.

        """
        return _parse(text)

    @staticmethod
    def of(*tags: str) -> FeatureBundle:
        """Make a bundle of single tags; empty ones are left out. FormatError as for `parse`."""
        return FeatureBundle(frozenset(canonical_tag(tag) for tag in tags if tag))

    def __str__(self) -> str:
        """Canonical form: tags in the order of the schema, joined by semicolons."""
        return _print(self)

    @property
    def pos(self) -> str:
        """Part of speech (N, V, ADJ, …; V for participles, masdars and converbs), "" where none is said."""
        return _part_of_speech(self)

    def has(self, tag: str) -> bool:
        """Tell whether the bundle says a tag, at top level or inside a nested one."""
        return tag in self.tags or any(tag in atoms(own) for own in self.tags if "(" in own)

    def dimension(self, name: str) -> frozenset[str]:
        """Tags of one schema dimension; those of a subject or of a nested case are seen as if they stood flat."""
        return dimensions_of(self).get(name, frozenset())

    def unknown(self) -> frozenset[str]:
        """Tags, nested ones taken apart, that the schema does not have."""
        return _unknown(self)

    def with_tags(self, *tags: str) -> FeatureBundle:
        """Add tags, each in place of what the bundle says in that tag's dimension (`N;SG` with PL is `N;PL`)."""
        return _with_tags(self, tags)

    def without(self, *names: str) -> FeatureBundle:
        """Drop all top-level tags of some schema dimensions."""
        return FeatureBundle(frozenset(tag for tag in self.tags if _home(tag) not in names))

    def distance(self, other: FeatureBundle) -> float:
        """Say how unlike two bundles are: 0 only for equal ones, symmetric, weighted by dimension.

        Unmarked defaults (NOM, IND, ACT, …) cost little, another part of speech a hundred. The weights are in
        resources/unimorph_schema.json.
        """
        from lexaug.morphology.distance import distance

        return distance(self, other)


@lru_cache(maxsize=65536)
def _parse(text: str) -> FeatureBundle:
    tags = Counter(canonical_tag(tag) for tag in split_bundle(text) if tag.strip())
    return FeatureBundle(frozenset(_emphatic(tag) if count > 1 else tag for tag, count in tags.items()))


def _emphatic(tag: str) -> str:
    """Give what a repeated tag says: an aspect once more, as a compound (`PRF+PRF`), all others nothing new."""
    return f"{tag}+{tag}" if schema().dimension(tag) == "aspect" else tag


@lru_cache(maxsize=65536)
def _print(bundle: FeatureBundle) -> str:
    return ";".join(sorted(bundle.tags, key=rank))


@lru_cache(maxsize=65536)
def _part_of_speech(bundle: FeatureBundle) -> str:
    said = [atom for tag in bundle.tags for atom in standard(tag) if schema().dimension(atom) == "part of speech"]
    return min(said, key=rank).partition(".")[0] if said else ""


@lru_cache(maxsize=65536)
def _unknown(bundle: FeatureBundle) -> frozenset[str]:
    return frozenset(atom for tag in bundle.tags for atom in atoms(tag) if not schema().knows(atom))


@lru_cache(maxsize=65536)
def _with_tags(bundle: FeatureBundle, tags: tuple[str, ...]) -> FeatureBundle:
    added = frozenset(canonical_tag(tag) for tag in tags if tag)
    homes = {_home(tag) for tag in added}
    return FeatureBundle(added | {tag for tag in bundle.tags if _home(tag) not in homes})


@lru_cache(maxsize=65536)
def dimensions_of(bundle: FeatureBundle) -> dict[str, frozenset[str]]:
    """Sort what a bundle says by schema dimension, subject and nested case taken apart.

    `V;NOM(1,SG)` says person 1 and number SG, as `V;1;SG` does; `N;ACC(PL)` says case ACC and number PL. Objects and
    other arguments stay whole under `argument marking`; a nested possessor becomes a flat tag (`PSS3SF`).
    """
    found: dict[str, set[str]] = {}
    for tag in bundle.tags:
        for plain in _plain(tag, _subject(bundle), bundle.pos):
            found.setdefault(_home(plain), set()).add(plain)
    return {name: frozenset(values) for name, values in found.items()}


def standard(tag: str, pos: str = "") -> tuple[str, ...]:
    """Give the schema's tags for one that a published table writes otherwise; others stay as they are."""
    return schema().by_part.get(pos, {}).get(tag) or schema().aliases.get(tag, (tag,))


def _plain(tag: str, subject: str, pos: str) -> Iterable[str]:
    head, arguments = parts(tag)
    if not arguments:
        return _flat(tag, pos)
    if head == "PSS":
        return (_possessor(arguments),)
    if tag == subject:
        return [plain for argument in arguments for plain in _flat(argument, pos)]
    if pos == "V" or any(atom in {"1", "2", "3", "4"} for atom in arguments):
        return (tag,)
    return [head, *(plain for argument in arguments for plain in _plain(argument, subject, pos))]


def _flat(tag: str, pos: str) -> Iterable[str]:
    if "+" not in tag or "/" in tag or schema().dimension(next(atoms(tag))) == "case":
        return standard(tag, pos)
    return [plain for atom in tag.split("+") for plain in standard(atom, pos)]


def _subject(bundle: FeatureBundle) -> str:
    if bundle.pos != "V":
        return ""
    heads = {head: tag for tag in bundle.tags for head in (parts(tag)[0],) if "(" in tag}
    return next((heads[head] for head in ("NOM", "ERG", "ABS") if head in heads), "")


_POSSESSOR = {"SG": "S", "PL": "P", "DU": "D", "EXCL": "E", "INCL": "I", "FEM": "F", "MASC": "M"}


def _possessor(arguments: tuple[str, ...]) -> str:
    return "PSS" + "".join(_POSSESSOR.get(atom, atom) for atom in sorted(arguments, key=rank))


def _home(tag: str) -> str:
    head, arguments = parts(tag)
    return "argument marking" if arguments and head != "PSS" else schema().dimension(next(atoms(tag)))
