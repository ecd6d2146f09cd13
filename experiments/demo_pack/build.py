"""Build resources/demo from the sources written by hand beside this file: `python experiments/demo_pack/build.py`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from annotate import conllu, pairs
from conjugate import CELLS, conjugate

HERE: Final = Path(__file__).parent
DEMO: Final = HERE.parents[1] / "resources" / "demo"
SOURCE: Final = "lexaug-demo"
ADJECTIVE: Final = ("ADJ;MASC;SG", "ADJ;FEM;SG", "ADJ;PL")
PRONOUNS: Final = "PRO;NOM", "PRO;ACC"

Entry = tuple[str, str, str]
Row = tuple[str, str, str]


def rows(name: str) -> Iterator[tuple[list[str], list[str]]]:
    """Give the fields before the colon and the glosses after it, for each line that is no remark."""
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            fields, _, glosses = line.partition(" : ")
            yield [field.replace("_", " ") for field in fields.split()], glosses.split(", ") if glosses else []


def verbs() -> Iterator[tuple[str, list[str], dict[str, str]]]:
    """Give lemma, glosses and forms by cell of every verb, those made by rule first."""
    for (lemma, verb_class, *rest), glosses in rows("verbs.txt"):
        argument = " ".join(field for field in rest if "=" not in field)
        special = dict(field.split("=") for field in rest if "=" in field)
        yield lemma, glosses, conjugate(lemma, verb_class, argument, special)
    listed = list(rows("verbs_listed.txt"))
    for start in range(0, len(listed), 4):
        ((lemma,), glosses), *groups = listed[start : start + 4]
        forms = [form for group, _ in groups for form in group]
        yield lemma, glosses, dict(zip(CELLS, forms, strict=True))


def paradigms() -> Iterator[Row]:
    """Give (lemma, form, bundle): verbs, nouns, adjectives, pronouns."""
    for lemma, _, forms in verbs():
        yield from ((lemma, form, cell) for cell, form in forms.items())
    for (singular, plural, _), _ in rows("nouns.txt"):
        yield singular, singular, "N;SG"
        if plural != "-":
            yield singular, plural, "N;PL"
    for forms, _ in rows("adjectives.txt"):
        yield from ((forms[0], form, cell) for form, cell in zip(forms, ADJECTIVE, strict=True))
    for (lemma, oblique, tags), _ in rows("pronouns.txt"):
        yield from ((lemma, form, f"{case};{tags}") for case, form in zip(PRONOUNS, (lemma, oblique), strict=True))


def lexicon() -> Iterator[Entry]:
    """Give (English, Maltese, UPOS): verbs, nouns, adjectives, other words."""
    for lemma, glosses, _ in verbs():
        yield from ((gloss, lemma, "VERB") for gloss in glosses)
    for name, pos in (("nouns.txt", "NOUN"), ("adjectives.txt", "ADJ")):
        for (lemma, *_), glosses in rows(name):
            yield from ((gloss, lemma, pos) for gloss in glosses)
    for (pos, lemma), glosses in rows("words.txt"):
        yield from ((gloss, lemma, pos) for gloss in glosses)


def texts() -> dict[str, str]:
    """Give the text of every built file by its name."""
    entries = dict.fromkeys(lexicon())
    table = "".join("\t".join((*entry, SOURCE)) + "\n" for entry in entries)
    sentences = list(pairs(HERE / "eval.txt"))
    return {
        "lexicon.tsv": f"english\ttarget\tpos\tsource\n{table}",
        "paradigms.tsv": "".join("\t".join(row) + "\n" for row in dict.fromkeys(paradigms())),
        "english.conllu": conllu(HERE / "english.txt"),
        "eval.eng.txt": "".join(f"{english}\n" for english, _, _ in sentences),
        "eval.mlt.txt": "".join(f"{maltese}\n" for _, maltese, _ in sentences),
        "eval.pos.txt": "\n".join("".join(f"{form} {tag}\n" for form, tag in tagged) for _, _, tagged in sentences),
    }


def main() -> None:
    """Write every file into the folder given, or into resources/demo."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DEMO
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
