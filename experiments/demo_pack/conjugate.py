"""Maltese conjugation by rule: from a lemma, a class and what is special about it to all cells of the paradigm.

Own description from general knowledge of Maltese. A verb has six parts: `p1` is the stem of the perfect's first and
second person, `f3` the perfect's third person feminine, `i` and `ipl` the imperfect without its personal prefix, `m`
and `mpl` the imperative. A class makes the parts from the lemma; the parts make the cells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

Parts = dict[str, str]
Forms = dict[str, str]

PERFECT: Final = ("1;SG", "2;SG", "3;SG;MASC", "3;SG;FEM", "1;PL", "2;PL", "3;PL")
CELLS: Final = (
    *(f"V;FIN;PST;PRF;{person}" for person in PERFECT),
    *(f"V;FIN;PST;IPFV;{person}" for person in PERFECT),
    "V;FIN;IMP;2;SG",
    "V;FIN;IMP;2;PL",
)
"""A full verb paradigm, with the tags of UniMorph's Maltese table (which calls the imperfect past, too)."""

CONSONANT: Final = "għ|[bċdfgġhħjklmnpqrstvwxżz']"
VOWEL: Final = "ie|[aeiou]"
LIQUID: Final = ("l", "r", "għ")
CORONAL: Final = "dtsxzżġċ"


