"""The citation form of English sources: what a treebank gives as the lemma."""

from __future__ import annotations

import re

_AFTER_NO_INFINITIVE = "the a an and this that these those me you him her it us them which whom date"
_NOT_INFINITIVE = frozenset(_AFTER_NO_INFINITIVE.split())
_NOT_STRIPPED = frozenset(("lot", "little", "few", "same", "bit", "other", "others"))
_ARTICLE = re.compile(r"(?:an?|the) (?=\S)", re.IGNORECASE)


def cite(source: str, pos: str) -> tuple[str, str]:
    """Take the infinitive's `to` from a verb and the article from a noun: `to go` → `go`, VERB; `a lake` → `lake`.

    An infinitive without part of speech becomes a VERB; set phrases (`to the left`, `a lot`, `a long time ago`) stay
    whole.
    """
    head, _, rest = source.partition(" ")
    if not rest:
        return source, pos
    second = rest.split(" ", 1)[0].lower()
    if head.lower() == "to" and pos in ("", "VERB", "AUX") and second not in _NOT_INFINITIVE:
        return rest, pos or "VERB"
    is_noun = pos in ("NOUN", "PROPN") or (not pos and " " not in rest)
    if is_noun and _ARTICLE.match(source) and second not in _NOT_STRIPPED:
        return rest, pos
    return source, pos
