"""ClearNLP's relations, which spaCy's English pipelines are trained on, as Universal Dependencies.

Both schemes are described by their authors: Choi & Palmer (2012), "Guidelines for the CLEAR Style Constituent to
Dependency Conversion", and the UD guidelines for English. Where they put other words on top, the tree is rebuilt: a
preposition hangs on its object, a copula on its predicate, all conjuncts on the first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from lexaug.morphology.english.analysis import Analysis

MARKS: Final = frozenset(("dobj", "pobj"))
"""Relations by which a ClearNLP model is known."""

_NAMES: Final[Mapping[str, str]] = {
    "acomp": "xcomp",
    "attr": "xcomp",
    "auxpass": "aux:pass",
    "csubjpass": "csubj:pass",
    "dative": "iobj",
    "dobj": "obj",
    "intj": "discourse",
    "meta": "discourse",
    "neg": "advmod",
    "nsubjpass": "nsubj:pass",
    "oprd": "xcomp",
    "poss": "nmod:poss",
    "preconj": "cc:preconj",
    "predet": "det:predet",
    "prt": "compound:prt",
    "quantmod": "advmod",
    "relcl": "acl:relcl",
}
_UNIVERSAL: Final = frozenset(
    (
        *("acl", "advcl", "advmod", "amod", "appos", "aux", "case", "cc", "ccomp", "compound", "conj", "csubj", "dep"),
        *("det", "expl", "mark", "nsubj", "nummod", "parataxis", "punct", "xcomp"),
        *("cop", "fixed", "nmod", "obl", "obl:agent"),
    )
)
"""Relations that both schemes have, and those that rebuilding gives."""
_NOMINAL: Final = frozenset(("NOUN", "PROPN", "PRON", "NUM", "SYM"))
_CLAUSAL: Final = frozenset(("VERB", "AUX"))
_PREPOSITIONAL: Final = frozenset(("prep", "agent", "dative", "pcomp"))
_FIXED: Final = frozenset(
    ("according to", "because of", "due to", "instead of", "prior to", "rather than", "such as", "as to", "as for")
)
_CONTRACTIONS: Final[Mapping[str, str]] = {
    "n't": "not",
    "nt": "not",
    "'m": "be",
    "'re": "be",
    "'s": "be",
    "'ve": "have",
    "'ll": "will",
    "'d": "would",
    "ca": "can",
    "wo": "will",
    "sha": "shall",
}


def to_universal(analysis: Analysis) -> Analysis:
    """Give the analysis in UD's terms; it must be a tree with one root, and stays one."""
    tree = _Tree(analysis)
    tree.rebuild()
    return replace(
        analysis,
        lemmas=tuple(tree.lemmas[1:]),
        upos=tuple(tree.upos[1:]),
        feats=tuple({name: value for name, value in feats.items() if name != "Aspect"} for feats in analysis.feats),
        heads=tuple(tree.heads[1:]),
        deprels=tuple(tree.name(word) for word in tree.words),
    )


