"""The licences that language data comes under, and what each allows: resources/licences.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from rapidfuzz import fuzz, process

from lexaug.errors import ConfigError
from lexaug.files import resource
from lexaug.registry import suggest

UNKNOWN = "LicenseRef-unknown"
"""The licence of a source that states none."""

CLOSE = 60
"""Per cent of letters shared by a misspelt licence to leave out and the one that is suggested."""

_OWN_TERMS = re.compile(r"LicenseRef-[A-Za-z0-9.-]+")
"""How SPDX 2.3 names a licence that is on no list (annex D)."""


@dataclass(frozen=True, slots=True)
class Licence:
    """One licence.

    `kind` is public-domain, attribution, share-alike, copyleft, non-commercial, non-commercial-share-alike,
    no-derivatives or unknown; `into` names the licences of works that may contain its material (None: all but
    `not_into`); `rank` grows with restriction.
    """

    id: str
    kind: str
    family: str
    rank: int
    into: tuple[str, ...] | None = None
    not_into: tuple[str, ...] = ()

    @property
    def commercial(self) -> bool:
        """Tell whether commercial use is allowed."""
        return "-NC" not in self.family and self.kind != "unknown"

    def accepts(self, whole: str) -> bool:
        """Tell whether a work under the licence `whole` may contain material under this one."""
        return whole not in self.not_into if self.into is None else whole in self.into


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Licence]:
    """Give the known licences by SPDX identifier, from free to restrictive."""
    return MappingProxyType(
        {
            name: Licence(
                id=name,
                kind=entry["kind"],
                family=entry["family"],
                rank=rank,
                into=tuple(entry["into"]) if "into" in entry else None,
                not_into=tuple(entry.get("not_into", ())),
            )
            for rank, (name, entry) in enumerate(_shipped()["licences"].items())
        }
    )


def licence(name: str) -> Licence:
    """Give the licence of an SPDX identifier; a `LicenseRef-` name is one of unknown terms.

    Raises:
        ConfigError: the identifier is not known; the hint names the nearest.

    """
    if name in catalogue():
        return catalogue()[name]
    if _OWN_TERMS.fullmatch(name):
        return Licence(name, "unknown", name, len(catalogue()))
    hint = f"or LicenseRef-{re.sub('[^A-Za-z0-9.-]+', '-', name)} for terms that have no SPDX identifier"
    near = _nearest(name)
    raise ConfigError(
        f"unknown licence {name!r}", hint=f"did you mean {near!r}? {hint}" if near else f"write {hint[3:]}"
    )


def check_excluded(name: str) -> None:
    """Check the name of a licence, or of a family of them ("GPL"), that is to be left out.

    Raises:
        ConfigError: there is neither; the hint names the nearest of both.

    """
    families = {known.family for known in catalogue().values()}
    if name in families or name in catalogue() or _OWN_TERMS.fullmatch(name):
        return
    meant = _meant() | {family.casefold(): family for family in families}
    near = process.extractOne(name.casefold().replace(" ", "-"), list(meant), scorer=fuzz.ratio, score_cutoff=CLOSE)
    hint = f"did you mean {meant[near[0]]!r}?" if near else "give an SPDX identifier or a family such as GPL"
    raise ConfigError(f"unknown licence {name!r}", hint=hint)


def hub_names() -> Mapping[str, str]:
    """Give the Hub's own names of licences by SPDX identifier."""
    return MappingProxyType(_shipped()["hub"])


def _meant() -> dict[str, str]:
    """Give the identifiers by what people write, in small letters."""
    meant = {alias.casefold(): target for alias, target in _shipped()["aliases"].items()}
    return meant | {known.casefold(): known for known in catalogue()}


def _nearest(name: str) -> str | None:
    meant = _meant()
    plain = name.casefold()
    near = plain if plain in meant else suggest(plain.replace(" ", "-"), meant)
    return meant[near] if near else None


@lru_cache(maxsize=1)
def _shipped() -> dict[str, dict[str, Any]]:
    return tomllib.loads(resource("licences.toml").read_text(encoding="utf-8"))
