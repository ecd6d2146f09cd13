"""Part-of-speech labels of dictionaries, read as UD UPOS tags."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

_UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X"
UPOS = frozenset(_UPOS.split())

_LABELS = {
    "NOUN": "n noun nn subst substantive s sb",
    "PROPN": "np name propn proper_noun pn",
    "VERB": "v vb verb vblex vbser vbhaver vbdo vt vi iv tv irrv",
    "AUX": "vaux vbmod aux cop copula",
    "ADJ": "adj a adjective",
    "ADV": "adv adverb preadv postadv cnjadv prep_phrase adverb_phrase",
    "ADP": "prep pr preposition post postp postposition adp ambiposition circumpos circumposition",
    "NUM": "num numeral number",
    "PRON": "pron prn pronoun rel",
    "DET": "det article art determiner predet",
    "CCONJ": "conj cnjcoo conjunction cc",
    "SCONJ": "cnjsub sconj",
    "INTJ": "intj ij interj int interjection",
    "PART": "particle part prt ptcl",
    "SYM": "symbol sym",
    "PUNCT": "punct sent cm",
}
POS_LABELS: Mapping[str, str] = MappingProxyType(
    {label: upos for upos, labels in _LABELS.items() for label in labels.split()}
    | {upos.lower(): upos for upos in UPOS}
)
"""Label in lower case → UPOS. Apertium, FreeDict and Wiktionary names; `conj` alone is read as CCONJ."""

_NO_WORD = (
    "character letter symbol romanization prefix suffix affix infix interfix circumfix root combining_form punct"
    " syllable han_character transliteration"
)
NO_WORD = frozenset(_NO_WORD.split())
"""Wiktionary parts of speech under which no free word stands."""

RELATED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "AUX": ("VERB",),
        "DET": ("PRON",),
        "PRON": ("DET",),
        "CCONJ": ("SCONJ",),
        "SCONJ": ("CCONJ", "ADP"),
        "PART": ("ADP", "ADV"),
    }
)
"""UPOS tags that dictionaries do not keep apart as treebanks do: an AUX may stand as a verb."""


@lru_cache(maxsize=4096)
def upos(label: str) -> str:
    """Give the UPOS tag of a dictionary's label, or "" for a label that names none."""
    key = label.strip().rstrip(".").lower().replace(" ", "_")
    return POS_LABELS.get(key, "")
