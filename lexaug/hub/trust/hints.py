"""What to do about a finding: who fetched an adapter is told one thing, whose own it is another."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

DO_NOT_USE = "do not use this adapter; tell its publisher"
TAKE_OUT = "do not use this adapter; its publisher should take the file out"
NOT_WHOLE = "the adapter is not whole; fetch it anew"
ASK = "the adapter is not whole; ask its publisher"
NO_FIT = "the adapter is not whole or not for this backbone; ask its publisher"
SPOILT = "the weights are spoilt; ask for sound ones"
NO_FILE = "do not use this file; ask for a whole one"
NO_WEIGHTS = "do not use these weights; ask for a whole safetensors file"
ANEW = "fetch it anew; if it stays so, tell its publisher"
STRAY = "take the file out, or fetch the adapter anew"
NO_CARD = "an adapter without its card is not whole; fetch it anew"
LOCAL = "do not use this adapter; its publisher should package it with lexaug publish, which writes no paths"

_AGAIN = "train or package it again; one that you fetched, fetch anew"
_OWNERS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys((DO_NOT_USE, NOT_WHOLE, ASK, SPOILT, NO_FILE, NO_WEIGHTS, ANEW), _AGAIN),
        TAKE_OUT: "take the file out of the folder",
        NO_FIT: f"name the backbone that it was trained on, or {_AGAIN}",
        NO_CARD: "lexaug publish writes it: with --dry-run it checks what would be published of a trained folder",
        LOCAL: "take the path out of the file; in recipe.toml lexaug publish puts names in its place",
        STRAY: f"take the file out of the folder, or {_AGAIN}",
    }
)


def for_stranger(hint: str) -> str:
    """Say to who fetched an adapter what its owner would be told to mend."""
    return hint if hint in _OWNERS else DO_NOT_USE


def for_owner(hint: str) -> str:
    """Say to whose own adapter it is what a stranger would have to ask its publisher for."""
    return _OWNERS.get(hint, hint)
