"""A pack: made from sources, loaded from its folder, read when asked."""

import pickle

import pytest

from lexaug.morphology.features import FeatureBundle
from lexaug.pack import load_pack


def test_init_copies_describes_and_loads(make, sources, tmp_path):
    pack = make()
    (sources / "words.tsv").unlink()
    assert pack.path == tmp_path / "pack"
    assert pack.language.code == "smj"
    assert pack.name == "Lule Sami"
    assert sorted(str(path.relative_to(pack.path)) for path in pack.path.rglob("*") if path.is_file()) == [
        "lexicons/words.tsv",
        "pack.toml",
        "paradigms/table",
        "texts/text.txt",
    ]
    assert [entry.target for entry in pack.lexicon().lookup("house")] == ["viessu"]
    assert pack.paradigms().forms("guolli", FeatureBundle.parse("N;GEN;SG")) == ("guoli",)
    assert list(pack.texts()) == ["Viessu lea stuoris ja čáppat dál.", "Guolli vuodjá johkii beaivválaččat."]


def test_the_format_found_out_stands_in_the_description(make):
    assert make().description.lexicon[0].format == "tsv"


def test_a_shipped_grammar_goes_into_the_pack(make):
    pack = make("sme")
    text = (pack.path / "pack.toml").read_text(encoding="utf-8")
    assert "[grammar.cases]" in text
    assert pack.grammar.cases["obj"] == "ACC"
    assert make("smj", output=pack.path.parent / "other").grammar.cases == {}


def test_facts_are_read_once(make):
    pack = make()
    assert pack.lexicon() is pack.lexicon()
    assert pack.paradigms() is pack.paradigms()


def test_two_files_of_one_name_stay_apart(make, sources):
    other = sources / "more"
    other.mkdir()
    (other / "words.tsv").write_text("english\ttarget\nhouse\tdállu\n", encoding="utf-8")
    pack = make(lexicons=[(sources / "words.tsv", None), (other / "words.tsv", "tsv")])
    assert {entry.target for entry in pack.lexicon().lookup("house")} == {"viessu", "dállu"}
    assert pack.description.lexicon[1].file == "lexicons/2/words.tsv"


def test_the_licence_of_the_whole_reflects_rows(make):
    pack = make()
    assert pack.licence == "GPL-3.0-only"
    free = load_pack(pack.path, exclude_licences=["GPL"])
    assert free.licence == "CC-BY-SA-3.0"
    assert free.lexicon().lookup("dog") == ()
    assert len(free.lexicon()) == len(pack.lexicon()) - 1


def test_a_source_is_left_out_by_its_licence(make):
    pack = make(licences={"": "CC-BY-SA-4.0", "text.txt": "CC-BY-NC-4.0"})
    free = load_pack(pack.path, exclude_licences=["CC-BY-NC-4.0", "GPL"])
    assert list(free.texts()) == []
    assert free.licence == "CC-BY-SA-4.0"
    assert free.whole.conflict is None
    assert pack.whole.conflict is not None
    assert pack.whole.conflict.exclude == (("texts/text.txt",),)


def test_exclusion_may_stand_in_the_description(written):
    folder = written(
        'language = "smj"\nexclude_licences = ["GPL"]\n[[lexicon]]\nfile = "a.tsv"\nlicence = "MIT"\n',
        a="english\ttarget\tsource\nhouse\tviessu\tbook\ndog\tbeana\tapertium(GPL)\n",
    )
    assert [entry.source for entry in load_pack(folder).lexicon()] == ["house"]


def test_weights_multiply(written):
    folder = written(
        'language = "smj"\n'
        '[[lexicon]]\nfile = "a.tsv"\nlicence = "MIT"\n'
        '[[lexicon]]\nfile = "b.tsv"\nlicence = "MIT"\nweight = 5\n',
        a="english\ttarget\nhouse\tviessu\n",
        b="english\ttarget\nhouse\tdállu\n",
    )
    assert [(entry.target, entry.weight) for entry in load_pack(folder).lexicon().lookup("house")] == [
        ("dállu", 5.0),
        ("viessu", 1.0),
    ]