def conjugate(
    lemma: str, verb_class: str, argument: str = "", special: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Give the form of each of the `CELLS`.

    Args:
        lemma: the perfect's third person masculine.
        verb_class: a key of `CLASSES`.
        argument: the class's vowels or stems, for example `i-e`.
        special: parts that replace those of the class.

    """
    parts = CLASSES[verb_class](lemma, argument) | dict(special or {})
    bare = verb_class == "prefixed"
    parts.setdefault("m", parts["i"].removeprefix("i") if bare else parts["i"])
    parts.setdefault("mpl", parts["ipl"].removeprefix("i") if bare else parts["ipl"])
    first, single, plural = parts["p1"], parts["i"], parts["ipl"]
    forms = (
        *(f"{first}t", f"{first}t", lemma, parts["f3"], f"{first}na", f"{first}tu", _perfect_plural(parts)),
        *(_n(single), _t(single), _j(single), _t(single), _n(plural), _t(plural), _j(plural)),
        *(parts["m"], parts["mpl"]),
    )
    return dict(zip(CELLS, forms, strict=True))


def _perfect_plural(parts: Mapping[str, str]) -> str:
    if "p3" in parts:
        return parts["p3"]
    for ending, plural in (("iet", "ew"), ("at", "aw"), ("et", "u"), ("ot", "u")):
        if parts["f3"].endswith(ending):
            return parts["f3"].removesuffix(ending) + plural
    raise ValueError(f"no such third person: {parts['f3']}")


def _n(base: str) -> str:
    """Prefix the first person's n-, which becomes like a following l, m, r or n and then needs a vowel before it."""
    return f"i{base[0]}{base}" if base[0] in "lmnr" else f"n{base}"


def _t(base: str) -> str:
    """Prefix the t- of the second person and the third feminine, which becomes like a following coronal."""
    return f"i{base[0]}{base}" if base[0] in CORONAL else f"t{base}"


def _j(base: str) -> str:
    """Prefix the third person: j- before a vowel and għ, i- before another consonant."""
    return f"j{base}" if re.match(f"{VOWEL}|għ", base) else f"i{base}"


def _letters(lemma: str) -> list[str]:
    return re.findall(f"{VOWEL}|{CONSONANT}", lemma)


def _high(vowel: str) -> str:
    """Give the vowel of a stressed closed syllable: e becomes i."""
    return "i" if vowel == "e" else vowel


def _strong(lemma: str, vowels: str) -> Parts:
    """Take three consonants: kiteb, ktibt, kitbet, jikteb, jiktbu; joħorġu with a liquid or għ in the middle."""
    one, first, two, second, three = _letters(lemma)
    outer, inner = vowels.split("-")
    onset = f"{one}{first}{two}" if one == "għ" else f"{one}{two}"
    return {
        "p1": f"{onset}{_high(second)}{three}",
        "f3": f"{one}{first}{two}{three}{'o' if second == 'o' else 'e'}t",
        "i": f"{outer}{one}{two}{inner}{three}",
        "ipl": outer + _plural_stem(one, two, three, outer, inner) + "u",
    }


def _plural_stem(one: str, two: str, three: str, outer: str, inner: str) -> str:
    if two not in LIQUID or one == "għ":
        return one + two + three
    low = two == "għ" or (outer, inner) == ("a", "a")
    vowel = "o" if inner == "o" else "a" if low else "i"
    return one + vowel + two + three


def _guttural(lemma: str, vowels: str) -> Parts:
    """Take a last consonant għ, written ' at the end: sema', smajt, semgħet, jisma', jisimgħu."""
    one, first, two, _, _ = _letters(lemma)
    outer, _ = vowels.split("-")
    stem = one + "i" + two + "għ" if two in "lm" else one + two + "għ"
    return {
        "p1": f"{one}{two}aj",
        "f3": f"{one}{first}{two}għet",
        "i": f"{outer}{one}{two}a'",
        "ipl": f"{outer}{stem}u",
    }


def _initial(lemma: str, stems: str) -> Parts:
    """Take a first consonant w that the imperfect loses: wasal, wasalt, waslet, jasal, jaslu."""
    one, first, two, second, three = _letters(lemma)
    single, plural = stems.split("-")
    return {
        "p1": f"{one}{first}{two}{_high(second)}{three}",
        "f3": f"{one}{first}{two}{three}et",
        "i": single,
        "ipl": plural,
    }


def _geminate(lemma: str, vowel: str) -> Parts:
    """Take second and third consonants that are alike: ħabb, ħabbejt, ħabbet, ħabbew, iħobb, iħobbu."""
    one, _, two, _ = _letters(lemma)
    base = f"{one}{vowel}{two}{two}"
    return {"p1": f"{lemma}ej", "f3": f"{lemma}et", "p3": f"{lemma}ew", "i": base, "ipl": f"{base}u"}


def _hollow(lemma: str, vowels: str) -> Parts:
    """Take a long vowel between two consonants: sab, sibt, sabet, isib, isibu."""
    one, _, two = _letters(lemma)
    perfect, imperfect = vowels.split("-")
    base = f"{one}{imperfect}{two}"
    return {"p1": f"{one}{perfect}{two}", "f3": f"{lemma}et", "i": base, "ipl": f"{base}u"}


def _defective(lemma: str, argument: str) -> Parts:
    """Take a lost last consonant: mexa, mxejt, mxiet, jimxi, jimxu; qara, qrajt, qrat, jaqra, jaqraw."""
    one, _, two, _ = _letters(lemma)
    diphthong, vowels = argument.split()
    outer, final = vowels.split("-")
    back = diphthong == "aj"
    ending = "u" if final == "i" else ("aw" if back else "ew")
    return {
        "p1": f"{one}{two}{diphthong}",
        "f3": f"{one}{two}{'at' if back else 'iet'}",
        "i": f"{outer}{one}{two}{final}",
        "ipl": f"{outer}{one}{two}{ending}",
    }


def _derived(lemma: str, _: str) -> Parts:
    """Take a doubled middle or long first vowel: kellem, kellimt, kellmet, ikellem, ikellmu; also four consonants."""
    *head, vowel, last = _letters(lemma)
    stem = "".join(head)
    return {"p1": f"{stem}{_high(vowel)}{last}", "f3": f"{stem}{last}et", "i": lemma, "ipl": f"{stem}{last}u"}


def _derived_defective(lemma: str, _: str) -> Parts:
    """Do the same with a lost last consonant: ħalla, ħallejt, ħalliet, iħalli, iħallu."""
    stem = lemma[:-1]
    return {"p1": f"{stem}ej", "f3": f"{stem}iet", "i": f"{stem}i", "ipl": f"{stem}u"}


def _prefixed(lemma: str, _: str) -> Parts:
    """Add to a cluster the i of the imperfect, which the imperative lacks: tkellem, jitkellem."""
    parts = _derived(lemma, "")
    return parts | {"i": f"i{parts['i']}", "ipl": f"i{parts['ipl']}"}


def _loan_a(lemma: str, _: str) -> Parts:
    """Take loans that keep -a: ipparkja, ipparkjajt, ipparkjat, jipparkja, jipparkjaw."""
    return {"p1": f"{lemma}j", "f3": f"{lemma}t", "i": lemma, "ipl": f"{lemma}w"}


def _irregular(_: str, __: str) -> Parts:
    """Leave all parts to the list."""
    return {}


CLASSES: Final[Mapping[str, Callable[[str, str], Parts]]] = {
    "strong": _strong,
    "guttural": _guttural,
    "initial": _initial,
    "geminate": _geminate,
    "hollow": _hollow,
    "defective": _defective,
    "derived": _derived,
    "derived-defective": _derived_defective,
    "prefixed": _prefixed,
    "loan-a": _loan_a,
    "loan-i": _derived_defective,
    "irregular": _irregular,
}
