"""Words of an English sentence, split as the UD English Web Treebank splits them.

Clitics are words (`do` `n't`, `dog` `'s`), hyphenated compounds come apart (`well` `-` `known`) unless they begin with
a prefix (`co-workers`), and addresses, dates, numbers, abbreviations and emoticons stay whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_ABBREVIATIONS = (
    r"Mr|Mrs|Ms|Dr|Prof|Rev|Gen|Col|Maj|Capt|Lt|Sgt|Gov|Sen|Rep|Hon|Pres|St|Mt|Ft|Jr|Sr|Inc|Ltd|Co|Corp|Bros|Ave|Blvd"
    r"|Rd|Dept|Univ|Assn|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mon|Tue|Tues|Wed|Thu|Thurs|Fri|vs|etc|al"
    r"|approx|est|Vol|Fig|Ph\.D|M\.D|B\.A|M\.A"
)
_PREFIXES = (
    r"anti|ante|bi|co|counter|cyber|de|e|ex|extra|hyper|inter|intra|macro|mega|meta|micro|mid|mini|mis|mono|multi|neo"
    r"|non|out|over|para|poly|post|pre|pro|pseudo|quasi|re|semi|sub|super|trans|tri|ultra|un|under|uni|vice"
)
_SUFFIXES = r"com|org|net|edu|gov|mil|info|biz|uk|html|htm|php|pdf|docx|doc|xlsx|xls|ppt|txt|jpg|gif"

_PARTS = {
    "address": r"(?:https?://|ftp://|www\.)[^\s<>\"]*[^\s<>\".,;:!?)\]'’]|[\w.+-]+@[\w-]+(?:\.[\w-]+)*",
    "site": rf"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.(?:{_SUFFIXES})\b(?:/[^\s<>\"]*[^\s<>\".,;:!?)])?(?![\w@])",
    "emoticon": r"(?<!\w)(?:[:;=8][-~^']?[)(\]\[DPp|/\\](?!\w)|[)(][-']?[:;=](?!\w)|<3|\^_\^|[xX]D\b)",
    "ordinal": r"\d+(?:st|nd|rd|th|s)\b",
    "number": r"\d+(?:[-/.,:]\d+)*",
    "abbreviation": rf"\b(?:{_ABBREVIATIONS})\.|\bNo\.(?=\s*\d)",
    "initials": r"\b(?:[A-Za-z]\.){2,}|\b[A-Z]\.(?=\s+[A-Z])",
    "ampersand": r"\b[A-Z]+&[A-Z]+\b",
    "prefixed": rf"\b(?i:{_PREFIXES})-[^\W\d_]+(?:['’][^\W\d_]+)*",
    "word": r"[^\W_]+(?:['’`][^\W\d_]+)*",
    "run": r"\.{2,}|[!?]{2,}|(?P<same>[-*=_+~#<>.'’`‘])(?P=same)+",
    "other": r"\S",
}
_TOKEN = re.compile("|".join(f"(?P<{name}>{part})" for name, part in _PARTS.items()))

_NOT = re.compile(r"(.+)(n['’]t)$", re.IGNORECASE)
_CLITIC = re.compile(r"(.+)(['’`](?:s|re|ve|ll|d|m))$", re.IGNORECASE)
_JOINED = re.compile(
    r"(can)(not)|(gon|wan)(na)|(got)(ta)|(gim|lem)(me)|(do|did|does|wo|ca|is|are|was|were|would|could|should|have|has)(nt)",
    re.IGNORECASE,
)


def tokenize(text: str) -> list[str]:
    """Split one sentence into words; joined, they are the text without its spaces."""
    return [word for match in _TOKEN.finditer(text) for word in _words(match.group(), match.lastgroup)]


def _words(piece: str, kind: str | None) -> Iterator[str]:
    if kind not in ("word", "prefixed"):
        yield piece
    elif joined := _JOINED.fullmatch(piece):
        yield from (part for part in joined.groups() if part)
    elif clitic := _NOT.fullmatch(piece) or _CLITIC.fullmatch(piece):
        yield from _words(clitic[1], kind)
        yield clitic[2]
    else:
        yield from _unit(piece)


def _unit(piece: str) -> Iterator[str]:
    """Split a number from the unit or the half of the day that is written to it: `10am`, `5km`."""
    found = re.fullmatch(r"(\d+)([A-Za-z]{2,})", piece)
    yield from found.groups() if found else (piece,)
