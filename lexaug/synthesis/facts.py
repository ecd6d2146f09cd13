"""The facts of a word: what the sentence asks of its translation.

A word's facts are a tuple of strings: six slots (number, case, person, gender, definiteness, possessor; "" where there
is nothing to say) and then any marks. UniMorph tags are in capitals, marks in small letters.
"""

from __future__ import annotations

from typing import Final, NamedTuple

Facts = tuple[str, ...]
SLOTS: Final = ("number", "case", "person", "gender", "definite", "possessor")
NO_FACTS: Final[Facts] = ("", "", "", "", "", "")


class Asked(NamedTuple):
    """What is asked of one source word: everything its translation depends on, so that it can be remembered.

    `slot` says which word of a predicate an auxiliary stands for (from 0; -1: the word itself); its `lemma` is then its
    own and the predicate's with a tab between. `slots` is how many auxiliaries, `not` included, stand before the
    predicate's main word, `negation` which of them is `not` (`slots` if it comes later; -1: no `not`).
    """

    lemma: str
    upos: str
    facts: Facts
    slot: int = -1
    slots: int = 0
    negation: int = -1


PERSONS: Final = {
    "i": ("1", "SG", ""),
    "me": ("1", "SG", ""),
    "my": ("1", "SG", ""),
    "mine": ("1", "SG", ""),
    "myself": ("1", "SG", ""),
    "we": ("1", "PL", ""),
    "us": ("1", "PL", ""),
    "our": ("1", "PL", ""),
    "ours": ("1", "PL", ""),
    "ourselves": ("1", "PL", ""),
    "you": ("2", "", ""),
    "your": ("2", "", ""),
    "yours": ("2", "", ""),
    "yourself": ("2", "SG", ""),
    "yourselves": ("2", "PL", ""),
    "he": ("3", "SG", "MASC"),
    "him": ("3", "SG", "MASC"),
    "his": ("3", "SG", "MASC"),
    "himself": ("3", "SG", "MASC"),
    "she": ("3", "SG", "FEM"),
    "her": ("3", "SG", "FEM"),
    "hers": ("3", "SG", "FEM"),
    "herself": ("3", "SG", "FEM"),
    "it": ("3", "SG", "NEUT"),
    "its": ("3", "SG", "NEUT"),
    "itself": ("3", "SG", "NEUT"),
    "they": ("3", "PL", ""),
    "them": ("3", "PL", ""),
    "their": ("3", "PL", ""),
    "theirs": ("3", "PL", ""),
    "themselves": ("3", "PL", ""),
}
"""Person, number and gender of English personal pronouns ("you" has no number of its own)."""

MODALS: Final = {
    "can": "can",
    "could": "can",
    "may": "may",
    "might": "may",
    "must": "must",
    "should": "should",
    "ought": "should",
}
"""The mark each modal auxiliary puts on its predicate."""
