"""Glosses of a dictionary, cut into the short equivalents that can stand in a sentence."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lexaug.lexicon.markup import without_unseen

MAX_WORDS = 4
"""An equivalent of more words is an explanation."""

GRAMMAR = "a note on grammar, not a translation"
DEFINITION = "a definition, not a translation"
NOTHING_LEFT = "nothing is left of the gloss"

_TAG = re.compile(r"<[^<>]*>")
_INNERMOST = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")
_CITATION = re.compile(r"(?:\s+(?:[^\W\d_a-z][\w.]*\.|&c\.?|ib\.))+$")
_SPLIT = re.compile(r"\s*[;,؛،፣፤]\s*")
_JOINING = re.compile(r"^(?:or|and|also|and also) (?=\S)")
_CUT = re.compile(r"(?:\b(?:e\.g|i\.e|esp|etc|cf|viz|lit)\b\.?|: |\u2014| - ).*$", re.DOTALL)
_QUOTES = "\"“”„«»‘’' .?!…\u200b\u200e\u200f"

_GRAMMAR = """
a an the and or of in all only used more less basic common general letter-case case standard regular irregular
first second third 1st 2nd 3rd person persons singular plural dual collective singulative paucal masculine feminine
neuter animate inanimate definite indefinite nominative accusative genitive dative ablative locative instrumental
vocative essive inessive elative illative comitative abessive allative adessive partitive translative connegative
present past future preterite imperfect perfect pluperfect aorist tense conditional i ii iii indicative subjunctive
imperative potential optative mood modal infinitive gerund participle supine active passive middle voice aspect
complete completed progressive contemplative contemplated recently recent immediate habitual perfective
imperfective finite impersonal reflexive causative benefactive verbal noun adjective adjectival adverbial adverb
agent pronoun verb possessive emphatic stressed unstressed negative affirmative comparative superlative equative
degree exclamative positive diminutive augmentative endearing alternative alternate obsolete archaic dated rare
superseded nonstandard informal formal colloquial dialectal regional poetic literary uncommon eye dialect
pre-reform form forms spelling spellings misspelling variant variation variants inflection inflected conjugation
contraction abbreviation initialism acronym short clipping ellipsis romanization romanisation transliteration
transcription pronunciation synonym antonym equivalent soft hard nasal aspirate mixed mutated mutation lenition
prothesized h-prothesized post-consonantal prevocalic sandhi combining construct state bound stem root base female
male reduplication nominalization patronymic matronymic apocopic elided apocope syncopic script defective
"""
_GRAMMAR_WORDS = frozenset(_GRAMMAR.split())
_EXPLAINED = (
    "act action name kind type species sort state condition process manner way one any any. someone somebody something"
    " letter title epithet surname municipality city town village province country barangay district quality fact"
    " feeling piece sound person inhabitant used made full member place period unit genus city-state"
)
_EXPLAINING = frozenset(_EXPLAINED.split())
_CLAUSE_WORDS = 2
"""A longer equivalent with a clause word explains: `which` and `so that` do not, `one who kills` does."""
_CLAUSE = re.compile(r"\b(?:which|that|who|whose|where|when|used|said|especially|sometimes|usually)\b", re.IGNORECASE)
_HEAD_OF = re.compile(r"^(?P<head>.+?)\s(?:of|from|for|to|by)\s", re.DOTALL)
_STARTS_AS_SENTENCE = re.compile(r"(?:A|An|The|Any|One|Used|Someone|Something|Indicates|Denotes|Expresses)\s")


@dataclass(frozen=True, slots=True)
class Equivalents:
    """What a gloss gives: equivalents in order, and the reasons why other parts of it give none."""

    words: tuple[str, ...]
    refused: tuple[str, ...] = ()


def plain_text(markup: str) -> str:
    """Take tags and entities out of a piece of HTML, and what is no text of it."""
    return " ".join(html.unescape(_TAG.sub(" ", without_unseen(markup))).split())


def english_equivalents(gloss: str) -> Equivalents:
    """Cut an English gloss, `(computing) to save, to store (a file)`, into its equivalents: `to save`, `to store`.

    Parentheses and labels go; parts between commas and semicolons are equivalents when they have at most `MAX_WORDS`
    words and do not explain. Notes such as `plural of X` give none, nor do definitions (`A municipality of Samar`).
    """
    text = _without_brackets(plain_text(gloss))
    if _is_grammar_note(text):
        return Equivalents((), (GRAMMAR,))
    if _STARTS_AS_SENTENCE.match(text) and len(text.split()) > 2:
        return Equivalents((), (DEFINITION,))
    return _gather(text, _refusal)


def target_equivalents(gloss: str) -> Equivalents:
    """Cut a gloss in the target language at commas and semicolons; of its wording nothing is known."""
    return _gather(_without_brackets(plain_text(gloss)), lambda _: "")


def _gather(text: str, refusal: Callable[[str], str]) -> Equivalents:
    words: list[str] = []
    refused: list[str] = []
    for part in _parts(text):
        reason = refusal(part)
        if reason:
            refused.append(reason)
            if not words:
                break
        elif part not in words:
            words.append(part)
    return Equivalents(tuple(words), tuple(refused) if words or refused else (NOTHING_LEFT,))


def _parts(text: str) -> Iterator[str]:
    for part in _SPLIT.split(_CITATION.sub("", _CUT.sub("", text))):
        word = _JOINING.sub("", _CITATION.sub("", part).strip(_QUOTES))
        if word:
            yield word


def _refusal(part: str) -> str:
    words = len(part.removeprefix("to ").split())
    if words > MAX_WORDS or (words > _CLAUSE_WORDS and _CLAUSE.search(part)):
        return DEFINITION
    if _is_grammar_note(part):
        return GRAMMAR
    found = _HEAD_OF.match(part + " ")
    head = found["head"].lower().split() if found else []
    return DEFINITION if head and head[-1] in _EXPLAINING else ""


def _is_grammar_note(text: str) -> bool:
    """Tell whether everything before ` of ` is a word of grammar, as in `first/second-person plural of X`."""
    head, of, rest = text.partition(" of ")
    words = [word for word in re.split(r"[\s/,]+|-(?=person)", head.lower()) if word]
    return bool(of and rest and words) and all(word in _GRAMMAR_WORDS for word in words)


def _without_brackets(text: str) -> str:
    """Take out bracketed text, from inside out; an opening bracket that is never closed cuts the rest off."""
    previous = None
    while previous != text:
        previous, text = text, _INNERMOST.sub(" ", text)
    text = re.split(r"[(\[{]", text, maxsplit=1)[0]
    return " ".join(re.sub(r"[)\]}]", " ", text).split()).replace(" ,", ",").replace(" ;", ";")
