"""SPDX licence expressions: identifiers joined by AND, OR and parentheses."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import product
from pathlib import Path

from lexaug.errors import ConfigError
from lexaug.licences.catalogue import check_excluded, licence

Alternative = frozenset[str]
"""Licences that hold all at once."""

MAX_ALTERNATIVES = 64
"""An expression that offers more choices than this is no licence of a data set."""

_TOKEN = re.compile(r"\(|\)|[^\s()]+")


def alternatives(expression: str) -> tuple[Alternative, ...]:
    """Give the sets of licences among which an expression lets one choose: "A AND (B OR C)" gives {A, B} and {A, C}.

    Raises:
        ConfigError: an identifier is unknown or the expression is not well-formed.

    """
    return _Parser(expression).parse()


def check_licence(expression: str, *, file: Path | str | None = None, line: int | None = None) -> str:
    """Return a valid expression with single spaces.

    Raises:
        ConfigError: as for `alternatives`, with the given place.

    """
    try:
        alternatives(expression)
    except ConfigError as fault:
        raise ConfigError(fault.message, file=file, line=line, hint=fault.hint) from None
    return " ".join(expression.split())


def is_excluded(expression: str, excluded: Collection[str]) -> bool:
    """Tell whether material under an expression falls under excluded licences, whichever alternative is chosen.

    `excluded` names licences or families of them: "GPL" takes out all its versions.

    Raises:
        ConfigError: the expression or an excluded name is not known.

    """
    for name in excluded:
        check_excluded(name)
    return all(
        any(name in excluded or licence(name).family in excluded for name in alternative)
        for alternative in alternatives(expression)
    )


class _Parser:
    """Reads an expression by descent: OR binds weaker than AND."""

    def __init__(self, expression: str) -> None:
        self._expression = expression
        self._tokens = _TOKEN.findall(expression)
        self._next = 0

    def parse(self) -> tuple[Alternative, ...]:
        found = self._either()
        if self._next < len(self._tokens):
            raise self._fault()
        return tuple(dict.fromkeys(found))

    def _either(self) -> list[Alternative]:
        found = self._both()
        while self._take("OR"):
            found += self._both()
        return found

    def _both(self) -> list[Alternative]:
        found = self._one()
        while self._take("AND"):
            found = [left | right for left, right in product(found, self._one())]
            if len(found) > MAX_ALTERNATIVES:
                raise self._fault()
        return found

    def _one(self) -> list[Alternative]:
        if self._take("("):
            found = self._either()
            if not self._take(")"):
                raise self._fault()
            return found
        if self._next == len(self._tokens) or self._tokens[self._next] in ("AND", "OR", ")"):
            raise self._fault()
        return [frozenset([licence(self._name()).id])]

    def _name(self) -> str:
        """Take an identifier; words in a row are one wrong name (`CC BY-SA 4.0`), which the error then suggests for."""
        start = self._next
        while self._next < len(self._tokens) and self._tokens[self._next] not in ("AND", "OR", "(", ")"):
            self._next += 1
        return " ".join(self._tokens[start : self._next])

    def _take(self, token: str) -> bool:
        there = self._next < len(self._tokens) and self._tokens[self._next] == token
        self._next += there
        return there

    def _fault(self) -> ConfigError:
        hint = "write an SPDX identifier, or several joined by AND and OR"
        return ConfigError(f"licence expression {self._expression!r} is not well-formed", hint=hint)