class _Tree:
    """A sentence while it is rebuilt; words count from 1, as heads do."""

    def __init__(self, analysis: Analysis) -> None:
        self.words = range(1, len(analysis.tokens) + 1)
        self.heads = [0, *analysis.heads]
        self.relations = ["", *("compound" if name == "nmod" else name for name in analysis.deprels)]
        self.upos = ["", *(tag or "X" for tag in analysis.upos)]
        self.tokens = ["", *(token.lower().replace("’", "'") for token in analysis.tokens)]
        self.lemmas = ["", *analysis.lemmas]
        for word in self.words:
            if self.upos[word] in ("AUX", "PART") and self.relations[word] != "case":
                own = self.lemmas[word].lower().replace("’", "'")
                self.lemmas[word] = _CONTRACTIONS.get(own, self.lemmas[word])

    def rebuild(self) -> None:
        for word in sorted(self.words, key=self._depth, reverse=True):
            self._turn_preposition(word)
            self._turn_copula(word)
        for word in self.words:
            self._join_conjuncts(word)
        for word in self.words:
            self._join_coordinator(word)
            self._join_fixed(word)

    def name(self, word: int) -> str:
        """Give UD's name of a word's relation."""
        relation, head = self.relations[word], self.heads[word]
        if head == 0:
            return "root"
        if relation == "aux" and self.upos[word] == "PART":
            return "mark"
        if relation == "npadvmod":
            return "nmod:unmarked" if self.upos[head] in _NOMINAL else "obl:unmarked"
        if relation in ("prep", "agent", "pobj", "pcomp"):
            return self._modifier(word)
        if relation in _UNIVERSAL:
            return relation
        return _NAMES.get(relation, "parataxis" if relation.lower() == "root" else "dep")

    def _depth(self, word: int) -> int:
        depth = 0
        while word:
            word = self.heads[word]
            depth += 1
        return depth

    def _children(self, word: int, *relations: str) -> list[int]:
        return [
            child
            for child in self.words
            if self.heads[child] == word and (self.relations[child] in relations or not relations)
        ]

    def _raise(self, word: int, relation: str) -> None:
        """Put a word in the place of its head, which becomes its dependent; the head's other dependents go along."""
        below = self.heads[word]
        for child in self._children(below):
            self.heads[child] = word
        self.heads[word], self.relations[word] = self.heads[below], self.relations[below]
        self.heads[below], self.relations[below] = word, relation

    def _turn_preposition(self, word: int) -> None:
        found = self._children(word, "pobj") or self._children(word, "pcomp")
        if not found and self.relations[word] in _PREPOSITIONAL:
            found = [child for child in self._children(word, "prep") if self.upos[child] in _NOMINAL]
        if found:
            self._raise(found[0], "mark" if self.upos[found[0]] in _CLAUSAL else "case")
            self._say(found[0])

    def _say(self, word: int) -> None:
        """Name a raised object by what it now depends on; under another preposition it waits for that one's turn."""
        head = self.heads[word]
        waits = self.relations[head] in _PREPOSITIONAL and self.upos[head] in ("ADP", "SCONJ")
        if head and self.relations[word] in _PREPOSITIONAL and not waits:
            self.relations[word] = self._modifier(word)

    def _modifier(self, word: int) -> str:
        relation, nominal = self.relations[word], self.upos[self.heads[word]] in _NOMINAL
        if self.upos[word] in _CLAUSAL:
            return "acl" if nominal else "advcl"
        if self.upos[word] in ("ADP", "SCONJ", "ADV", "PART"):
            return "advmod"
        if nominal and relation != "dative":
            return "nmod"
        return "obl:agent" if relation == "agent" else "obl"

    def _turn_copula(self, word: int) -> None:
        if self.lemmas[word] != "be" or self.upos[word] not in _CLAUSAL or self.relations[word] in ("aux", "auxpass"):
            return
        predicates = self._children(word, "attr", "acomp")
        if any(self.tokens[child] == "there" for child in self._children(word, "expl")):
            for child in predicates[:1]:
                self.relations[child] = "nsubj"
            self.upos[word] = "VERB"
            return
        predicates = predicates or self._place(word)
        if predicates:
            self.upos[word] = "AUX"
            self._raise(predicates[0], "cop")

    def _place(self, word: int) -> list[int]:
        """Find where something is said to be: the first object of a preposition after `be`."""
        if not self._children(word, "nsubj"):
            return []
        return [child for child in self._children(word, "obl") if child > word and self.upos[child] in _NOMINAL]

    def _join_conjuncts(self, word: int) -> None:
        while self.relations[word] == "conj" and self.relations[self.heads[word]] == "conj":
            self.heads[word] = self.heads[self.heads[word]]

    def _join_coordinator(self, word: int) -> None:
        """Hang a coordinator on the conjunct that follows it."""
        if self.relations[word] == "cc":
            head = self.heads[word]
            first = self.heads[head] if self.relations[head] == "conj" else head
            following = [child for child in self._children(first, "conj") if child > word]
            if following:
                self.heads[word] = following[0]

    def _join_fixed(self, word: int) -> None:
        before = word - 1
        together = before > 0 and self.relations[word] == "case" and self.heads[before] == self.heads[word]
        if (
            together
            and self.relations[before] in ("case", "mark")
            and f"{self.tokens[before]} {self.tokens[word]}" in _FIXED
        ):
            self.relations[before] = "case"
            self.heads[word], self.relations[word] = before, "fixed"
