"""The licence under which an adapter may be given on, from all it was made of; or the way out where none fits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lexaug.errors import ConfigError
from lexaug.licences import UNKNOWN, Whole, combine
from lexaug.licences.expression import alternatives

ENGLISH = "english"
"""Kind of the source sentences among the data; the others are those of a pack."""
Entry = Mapping[str, str]
"""One source: kind, name, licence, origin, sha256."""


def derive_rights(data: Sequence[Entry]) -> Whole:
    """Give the licence of an adapter from its sources.

    Raises:
        ConfigError: a source's licence is not known, or no licence can cover them all. The message names the sources,
            the hint the commands that leave them out.

    """
    sources = {f"{entry['kind']} {entry['name']}": entry["licence"] for entry in data}
    whole = combine(sources)
    if whole.unknown:
        raise ConfigError(
            f"nobody may give on what was made of sources without a known licence: {', '.join(whole.unknown)}",
            hint=_unknown_remedy(data, whole.unknown),
        )
    if whole.conflict is not None:
        ways = "; or ".join(_without(way, sources) for way in whole.conflict.exclude)
        raise ConfigError(
            f"no licence covers all sources: {whole.conflict}", hint=ways or "leave those sources out and train anew"
        )
    return whole


def _unknown_remedy(data: Sequence[Entry], unknown: Sequence[str]) -> str:
    named = {f"{entry['kind']} {entry['name']}": entry for entry in data}
    english = [named[name]["name"] for name in unknown if named[name]["kind"] == ENGLISH]
    steps = [f"--source-licence {name}=SPDX if it has one" for name in english]
    if len(english) < len(unknown):
        excluded = sorted({named[name]["licence"] for name in unknown if named[name]["kind"] != ENGLISH})
        steps.append(f"state the licence in pack.toml if there is one, or leave them out: {_excluding(excluded)}")
    return "; ".join(steps)


def _without(way: Sequence[str], sources: Mapping[str, str]) -> str:
    """Say what to run so that the sources of one way out of a conflict are left out."""
    english = [name.removeprefix(f"{ENGLISH} ") for name in way if name.startswith(f"{ENGLISH} ")]
    licences = sorted({sources[name] for name in way if not name.startswith(f"{ENGLISH} ")})
    steps = [f"train from other English sentences than {' and '.join(english)}"] if english else []
    return ", and ".join([*steps, _excluding(licences)] if licences else steps)


def _excluding(expressions: Sequence[str]) -> str:
    names = sorted({name for expression in expressions for way in alternatives(expression) for name in way})
    return f"lexaug pack exclude PACK {' '.join(names or [UNKNOWN])}, then train anew"
