"""The heads and relations that english.txt leaves unsaid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

UPOS: Final = {
    "D": "DET",
    "R": "PRON",
    "N": "NOUN",
    "NS": "NOUN",
    "P": "PROPN",
    "A": "ADJ",
    "AC": "ADJ",
    "AS": "ADJ",
    "B": "ADV",
    "I": "ADP",
    "C": "CCONJ",
    "S": "SCONJ",
    "T": "PART",
    "M": "NUM",
    "J": "INTJ",
    ".": "PUNCT",
    **{f"V{kind}": "VERB" for kind in "BDPZGNI"},
    **{f"X{kind}": "AUX" for kind in "BDPZGNMI"},
}
"""The codes of english.txt."""
OWNER: Final = {"my": "I", "your": "you", "his": "he", "her": "she", "its": "it", "our": "we", "their": "they"}
BE: Final = frozenset(("am", "is", "are", "was", "were", "been", "being"))
NOMINAL: Final = frozenset(("NOUN", "PROPN", "PRON", "NUM"))


@dataclass(slots=True)
class Token:
    """A token on its way to ten columns; `at` and `head` count from 1."""

    at: int
    form: str
    code: str
    head: int | None
    rel: str
    lemma: str = ""
    feats: str = "_"

    @property
    def upos(self) -> str:
        """The tag that the code stands for."""
        return UPOS[self.code]


def attach(token: Token, tokens: list[Token], root: int) -> None:
    """Fill in the head and the relation that stand for themselves."""
    head, rel = DEFAULTS.get(token.upos, _plain)(token, tokens, root)
    token.head = head if token.head is None else token.head
    token.rel = token.rel or rel


def _next(token: Token, tokens: list[Token], tags: frozenset[str], root: int) -> int:
    return next((other.at for other in tokens[token.at :] if other.upos in tags), root)


def _verb(token: Token, tokens: list[Token], root: int) -> int:
    return root if root > token.at else _next(token, tokens, frozenset(("VERB",)), root)


def _determiner(token: Token, tokens: list[Token], root: int) -> tuple[int, str]:
    return _next(token, tokens, frozenset(("NOUN", "PROPN")), root), "det"


def _adjective(token: Token, tokens: list[Token], root: int) -> tuple[int, str]:
    return _next(token, tokens, frozenset(("NOUN",)), root), "amod"


def _number(token: Token, tokens: list[Token], root: int) -> tuple[int, str]:
    return _next(token, tokens, frozenset(("NOUN",)), root), "nummod"


def _adposition(token: Token, tokens: list[Token], root: int) -> tuple[int, str]:
    own = frozenset(OWNER)
    rest = (other for other in tokens[token.at :] if other.upos in NOMINAL and other.form.lower() not in own)
    counted = (other.at for other in rest if other.upos != "NUM" or other.rel == "obl")
    return next(counted, root), "case"


def _noun(token: Token, tokens: list[Token], root: int) -> tuple[int, str]:
    if any(other.upos == "ADP" and _adposition(other, tokens, root)[0] == token.at for other in tokens[: token.at]):
        return root, "obl"
    return root, "nsubj" if token.at < root or tokens[root - 1].upos != "VERB" else "obj"


def _pronoun(token: Token, tokens: list[Token], root: int) -> tuple[int, str]:
    form = token.form.lower()
    if form in OWNER and any(other.upos == "NOUN" for other in tokens[token.at :]) and _owns(token, tokens):
        return _determiner(token, tokens, root)[0], "nmod:poss"
    return _noun(token, tokens, root)


def _owns(token: Token, tokens: list[Token]) -> bool:
    following = tokens[token.at].upos if token.at < len(tokens) else ""
    return following in ("NOUN", "ADJ", "NUM")


def _auxiliary(token: Token, tokens: list[Token], root: int) -> tuple[int, str]:
    head = _verb(token, tokens, root)
    lemma = "be" if token.form.lower() in BE | {"be"} else ""
    copula = lemma and tokens[head - 1].upos != "VERB"
    return head, "cop" if copula else "aux"


def _particle(token: Token, tokens: list[Token], root: int) -> tuple[int, str]:
    if token.form == "to":
        return token.at + 1, "mark"
    return _verb(token, tokens, root), "advmod"


def _conjunction(token: Token, tokens: list[Token], root: int) -> tuple[int, str]:
    return _next(token, tokens, frozenset(("NOUN", "PROPN")), root), "cc"


def _plain(token: Token, _: list[Token], root: int) -> tuple[int, str]:
    return root, {"PUNCT": "punct", "ADV": "advmod", "VERB": "xcomp"}.get(token.upos, "dep")


DEFAULTS: Final = {
    "DET": _determiner,
    "ADJ": _adjective,
    "NUM": _number,
    "ADP": _adposition,
    "NOUN": _noun,
    "PROPN": _noun,
    "PRON": _pronoun,
    "AUX": _auxiliary,
    "PART": _particle,
    "CCONJ": _conjunction,
}
