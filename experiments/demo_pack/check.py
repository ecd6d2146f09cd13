"""Check the demo pack against third-party data: `python experiments/demo_pack/check.py [--list] [DATA]`.

Prints how many of the pack's facts could be looked up and how many were found as they stand here; with `--list` every
other fact. Absence from a small treebank is no error; a differing form of a verb may be one and was looked at.
The data is read, never copied: it is under other licences than the pack.
"""

from __future__ import annotations

import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from build import DEMO

ROOT: Final = Path(__file__).resolve().parents[2]
SAME_CELL: Final = {"V;FIN;IMP;1;PL": "V;FIN;IMP;2;PL"}
"""UniMorph's table labels the plural imperative as first person."""
POS: Final = {"NOUN": "noun", "VERB": "verb", "ADJ": "adj", "ADV": "adv"}


def main() -> None:
    """Print the table of agreement, and on request the disagreements."""
    arguments = [argument for argument in sys.argv[1:] if argument != "--list"]
    given = arguments[0] if arguments else os.environ.get("LEXAUG_DATA", ROOT.parent / "shared" / "data")
    data = Path(given) / "mlt"
    print("| what was looked up | n | confirmed | per cent |\n|---|---|---|---|")
    differences: list[str] = []
    for name, known, wrong in results(data):
        agree = known - len(wrong)
        share = f"{100 * agree / known:.1f}" if known else "-"
        print(f"| {name} | {known} | {agree} | {share} |")
        differences += [f"{name}: {difference}" for difference in wrong]
    if "--list" in sys.argv:
        print("\n".join(differences))


def results(data: Path) -> Iterator[tuple[str, int, list[str]]]:
    """Give (what was looked up, how many facts, those that were not found)."""
    yield "verb forms, of those whose lemma and cell UniMorph has", *_forms(data)
    yield "lexicon pairs, of those whose English word the lexicon has", *_translations(data)
    words = _vocabulary(data)
    yield "Maltese citation forms, in any of the data", *_attested(words, _lemmas())
    yield "noun plurals, in any of the data", *_attested(words, _inflected("N"))
    yield "feminine and plural adjectives, in any of the data", *_attested(words, _inflected("A"))
    yield "tags of the evaluation, of words that the treebank has", *_tags(data)


def _rows(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line]


def _forms(data: Path) -> tuple[int, list[str]]:
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    for lemma, form, tags in (row for row in _rows(data / "unimorph" / "mlt") if len(row) == 3):
        known[lemma, SAME_CELL.get(tags, tags)].add(form)
    own = [(lemma, form, tags) for lemma, form, tags in _rows(DEMO / "paradigms.tsv") if (lemma, tags) in known]
    return len(own), [
        f"{lemma} {tags}: {form}, there {' '.join(sorted(known[lemma, tags]))}"
        for lemma, form, tags in own
        if form not in known[lemma, tags]
    ]


def _lexicon() -> list[list[str]]:
    return _rows(DEMO / "lexicon.tsv")[1:]


def _translations(data: Path) -> tuple[int, list[str]]:
    known: dict[str, set[str]] = defaultdict(set)
    for english, target, _, _ in _rows(data / "lexicon.tsv")[1:]:
        known[english.lower()].add(_bare(target))
    own = [(english, target, pos) for english, target, pos, _ in _lexicon() if english.lower() in known]
    return len(own), [
        f"{english} {target} {pos}" for english, target, pos in own if _bare(target) not in known[english.lower()]
    ]


def _bare(word: str) -> str:
    """Give the word without a closing apostrophe or an article, in lower case."""
    return re.sub(r"^(il|l|i[tdszżxnrċ])-", "", word.lower()).rstrip("'’")


def _lemmas() -> Iterable[str]:
    return sorted({target for _, target, pos, _ in _lexicon() if pos != "PROPN"})


def _inflected(kind: str) -> Iterable[str]:
    return sorted({form for lemma, form, tags in _rows(DEMO / "paradigms.tsv") if tags[0] == kind and form != lemma})


def _vocabulary(data: Path) -> set[str]:
    """Every Maltese word of the lexicon, the UniMorph table, the treebank's train split and the plain texts."""
    words = [row[1] for row in _rows(data / "lexicon.tsv")]
    words += [form for row in _rows(data / "unimorph" / "mlt") for form in row[:2]]
    words += [form for form, _ in _treebank(data)]
    for name in ("mono_cv_cc0.txt", "udhr.txt"):
        words += re.findall(r"\w+['’]?", (data / name).read_text(encoding="utf-8"))
    return {_bare(word) for word in words}


def _attested(vocabulary: set[str], words: Iterable[str]) -> tuple[int, list[str]]:
    listed = [word for word in words if " " not in word]
    return len(listed), [word for word in listed if _bare(word) not in vocabulary]


def _treebank(data: Path) -> Iterator[tuple[str, str]]:
    path = data / "ud" / "UD_Maltese-MUDT" / "mt_mudt-ud-train.conllu"
    return ((row[1], row[3]) for row in _rows(path) if row[0].isdigit())


def _tags(data: Path) -> tuple[int, list[str]]:
    known: dict[str, set[str]] = defaultdict(set)
    for form, tag in _treebank(data):
        known[form.lower()].add(tag)
    lines = (DEMO / "eval.pos.txt").read_text(encoding="utf-8").splitlines()
    own = [tuple(line.split()) for line in lines if line and line.split()[0].lower() in known]
    return len(own), [f"{form} {tag}" for form, tag in own if tag not in known[form.lower()]]


if __name__ == "__main__":
    main()
