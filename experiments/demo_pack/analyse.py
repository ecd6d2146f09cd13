"""Lemmas and UD features of the words of english.txt, as in English-EWT."""

from __future__ import annotations

import re
from typing import Final

from attach import BE, OWNER, Token

Lemmas = dict[str, dict[str, str]]
THIRD: Final = "Number=Sing|Person=3"
FEATS: Final = {
    "N": "Number=Sing",
    "NS": "Number=Plur",
    "P": "Number=Sing",
    "A": "Degree=Pos",
    "AC": "Degree=Cmp",
    "AS": "Degree=Sup",
    "M": "NumForm=Word|NumType=Card",
}
VERB_FEATS: Final = {
    "B": "VerbForm=Inf",
    "D": "Mood=Ind|{}|Tense=Past|VerbForm=Fin",
    "P": "Mood=Ind|{}|Tense=Pres|VerbForm=Fin",
    "Z": "Mood=Ind|{}|Tense=Pres|VerbForm=Fin",
    "G": "Tense=Pres|VerbForm=Part",
    "N": "Tense=Past|VerbForm=Part",
    "I": "Mood=Imp|VerbForm=Fin",
    "M": "VerbForm=Fin",
}
PERSON: Final = {
    "I": "Number=Sing|Person=1",
    "you": "Person=2",
    "he": "Gender=Masc|Number=Sing|Person=3",
    "she": "Gender=Fem|Number=Sing|Person=3",
    "it": "Gender=Neut|Number=Sing|Person=3",
    "we": "Number=Plur|Person=1",
    "they": "Number=Plur|Person=3",
}
OBJECT: Final = {"me": "I", "him": "he", "us": "we", "them": "they"}
CLOSED: Final = {
    ("DET", "the"): ("the", "Definite=Def|PronType=Art"),
    ("DET", "a"): ("a", "Definite=Ind|PronType=Art"),
    ("DET", "an"): ("a", "Definite=Ind|PronType=Art"),
    ("DET", "this"): ("this", "Number=Sing|PronType=Dem"),
    ("DET", "these"): ("this", "Number=Plur|PronType=Dem"),
    ("DET", "that"): ("that", "Number=Sing|PronType=Dem"),
    ("DET", "those"): ("that", "Number=Plur|PronType=Dem"),
    ("DET", "every"): ("every", "PronType=Tot"),
    ("DET", "all"): ("all", "PronType=Tot"),
    ("DET", "some"): ("some", "PronType=Ind"),
    ("DET", "no"): ("no", "PronType=Neg"),
    ("PRON", "this"): ("this", "Number=Sing|PronType=Dem"),
    ("PRON", "who"): ("who", "PronType=Int"),
    ("PRON", "what"): ("what", "PronType=Int"),
    ("PRON", "that"): ("that", "PronType=Rel"),
    ("PRON", "there"): ("there", "_"),
    ("PRON", "nobody"): ("nobody", "Number=Sing|PronType=Neg"),
    ("PRON", "nothing"): ("nothing", "Number=Sing|PronType=Neg"),
    ("PRON", "everyone"): ("everyone", "Number=Sing|PronType=Tot"),
    ("PRON", "everything"): ("everything", "Number=Sing|PronType=Tot"),
    ("PART", "not"): ("not", "Polarity=Neg"),
    ("PART", "n't"): ("not", "Polarity=Neg"),
    ("PART", "to"): ("to", "_"),
    ("PART", "'s"): ("'s", "_"),
    ("INTJ", "yes"): ("yes", "Polarity=Pos"),
    ("INTJ", "no"): ("no", "Polarity=Neg"),
}
QUESTION: Final = frozenset(("where", "when", "why", "how"))
MODALS: Final = {"ca": "can", "wo": "will"}


def analyse(token: Token, tokens: list[Token], lemmas: Lemmas) -> None:
    """Fill in lemma and features."""
    form = token.form.lower()
    if token.upos in ("VERB", "AUX"):
        token.lemma = _verb_lemma(form, token, lemmas)
        token.feats = VERB_FEATS[token.code[1]].format(_agreement(token, tokens)).replace("||", "|")
    elif token.upos == "PRON" and _personal(token):
        return
    elif (token.upos, form) in CLOSED:
        token.lemma, token.feats = CLOSED[token.upos, form]
        if token.upos == "PRON" and form == "who" and "relcl" in tokens[(token.head or 1) - 1].rel:
            token.feats = "PronType=Rel"
    else:
        token.lemma = token.form if token.upos == "PROPN" else _nominal_lemma(form, token, lemmas)
        token.feats = "PronType=Int" if token.upos == "ADV" and form in QUESTION else FEATS.get(token.code, "_")


def _personal(token: Token) -> bool:
    form = token.form if token.form == "I" else token.form.lower()
    if form in OWNER and token.rel == "nmod:poss":
        token.lemma, token.feats = form, _merge(PERSON[OWNER[form]], "Case=Gen|Poss=Yes|PronType=Prs")
    elif (lemma := OBJECT.get(form, form)) in PERSON or form == "her":
        lemma = "she" if form == "her" else lemma
        case = "Nom" if token.rel == "nsubj" else "Acc"
        token.lemma, token.feats = lemma, _merge(PERSON[lemma], f"Case={case}|PronType=Prs")
    return bool(token.lemma)


def _merge(*feats: str) -> str:
    return "|".join(sorted(part for feat in feats for part in feat.split("|")))


def _verb_lemma(form: str, token: Token, lemmas: Lemmas) -> str:
    if token.upos == "AUX":
        return "be" if form in BE else MODALS.get(form) or lemmas["="].get(form, form)
    if form in BE:
        return "be"
    if token.code in ("VB", "VP", "VI"):
        return form
    if form in lemmas["="]:
        return lemmas["="][form]
    ending = {"Z": "s", "D": "ed", "N": "ed", "G": "ing"}[token.code[1]]
    if not form.endswith(ending):
        return form
    stem = form.removesuffix(ending)
    return stem[:-1] if stem.endswith("ll") and stem.startswith("travel") else stem


def _nominal_lemma(form: str, token: Token, lemmas: Lemmas) -> str:
    if token.code == "NS":
        return lemmas["+"].get(form) or form.removesuffix("s")
    return lemmas["="].get(form, form) if token.code in ("AC", "AS") else form


def _agreement(token: Token, tokens: list[Token]) -> str:
    """Give number and person of the subject: the verb's own or that of the verb it is joined to."""
    verb = token if token.upos == "VERB" or token.rel not in ("aux", "cop") else tokens[(token.head or 1) - 1]
    subjects = [other for other in tokens if other.head == verb.at and other.rel == "nsubj"]
    if not subjects:
        return _agreement(tokens[verb.head - 1], tokens) if verb.head and verb.rel in ("conj", "acl:relcl") else THIRD
    subject = subjects[0]
    if any(other.head == subject.at and other.rel == "conj" for other in tokens):
        return "Number=Plur|Person=3"
    form = subject.form if subject.form == "I" else subject.form.lower()
    if form in PERSON:
        number = "Number=Sing|" if form == "you" else ""
        return number + re.sub(r"Gender=\w+[|]", "", PERSON[form])
    return "Number=Plur|Person=3" if subject.code == "NS" else THIRD
