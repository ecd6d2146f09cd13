"""The plans of what was asked before, remembered in little memory."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Final, TypeVar

from lexaug.synthesis.facts import Asked
from lexaug.synthesis.plan import Plan

KEPT: Final = 100_000
"""Plans remembered: about twice what a treebank of 12,000 sentences asks for."""

Value = TypeVar("Value", bound=Hashable)


class Plans(dict[Asked, Plan]):
    """Plans by what is asked, made when they are asked for first.

    Equal parts (lemmas, facts, options, whole plans) are kept once: few of them differ from all others.

    Args:
        make: what makes a plan.

    """

    def __init__(self, make: Callable[[Asked], Plan]) -> None:
        super().__init__()
        self._make = make
        self._parts: dict[Any, Any] = {}

    def __missing__(self, asked: Asked) -> Plan:
        """Make a plan and remember it."""
        if len(self) >= KEPT:
            self.clear()
            self._parts.clear()
        made = self._make(asked)
        plan = self._once(Plan(tuple(map(self._once, made.options)), self._once(made.bounds)))
        lemma, upos, facts = self._once(asked.lemma), self._once(asked.upos), self._once(asked.facts)
        self[asked._replace(lemma=lemma, upos=upos, facts=facts)] = plan
        return plan

    def _once(self, value: Value) -> Value:
        """Give the part equal to this one that is kept already, else this one."""
        kept: Value = self._parts.setdefault(value, value)
        return kept