def test_the_fingerprint_follows_facts_and_not_places(make, tmp_path):
    pack = make()
    before = pack.fingerprint
    moved = tmp_path / "elsewhere" / "pack"
    moved.parent.mkdir()
    pack.path.rename(moved)
    assert load_pack(moved).fingerprint == before
    assert load_pack(moved, exclude_licences=["GPL"]).fingerprint != before
    with (moved / "paradigms" / "table").open("a", encoding="utf-8") as stream:
        stream.write("beana\tbeatnaga\tN;GEN;SG\n")
    assert load_pack(moved).fingerprint != before


def test_a_pack_crosses_processes_as_its_path(make):
    pack = load_pack(make().path, exclude_licences=["GPL"])
    pack.lexicon()
    copy = pickle.loads(pickle.dumps(pack))
    assert len(pickle.dumps(pack)) < 1000
    assert copy.fingerprint == pack.fingerprint
    assert list(copy.lexicon()) == list(pack.lexicon())


def test_look_alike_letters_in_a_table_are_mended(written):
    folder = written(
        'language = "kaz"\n[[paradigms]]\nfile = "a.tsv"\nlicence = "MIT"\n',
        a="алма\tалмaлар\tN;NOM;PL\n",
    )
    assert load_pack(folder).paradigms().forms("алма", FeatureBundle.parse("N;NOM;PL")) == ("алмалар",)


def test_a_data_set_of_several_files_is_copied_whole(make, tmp_path):
    from lexaug.lexicon import Lexicon, LexiconEntry, write_cldf

    write_cldf(Lexicon("eng", "smj", [LexiconEntry("house", "viessu", "NOUN")]), tmp_path / "cldf")
    pack = make(lexicons=[(tmp_path / "cldf", None)])
    assert [entry.target for entry in pack.lexicon().lookup("house", "NOUN")] == ["viessu"]
    before = pack.fingerprint
    entries = next(path for path in (pack.path / "lexicons").rglob("entries.csv"))
    entries.write_text(entries.read_text(encoding="utf-8").replace("viessu", "dállu"), encoding="utf-8")
    assert load_pack(pack.path).fingerprint != before


def test_show_has_all_that_describes(make):
    value = make().as_json()
    assert value["language"] == "smj"
    assert value["licence"] == "GPL-3.0-only"
    assert [source["licence"] for source in value["text"]] == ["CC0-1.0"]


@pytest.mark.data
@pytest.mark.parametrize("code", ["lug", "quy"])
def test_packs_of_real_data(data, tmp_path, code):
    from lexaug.pack import check_pack, init_pack

    tables = [path for path in (data / code).rglob("*") if path.is_file() and path.suffix == ".trn"]
    tables += [*(data / code).rglob("*-train-high"), *(data / code).glob(f"unimorph/{code}")]
    init_pack(
        code,
        lexicons=[(data / code / "lexicon.tsv", None)],
        paradigms=[(path, None) for path in tables],
        licences="CC-BY-SA-3.0",
        output=tmp_path / code,
    )
    report = check_pack(tmp_path / code)
    assert report.entries > 3000
    assert report.lemmas > 80
    assert report.coverage.english > 0.9
    assert report.whole.licence == "CC-BY-SA-3.0"


def test_names_of_files_stay_as_they_are_and_words_come_in_nfc(make, sources):
    from lexaug.pack.description import PackDescription

    decomposed = "a\u0301.tsv"
    (sources / "words.tsv").rename(sources / decomposed)
    pack = make(lexicons=[(sources / decomposed, None)])
    assert (load_pack(pack.path).path / "lexicons" / decomposed).is_file()
    words = {"a\u0301": ["a\u0301", {"x": "a\u0301", "n": 1}]}
    described = PackDescription(language="sme", grammar=words, citation=words)
    assert described.grammar == described.citation == {"\xe1": ["\xe1", {"x": "\xe1", "n": 1}]}
