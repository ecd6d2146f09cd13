"""The dependency relations that analysed English has."""

from __future__ import annotations

from typing import Final

_UNIVERSAL: Final = """
acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse dislocated expl fixed flat
goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum root vocative xcomp
"""
_ENGLISH: Final = """
acl:relcl advcl:relcl aux:pass cc:preconj compound:prt csubj:outer csubj:pass det:predet flat:foreign nmod:desc
nmod:npmod nmod:poss nmod:tmod nmod:unmarked nsubj:outer nsubj:pass obl:agent obl:npmod obl:tmod obl:unmarked
"""

RELATIONS: Final = frozenset((*_UNIVERSAL.split(), *_ENGLISH.split()))
"""Those of Universal Dependencies 2 with the subtypes that English treebanks have or had."""
