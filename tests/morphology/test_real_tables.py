"""Real tables of the third-party data: all of them read, leaks are caught, wishes of English are answered."""

from pathlib import Path

import pytest

from lexaug.errors import FormatError
from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.leaks import find_leaks
from lexaug.morphology.readers import read_table, split_of
from lexaug.morphology.table import ParadigmTable

pytestmark = pytest.mark.data
parse = FeatureBundle.parse

PACKS = {
    "sme": ["sme/unimorph/sme", "sme/sigmorphon/2023/sme.trn"],
    "mlt": ["mlt/unimorph/mlt"],
    "cym": ["cym/unimorph/cym"],
    "fao": ["fao/unimorph/fao"],
    "lug": ["lug/unimorph/lug"],
    "amh": ["amh/unimorph/amh", "amh/sigmorphon/2023/amh.trn"],
    "tgl": ["tgl/unimorph/tgl"],
    "kaz": ["kaz/unimorph/kaz", "kaz/sigmorphon/2020/kaz.trn"],
}


@pytest.fixture(scope="module")
def packs(data: Path) -> dict[str, ParadigmTable]:
    return {
        code: ParadigmTable(code, [row for path in paths for row in read_table(data / path, lang=code).rows])
        for code, paths in PACKS.items()
    }


def tables(data: Path) -> list[Path]:
    """List the UniMorph tables of all languages and their SIGMORPHON train splits."""
    unimorph = [path for path in data.glob("*/unimorph/*") if "." not in path.name and path.name != "SOURCE"]
    return sorted(unimorph) + sorted(path for path in data.glob("*/sigmorphon/*/*") if split_of(path) == "train")


@pytest.mark.slow  # 5 to 10 seconds: half a million rows
def test_every_table_of_a_language_reads(data: Path) -> None:
    assert len(tables(data)) >= 25
    for path in tables(data):
        reading = read_table(path, lang="und")
        nested = path.parent.name == "2023"
        assert reading.column_order == ("lemma-features-form" if nested else "lemma-form-features"), path
        assert not reading.rejected, path
        assert len(reading.rows) + reading.duplicates == reading.read


@pytest.mark.slow  # 20 to 40 seconds: 1.2 million rows
def test_every_shared_task_file_reads(data: Path) -> None:
    for year, order in (("2020", "lemma-form-features"), ("2023", "lemma-features-form")):
        for path in sorted((data / f"sigmorphon{year}").glob("*.*")):
            reading = read_table(path, "sigmorphon", lang="und")
            assert reading.column_order == order, path
            assert len(reading.rejected) < 0.01 * reading.read, path


def test_covered_test_files_are_refused(data: Path) -> None:
    for name in ("kmr/sigmorphon/2021/kmr.test", "kaz/sigmorphon/2022/kaz.test"):
        with pytest.raises(FormatError, match="covered"):
            read_table(data / name, lang="und")


def test_every_row_of_a_large_table_is_read(data: Path) -> None:
    assert read_table(data / "sme/unimorph/sme", lang="sme").read == 62677


def test_all_lemmas_of_the_north_sami_test_leak_until_removed(data: Path) -> None:
    held_out = read_table(data / "sme/sigmorphon/2023/sme.tst", lang="sme").rows
    table = ParadigmTable("sme", read_table(data / "sme/unimorph/sme", lang="sme").rows)
    leaked = find_leaks(table, held_out)
    assert len({row.lemma for row in held_out}) == 50
    assert set(leaked) == {row.lemma for row in held_out}
    clean = table.without_lemmas(leaked)
    assert find_leaks(clean, held_out) == ()
    assert len(clean.lemmas) == len(table.lemmas) - 50


@pytest.mark.parametrize(
    ("code", "wish", "cell", "share"),
    [
        ("sme", "N;PL", "N;NOM;PL", 0.95),
        ("sme", "V;FIN;IND;PST;3;SG", "V;IND;PST;3;SG", 0.99),
        ("mlt", "V;PST;3;SG", "V;FIN;PST;PRF;3;SG;MASC", 0.95),
        ("mlt", "V;PRS;3;SG", "V;FIN;PST;IPFV;3;SG;MASC", 0.95),
        ("cym", "V;PST;3;SG", "V;IND;PST;3;SG;LIT", 0.9),
        ("cym", "V;NFIN", "V;V.MSDR", 0.9),
        ("fao", "N;PL", "N;INDF;NOM;PL", 0.95),
        ("fao", "V;PRS;3;PL", "V;IND;PRS;3", 0.95),
        ("lug", "V;PST;3;SG", "V;PST+RCT;3;SG", 0.99),
        ("lug", "V;PRS;3;SG", "V;PRS;3", 0.99),
        ("amh", "V;PST;3;SG", "V;PFV;3;SG;MASC", 0.95),
        ("amh", "V;NFIN", "V.MSDR", 0.95),
        ("tgl", "V;PRS;1;PL", "V;IPFV;AGFOC", 0.95),
        ("kaz", "V;IMP", "V;IMP;2;SG;INFM", 0.6),
    ],
)
def test_wishes_of_english(packs: dict[str, ParadigmTable], code: str, wish: str, cell: str, share: float) -> None:
    table, wanted = packs[code], parse(wish)
    found = [table.nearest(lemma, wanted) for lemma in table.lemmas if table.has(lemma, wanted.pos)]
    right = [one for one in found if one is not None and one.exact and one.bundle.distance(parse(cell)) < 0.01]
    assert len(right) >= share * len(found)


def test_a_cell_that_was_found_once_is_not_compared_again(packs: dict[str, ParadigmTable], monkeypatch) -> None:
    table, wanted = packs["sme"], parse("V;PST;3;SG")
    first = [table.nearest(lemma, wanted) for lemma in table.lemmas]
    monkeypatch.delattr("lexaug.morphology.nearest.differences")
    assert [table.nearest(lemma, wanted) for lemma in table.lemmas] == first
