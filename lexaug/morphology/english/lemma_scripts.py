"""Lemmas as edit scripts: how the letters of a form are cased, what is cut from its end and what is put there.

The scripts are learnt from a treebank and chosen by a classifier, as in Chrupała's (2008) and Straka's (2018, UDPipe 2)
lemmatisers; a form with an irregular lemma has a script of its own, such as `went` → cut `went`, append `go`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

CASINGS: dict[str, Callable[[str], str]] = {
    "keep": lambda form: form,
    "lower": lambda form: form.lower(),
    "title": lambda form: form[:1].upper() + form[1:].lower(),
}


@dataclass(frozen=True, slots=True)
class LemmaScript:
    """Case the form, cut a suffix, append another. `str()` and `parse` are inverses."""

    casing: str
    cut: str
    append: str

    def __str__(self) -> str:
        """Give the form that is stored: the three parts between tabs."""
        return f"{self.casing}\t{self.cut}\t{self.append}"

    @classmethod
    def parse(cls, text: str) -> LemmaScript:
        """Read what `str()` gave."""
        return cls(*text.split("\t"))

    def fits(self, form: str) -> bool:
        """Tell whether the form, cased, ends in what is to be cut."""
        return CASINGS[self.casing](form).endswith(self.cut)

    def apply(self, form: str) -> str:
        """Give the lemma of a form that fits."""
        cased = CASINGS[self.casing](form)
        return cased[: len(cased) - len(self.cut)] + self.append


def script_for(form: str, lemma: str) -> LemmaScript:
    """Find the script with the shortest edit; of equals, the one that lowers the case, then the one that keeps it."""
    scripts = [_script(casing, form, lemma) for casing in ("lower", "keep", "title")]
    return min(scripts, key=lambda script: len(script.cut) + len(script.append))


def _script(casing: str, form: str, lemma: str) -> LemmaScript:
    cased = CASINGS[casing](form)
    shared = 0
    for ours, theirs in zip(cased, lemma, strict=False):
        if ours != theirs:
            break
        shared += 1
    return LemmaScript(casing, cased[shared:], lemma[shared:])
