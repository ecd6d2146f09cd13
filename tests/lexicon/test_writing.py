"""Writing the format `tsv`."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from lexaug.lexicon import Lexicon, LexiconEntry, Origin, read_lexicon, write_tsv


def test_the_header_and_the_source_cell_are_as_documented(tmp_path):
    entries = [
        LexiconEntry("house", "nyumba", "NOUN", origin=Origin("a.tsv", 3, "CC-BY-4.0", "gatitos")),
        LexiconEntry("ice cream", "aiskrimu", origin=Origin("a.tsv", 4)),
        LexiconEntry("nan", '"', "NOUN"),
    ]
    write_tsv(Lexicon("eng", "swa", entries), tmp_path / "l.tsv")
    assert (tmp_path / "l.tsv").read_text().splitlines() == [
        "english\ttarget\tpos\tsource",
        "house\tnyumba\tNOUN\tgatitos(CC-BY-4.0)",
        "ice cream\taiskrimu\t\ta.tsv",
        'nan\t"\tNOUN\t',
    ]


def test_weight_and_sense_are_written_where_there_are_some(tmp_path):
    write_tsv(Lexicon("eng", "swa", [LexiconEntry("bank", "benki", weight=0.1, sense="money")]), tmp_path / "l.tsv")
    assert (tmp_path / "l.tsv").read_text().splitlines()[1] == "bank\tbenki\t\t\t0.1\tmoney"


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_what_is_written_is_read_back(tmp_path_factory, entry_lists, data):
    entries = data.draw(entry_lists)
    path = tmp_path_factory.mktemp("tsv") / "l.tsv"
    write_tsv(Lexicon("eng", "swa", entries), path)
    reading = read_lexicon(path, target_lang="swa")
    assert reading.rejected == ()
    assert [replace(entry, origin=None) for entry in reading.entries] == [
        replace(entry, origin=None) for entry in entries
    ]
    for found, entry in zip(reading.entries, entries, strict=True):
        assert found.origin.licence == entry.origin.licence
        assert found.origin.label == (entry.origin.label or entry.origin.file)


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_writing_what_was_read_changes_no_byte(tmp_path_factory, entry_lists, data):
    folder = tmp_path_factory.mktemp("tsv")
    write_tsv(Lexicon("eng", "swa", data.draw(entry_lists)), folder / "one.tsv")
    write_tsv(Lexicon("eng", "swa", read_lexicon(folder / "one.tsv", target_lang="swa").entries), folder / "two.tsv")
    assert (folder / "two.tsv").read_bytes() == (folder / "one.tsv").read_bytes()
