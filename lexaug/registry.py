"""Named choices of one kind (formats, objectives, modes), with a suggestion for a misspelt name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from rapidfuzz import process

from lexaug.errors import ConfigError

T = TypeVar("T")


def suggest(name: str, known: Iterable[str], cutoff: float = 60) -> str | None:
    """Give the known name nearest to a misspelt one, or None where none shares `cutoff` per cent of its letters."""
    found = process.extractOne(name, list(known), score_cutoff=cutoff)
    return None if found is None else str(found[0])


def unknown(what: str, name: str, known: Iterable[str]) -> ConfigError:
    """Make the error for a name that is not among the known ones."""
    names = sorted(known)
    near = suggest(name, names)
    hint = f"did you mean {near!r}?" if near else f"known: {', '.join(names) or 'none'}"
    return ConfigError(f"unknown {what} {name!r}", hint=hint)


class Registry(Mapping[str, T], Generic[T]):
    """A read-only mapping from name to choice whose look-up error names the nearest choice."""

    def __init__(self, what: str, choices: Mapping[str, T]) -> None:
        self._what = what
        self._choices = dict(choices)

    def __getitem__(self, name: str) -> T:
        """Return the choice of that name, or raise ConfigError with a suggestion."""
        if name not in self._choices:
            raise unknown(self._what, name, self._choices)
        return self._choices[name]

    def __contains__(self, name: object) -> bool:
        """Tell whether a choice has that name."""
        return name in self._choices

    def __iter__(self) -> Iterator[str]:
        """Iterate over the names in the order they were given."""
        return iter(self._choices)

    def __len__(self) -> int:
        """Count the choices."""
        return len(self._choices)
