"""The demo pack's facts: enough of them, whole, in order, and made by the program beside them."""

import subprocess
import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from lexaug.files import read_lines, resource

ROOT = Path(__file__).parents[2]
PEOPLE = ("1;SG", "2;SG", "3;SG;MASC", "3;SG;FEM", "1;PL", "2;PL", "3;PL")
VERB_CELLS = {f"V;FIN;PST;{aspect};{person}" for aspect in ("PRF", "IPFV") for person in PEOPLE}
VERB_CELLS |= {"V;FIN;IMP;2;SG", "V;FIN;IMP;2;PL"}
BUILT = ("lexicon.tsv", "paradigms.tsv", "english.conllu", "eval.eng.txt", "eval.mlt.txt", "eval.pos.txt")


def rows(name: str) -> list[list[str]]:
    return [line.split("\t") for _, line in read_lines(resource("demo") / name)]


def paradigms(kind: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for lemma, form, bundle in rows("paradigms.tsv"):
        if bundle.split(";")[0] == kind:
            found[lemma][bundle] = form
    return found


def test_building_again_gives_the_same_bytes(tmp_path: Path) -> None:
    subprocess.run([sys.executable, ROOT / "experiments" / "demo_pack" / "build.py", tmp_path], check=True)
    for name in BUILT:
        assert (tmp_path / name).read_bytes() == (resource("demo") / name).read_bytes(), name


@pytest.mark.parametrize("name", BUILT)
def test_text_is_nfc_without_stray_spaces(name: str) -> None:
    text = (resource("demo") / name).read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert not any(line != line.strip() or "  " in line for line in text.splitlines())


def test_the_lexicon_has_enough_entries_of_every_kind() -> None:
    header, *entries = rows("lexicon.tsv")
    assert header == ["english", "target", "pos", "source"]
    assert len(entries) >= 500
    assert max(Counter(map(tuple, entries)).values()) == 1
    kinds = Counter(pos for _, _, pos, _ in entries)
    assert {"NOUN", "VERB", "ADJ", "ADV", "ADP", "PRON", "DET", "CCONJ", "SCONJ", "NUM", "AUX"} <= kinds.keys()
    assert min(kinds["VERB"], kinds["ADJ"]) >= 100


def test_every_verb_has_every_cell() -> None:
    verbs = paradigms("V")
    assert len(verbs) >= 60
    assert {lemma: VERB_CELLS ^ cells.keys() for lemma, cells in verbs.items() if cells.keys() != VERB_CELLS} == {}


def test_nouns_have_plurals_and_adjectives_three_forms() -> None:
    assert sum("N;PL" in cells for cells in paradigms("N").values()) >= 120
    assert all(cells.keys() == {"ADJ;MASC;SG", "ADJ;FEM;SG", "ADJ;PL"} for cells in paradigms("ADJ").values())


def test_the_table_has_no_row_twice() -> None:
    assert max(Counter(map(tuple, rows("paradigms.tsv"))).values()) == 1


@pytest.mark.parametrize(
    ("lemma", "perfect", "imperfect", "imperative"),
    [
        ("kiteb", "ktibt ktibt kiteb kitbet ktibna ktibtu kitbu", "nikteb tikteb jikteb tikteb niktbu tiktbu jiktbu", "ikteb iktbu"),  # noqa: E501
        ("ħareġ", "ħriġt ħriġt ħareġ ħarġet ħriġna ħriġtu ħarġu", "noħroġ toħroġ joħroġ toħroġ noħorġu toħorġu joħorġu", "oħroġ oħorġu"),  # noqa: E501
        ("mar", "mort mort mar marret morna mortu marru", "immur tmur imur tmur immorru tmorru imorru", "mur morru"),
        ("ried", "ridt ridt ried riedet ridna ridtu riedu", "irrid trid irid trid irridu tridu iridu", "rid ridu"),
        ("sab", "sibt sibt sab sabet sibna sibtu sabu", "nsib issib isib issib nsibu issibu isibu", "sib sibu"),
        ("mexa", "mxejt mxejt mexa mxiet mxejna mxejtu mxew", "nimxi timxi jimxi timxi nimxu timxu jimxu", "imxi imxu"),
        ("wasal", "wasalt wasalt wasal waslet wasalna wasaltu waslu", "nasal tasal jasal tasal naslu taslu jaslu", "asal aslu"),  # noqa: E501
        ("uża", "użajt użajt uża użat użajna użajtu użaw", "nuża tuża juża tuża nużaw tużaw jużaw", "uża użaw"),
    ],
)  # fmt: skip
def test_conjugation_by_class(lemma: str, perfect: str, imperfect: str, imperative: str) -> None:
    cells = paradigms("V")[lemma]
    assert [cells[f"V;FIN;PST;PRF;{person}"] for person in PEOPLE] == perfect.split()
    assert [cells[f"V;FIN;PST;IPFV;{person}"] for person in PEOPLE] == imperfect.split()
    assert [cells["V;FIN;IMP;2;SG"], cells["V;FIN;IMP;2;PL"]] == imperative.split()


def test_every_inflected_lemma_stands_in_the_lexicon() -> None:
    targets = {target for _, target, _, _ in rows("lexicon.tsv")}
    assert {lemma for kind in ("V", "N", "ADJ", "PRO") for lemma in paradigms(kind)} <= targets
