"""The format `cldf`, read and written."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lexaug.errors import FormatError, MissingError, StateError, UnsafeError
from lexaug.lexicon import Lexicon, LexiconEntry, Origin, read_lexicon, write_cldf

TERMS = "http://cldf.clld.org/v1.0/terms.rdf#"


def table(url: str, component: str, *columns: tuple[str, str]) -> dict:
    described = [{"name": name, "propertyUrl": TERMS + term} for name, term in columns]
    return {"url": url, "dc:conformsTo": TERMS + component, "tableSchema": {"columns": described}}


ENTRIES = table(
    "e.csv", "EntryTable", ("ID", "id"), ("Lg", "languageReference"), ("Word", "headword"), ("Class", "partOfSpeech")
)
SENSES = table("s.csv", "SenseTable", ("ID", "id"), ("Entry", "entryReference"), ("Gloss", "description"))
LANGUAGES = table("l.csv", "LanguageTable", ("ID", "id"), ("ISO", "iso639P3code"))


@pytest.fixture
def dataset(tmp_path):
    """A Dictionary of two languages as others write them, with columns of any name."""
    metadata = {"dc:conformsTo": TERMS + "Dictionary", "tables": [ENTRIES, SENSES, LANGUAGES]}
    (tmp_path / "cldf-metadata.json").write_text(json.dumps(metadata))
    (tmp_path / "e.csv").write_text('ID,Lg,Word,Class\n1,x,maji,n\n2,x,"enda, zake",v\n3,y,čáhci,n\n')
    (tmp_path / "s.csv").write_text('ID,Entry,Gloss\n1,1,"water, liquid"\n2,2,"to go\n(away)"\n3,3,water\n4,9,lost\n')
    (tmp_path / "l.csv").write_text("ID,ISO\nx,swh\ny,sme\n")
    return tmp_path


def test_a_foreign_dictionary_is_read_through_its_metadata(dataset, facts, reasons):
    reading = read_lexicon(dataset, target_lang="swa")
    assert reading.format == "cldf"
    assert facts(reading) == [("water", "maji", "NOUN"), ("liquid", "maji", "NOUN"), ("go", "enda, zake", "VERB")]
    assert reasons(reading) == [(5, "a word of language 'y'"), (6, "its entry is not in the entry table")]
    assert reading.entries[0].origin.file == "s.csv"


def test_a_language_that_is_not_there_is_said(dataset):
    with pytest.raises(FormatError, match="no entry of language mlt") as fault:
        read_lexicon(dataset, target_lang="mlt")
    assert fault.value.hint == "the data set holds sme, swh"


def test_a_table_outside_the_folder_is_unsafe(dataset):
    metadata = {"tables": [{**ENTRIES, "url": "../e.csv"}, SENSES]}
    (dataset / "cldf-metadata.json").write_text(json.dumps(metadata))
    with pytest.raises(UnsafeError):
        read_lexicon(dataset, target_lang="swa")


def test_another_module_and_missing_tables_are_said(dataset):
    path = dataset / "cldf-metadata.json"
    path.write_text(json.dumps({"dc:conformsTo": TERMS + "Wordlist", "tables": [LANGUAGES]}))
    with pytest.raises(FormatError, match=r"no EntryTable \(module Wordlist"):
        read_lexicon(path, target_lang="swa")
    path.write_text(json.dumps({"tables": [{**ENTRIES, "url": "none.csv"}, SENSES]}))
    with pytest.raises(MissingError, match="no such table"):
        read_lexicon(path, target_lang="swa")
    path.write_text("{")
    with pytest.raises(FormatError, match="not JSON") as fault:
        read_lexicon(path, target_lang="swa")
    assert "*-metadata.json" in fault.value.hint
    path.unlink()
    with pytest.raises(MissingError, match="one is needed"):
        read_lexicon(dataset, "cldf", target_lang="swa")


@pytest.mark.parametrize("row", ["1,2,3,4,5", '1,"x', ""])
def test_broken_tables_are_said_with_their_line(dataset, row):
    (dataset / "s.csv").write_text(f"ID,Entry,Gloss\n1,1,water\n{row}\n" if row else "")
    with pytest.raises(FormatError) as fault:
        read_lexicon(dataset, target_lang="swa")
    assert fault.value.file.endswith("s.csv")
    assert fault.value.hint


def test_a_written_row_of_unknown_licence_has_that_of_the_file(tmp_path):
    origins = [Origin("a.tsv", 1, "LicenseRef-unknown", "me"), Origin("a.tsv", 2, "CC0-1.0", "me")]
    entries = [LexiconEntry(word, "maji", "NOUN", origin=origin) for word, origin in zip("ab", origins, strict=True)]
    write_cldf(Lexicon("eng", "swa", entries), tmp_path / "out")
    reading = read_lexicon(tmp_path / "out", target_lang="swa", licence="CC-BY-4.0")
    assert [entry.origin.licence for entry in reading.entries] == ["CC-BY-4.0", "CC0-1.0"]


@settings(max_examples=15, deadline=None)
@given(data=st.data())
def test_what_is_written_is_read_back_whole(tmp_path_factory, entry_lists, data):
    entries = data.draw(entry_lists)
    folder = tmp_path_factory.mktemp("cldf") / "out"
    write_cldf(Lexicon("eng", "swa", entries), folder)
    reading = read_lexicon(folder, target_lang="swa")
    assert list(reading.entries) == entries
    assert reading.rejected == ()


def test_what_is_written_is_valid_cldf(tmp_path):
    pycldf = pytest.importorskip("pycldf", reason="pycldf checks the written data set where it is installed")
    origin = Origin("a.tsv", 3, "CC-BY-4.0", "me")
    entries = [
        LexiconEntry("water", "maji", "NOUN", 2.5, 'a "liquid", clear', origin),
        LexiconEntry("liquid", "maji", "NOUN"),
        LexiconEntry("go", "enda", ""),
    ]
    write_cldf(Lexicon("eng", "swa", entries), tmp_path / "out")
    dataset = pycldf.Dataset.from_metadata(tmp_path / "out" / "Dictionary-metadata.json")
    assert dataset.module == "Dictionary"
    assert dataset.validate()
    assert len(list(dataset["SenseTable"])) == len(entries)


def test_a_folder_that_holds_something_is_not_overwritten(tmp_path):
    (tmp_path / "mine").write_text("x")
    with pytest.raises(StateError):
        write_cldf(Lexicon("eng", "swa", ()), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
