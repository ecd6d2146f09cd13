"""What turns a lemma into a form: pieces put in the place of others, counted from both ends of the word."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Change:
    """A change, as pieces from the left end, one long run of letters that stays, and pieces from the right end.

    `left` holds (taken off, put in, letters that stay after it) from the left end inwards, `right` (letters that stay
    before it, taken off, put in) from the right end inwards. `stem` tells whether anything stays: where nothing does,
    `left` holds the whole lemma and the whole form.
    """

    left: tuple[tuple[str, str, int], ...]
    right: tuple[tuple[int, str, str], ...]
    stem: bool = True

    def apply(self, lemma: str) -> str | None:
        """Do to a lemma what was done to the one that the change was seen at, in NFC; None where it does not fit."""
        if not self.stem:
            ((whole, form, _),) = self.left
            return form if lemma == whole else None
        start, head = 0, []
        for taken, put, kept in self.left:
            if not lemma.startswith(taken, start):
                return None
            start += len(taken)
            head += [put, lemma[start : start + kept]]
            start += kept
        end, tail = len(lemma), []
        for kept, taken, put in self.right:
            if not lemma.endswith(taken, 0, end):
                return None
            end -= len(taken)
            tail += [put, lemma[max(0, end - kept) : end]]
            end -= kept
        if end <= start:
            return None
        return unicodedata.normalize("NFC", "".join([*head, lemma[start:end], *reversed(tail)]))


@lru_cache(maxsize=500_000)
def change_of(lemma: str, form: str) -> Change:
    """Find what turns a lemma into a form, by their longest common runs of letters."""
    found = SequenceMatcher(None, lemma, form, autojunk=False).get_matching_blocks()
    blocks = [block for block in found if block.size]
    if not blocks:
        return Change(((lemma, form, 0),), (), stem=False)
    longest = max(range(len(blocks)), key=lambda place: (blocks[place].size, -place))
    left, right = [], []
    at, to = 0, 0
    for block in blocks[: longest + 1]:
        left.append((lemma[at : block.a], form[to : block.b], block.size))
        at, to = block.a + block.size, block.b + block.size
    left[-1] = (*left[-1][:2], 0)
    at, to = len(lemma), len(form)
    for block in reversed(blocks[longest:]):
        end, stop = block.a + block.size, block.b + block.size
        right.append((block.size, lemma[end:at], form[stop:to]))
        at, to = block.a, block.b
    right[-1] = (0, *right[-1][1:])
    return Change(tuple(left), tuple(right))
