"""Every third-party lexicon is read; the counts are the files' own."""

from functools import lru_cache

import pytest

from lexaug.errors import FormatError
from lexaug.lexicon import Lexicon, read_lexicon, write_tsv

LANGUAGES = ("amh", "cym", "fao", "kaz", "kmr", "lug", "mlt", "quy", "san", "sme", "swa", "tgl")
WIKTIONARY = {
    "Amharic": "amh",
    "Faroese": "fao",
    "Kazakh": "kaz",
    "Maltese": "mlt",
    "Northern_Kurdish": "kmr",
    "Northern_Sami": "sme",
    "Sanskrit": "san",
    "Tagalog": "tgl",
    "Welsh": "cym",
}
PAIRS = {
    "am": "amh",
    "cy": "cym",
    "kk": "kaz",
    "ku": "kmr",
    "mt": "mlt",
    "qu": "quy",
    "sa": "san",
    "sw": "swa",
    "tl": "tgl",
}

pytestmark = pytest.mark.data


@lru_cache
def derived_lexicon(data, code):
    return read_lexicon(data / code / "lexicon.tsv", target_lang=code)


def rows_of(path) -> int:
    return sum(bool(line.strip()) for line in path.read_text(encoding="utf-8").split("\n"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_derived_lexicons(data, code):
    path = data / code / "lexicon.tsv"
    reading = derived_lexicon(data, code)
    assert reading.format == "tsv"
    assert reading.rows == rows_of(path) - 1
    assert len(reading.rejected) <= 20
    gpl = {entry.origin.label for entry in reading.entries if entry.origin.licence.startswith("GPL")}
    assert gpl <= {"apertium", "freedict"}


@pytest.mark.parametrize("code", PAIRS)
def test_plain_pairs(data, code):
    path = data / "raw_lexicons" / "wiktionary_bli" / f"{code}-en.all"
    reading = read_lexicon(path, target_lang=PAIRS[code])
    assert reading.format == "pairs-reverse"
    assert reading.rows == rows_of(path)
    assert len(reading.entries) > 0.97 * reading.rows
    with pytest.raises(FormatError, match="wrong direction"):
        read_lexicon(path, "pairs", target_lang=PAIRS[code])


@pytest.mark.parametrize("name", WIKTIONARY)
def test_wiktionary_gives_what_the_derived_lexicon_has(data, name):
    code = WIKTIONARY[name]
    reading = read_lexicon(data / "raw_lexicons" / "wiktionary_vuizur" / f"{name}.tsv", target_lang=code)
    assert reading.format == "wiktionary-tsv"
    assert len(reading.entries) > 0.75 * reading.rows
    derived = derived_lexicon(data, code).entries
    wanted = {(e.source.lower(), e.target) for e in derived if e.origin.label == "wiktionary"}
    found = {(e.source.lower(), e.target) for e in reading.entries}
    assert len(wanted & found) > 0.9 * len(wanted)


@pytest.mark.parametrize(
    ("name", "code", "least"), [("eng-swh", "swa", 1400), ("kur-eng", "kmr", 5000), ("swh-eng", "swa", 2800)]
)
def test_freedict(data, name, code, least):
    reading = read_lexicon(data / "raw_lexicons" / "freedict" / f"{name}.tei", target_lang=code)
    assert len(reading.entries) > least


@pytest.mark.parametrize(
    ("name", "code", "least"), [("cym-eng.cym-eng", "cym", 11_000), ("eng-kaz.eng-kaz", "kaz", 30_000)]
)
def test_apertium(data, name, code, least):
    reading = read_lexicon(data / "raw_lexicons" / "apertium" / f"apertium-{name}.dix", target_lang=code)
    assert len(reading.entries) > least
    assert sum(entry.pos != "" for entry in reading.entries) > 0.99 * len(reading.entries)


@pytest.mark.parametrize("name", ["en_se", "se_en", "en_chm", "cv_en", "en_arn", "yua_en"])
def test_gatitos(data, name):
    path = data / "raw_lexicons" / "gatitos" / f"{name}.tsv"
    reading = read_lexicon(path, target_lang="und")
    assert reading.format == "gatitos"
    assert reading.rows == rows_of(path)
    assert len(reading.rejected) <= 1
    assert Lexicon("eng", "und", reading.entries).lookup("water")


@pytest.mark.slow
def test_every_gatitos_list(data):
    """About 20 seconds of one core."""
    paths = sorted((data / "raw_lexicons" / "gatitos").glob("*.tsv"))
    assert len(paths) == 334
    rejected = sum(len(read_lexicon(path, target_lang="und").rejected) for path in paths)
    assert rejected == 6


def test_a_merged_real_lexicon_is_written_and_read_back(data, tmp_path):
    derived = Lexicon("eng", "sme", derived_lexicon(data, "sme").entries)
    raw = read_lexicon(data / "raw_lexicons" / "gatitos" / "en_se.tsv", target_lang="sme").entries
    merged = derived.merge(Lexicon("eng", "sme", raw))
    assert len(merged) < len(derived) + len(raw)
    assert sum(entry.weight for entry in merged) == len(derived) + len(raw)
    write_tsv(merged, tmp_path / "l.tsv")
    again = Lexicon("eng", "sme", read_lexicon(tmp_path / "l.tsv", target_lang="sme").entries)
    assert [(e.source, e.target, e.weight) for e in again] == [(e.source, e.target, e.weight) for e in merged]
