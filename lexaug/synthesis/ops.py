"""How a target token came to be: the closed vocabulary of the `ops` column."""

from __future__ import annotations

from typing import Final

LEXICON: Final = "lexicon"
"""A lexicon translation in its citation form: the mode, the word class or the table inflects nothing here."""
CELL: Final = "inflected:cell"
"""A lexicon translation in the form of exactly the wanted cell."""
NEAREST: Final = "inflected:nearest"
"""A lexicon translation in the form of the cell nearest to the wanted one."""
DERIVED: Final = "inflected:grammar"
"""A lexicon translation changed by a rule of the pack's grammar, where the table has no such cell."""
RULES: Final = "inflected:rules"
"""A lexicon translation that the table does not have, inflected by rules learnt from the table."""
MODEL: Final = "inflected:model"
"""A lexicon translation that the table does not have, inflected by a trained inflector."""
RANDOM: Final = "random"
"""A lexicon translation in a random cell of its paradigm (the control)."""
GRAMMAR: Final = "grammar"
"""A closed-class word that the pack's grammar states."""
NAME: Final = "name"
"""A proper name taken over from the source."""
NUMBER: Final = "number"
"""A numeral taken over from the source."""
PUNCT: Final = "punct"
"""Punctuation or a symbol taken over from the source."""
COPIED: Final = "copied"
"""A source word taken over because nothing translates it."""

OPS: Final = (LEXICON, CELL, NEAREST, DERIVED, RULES, MODEL, RANDOM, GRAMMAR, NAME, NUMBER, PUNCT, COPIED)
INSERTED: Final = frozenset((LEXICON, CELL, NEAREST, DERIVED, RULES, MODEL, RANDOM))
"""Ops of words that the lexicon gave."""
CONTENT: Final = frozenset(("NOUN", "VERB", "ADJ", "ADV"))
"""UPOS tags of content words: the share of them that is truly inflected is reported."""
