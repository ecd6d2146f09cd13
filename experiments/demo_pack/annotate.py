"""Expand the short notations of english.txt and eval.txt.

english.txt has `form/CODE`, then `*` for the root, `@n` for a head and `:rel` for a relation where the defaults of
attach.py do not hold. The built file spells out every head and relation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from analyse import Lemmas, analyse
from attach import Token, attach

FORM: Final = r"(?P<form>[^/]+?)(?:/(?P<code>[A-Z]+))?"
PLACE: Final = r"(?P<root>\*)?(?:@(?P<head>\d+))?(?::(?P<rel>[a-z:]+))?(?:@(?P<late>\d+))?"
TOKEN: Final = re.compile(FORM + PLACE)
ELIDED: Final = ("b'", "f'", "m'", "x'")


def conllu(path: Path) -> str:
    """Expand a file of annotated English sentences to CoNLL-U."""
    lemmas: Lemmas = {"=": {}, "+": {}}
    blocks = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line[:2] in ("= ", "+ "):
            lemmas[line[0]] |= dict(pair.split() for pair in line[2:].split("; "))
        elif line and not line.startswith("#"):
            blocks.append(_block(f"demo-{len(blocks) + 1:03d}", _sentence(line, lemmas)))
    return "".join(blocks)


def pairs(path: Path) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Give (English, Maltese, Maltese tokens with tags) of eval.txt: `form/TAG ...`, then a line of English."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    for tagged, english in zip(lines[::2], lines[1::2], strict=True):
        tokens = [(form, tag) for form, _, tag in (item.rpartition("/") for item in tagged.split())]
        yield english, detokenize([form for form, _ in tokens]), tokens


def detokenize(forms: list[str]) -> str:
    """Join Maltese tokens: no space before punctuation, after a hyphen or an elided vowel."""
    text = ""
    for form in forms:
        joined = not text or form in ".,?!" or text.endswith("-") or text.split()[-1].lower() in ELIDED
        text += form if joined else f" {form}"
    return text


def _sentence(line: str, lemmas: Lemmas) -> list[Token]:
    tokens = [_token(at, item) for at, item in enumerate(line.split(), start=1)]
    root = next(token.at for token in tokens if token.head == 0)
    for token in tokens:
        attach(token, tokens, root)
    for token in tokens:
        analyse(token, tokens, lemmas)
    return tokens


def _token(at: int, item: str) -> Token:
    found = TOKEN.fullmatch(item)
    if found is None:
        raise ValueError(f"not form/CODE: {item}")
    head = found["head"] or found["late"]
    number = 0 if found["root"] else int(head) if head else None
    return Token(at, found["form"], found["code"] or ".", number, "root" if found["root"] else found["rel"] or "")


def _block(name: str, tokens: list[Token]) -> str:
    text = ""
    lines = []
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        glued = following is not None and (following.upos == "PUNCT" or following.form in ("n't", "'s"))
        text += token.form + ("" if glued or following is None else " ")
        misc = "SpaceAfter=No" if glued else "_"
        columns = (token.at, token.form, token.lemma, token.upos, "_", token.feats, token.head, token.rel, "_", misc)
        lines.append("\t".join(map(str, columns)) + "\n")
    return f"# sent_id = {name}\n# text = {text}\n" + "".join(lines) + "\n"
