"""Corpora on disk."""

import json
from pathlib import Path

import pytest

from lexaug.cli.render import corpus_table
from lexaug.errors import ConfigError, FormatError, MissingError, StateError
from lexaug.synthesis import corpus
from lexaug.synthesis.manifest import read_manifest
from lexaug.synthesis.rows import read_corpus

ROWS = (
    "1\tDogs\tdog\tNOUN\t_\tNumber=Plur\t2\tnsubj\t_\t_\n"
    "2\tsee\tsee\tVERB\t_\tMood=Ind|Tense=Pres|VerbForm=Fin\t0\troot\t_\t_\n"
    "3\tcats\tcat\tNOUN\t_\tNumber=Plur\t2\tobj\t_\t_\n\n"
)


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "en.conllu"
    path.write_text("".join(f"# sent_id = s{number}\n{ROWS}" for number in range(25)), encoding="utf-8")
    return path


def contents(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_is_written_is_read_back(pack, source, tmp_path):
    manifest = corpus.write_corpus(pack, [source], tmp_path / "out", samples=2, seed=4)
    examples = list(read_corpus(tmp_path / "out"))
    assert [example.id for example in examples[:3]] == ["s0", "s0#1", "s1"]
    assert examples[0].target == ("Kanoi", "nakevat", "mitoin")
    assert manifest.figures["examples"] == len(examples) == 50
    assert read_manifest(tmp_path / "out").as_json() == manifest.as_json()
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["inflected_share"] == 1.0


def test_datasets_reads_it(pack, source, tmp_path, monkeypatch):
    datasets = pytest.importorskip("datasets")
    monkeypatch.setattr(datasets.config, "HF_DATASETS_OFFLINE", True)
    corpus.write_corpus(pack, [source], tmp_path / "out")
    found = datasets.load_dataset(str(tmp_path / "out"), cache_dir=str(tmp_path / "cache"), split="train")
    assert found[0]["alignment"] == [[0, 0], [1, 1], [2, 2]]
    assert set(found.column_names) == {"id", "source", "target", "alignment", "ops", "upos", "coverage"}


def test_the_bytes_do_not_depend_on_the_processes(pack, source, tmp_path, monkeypatch):
    monkeypatch.setattr(corpus, "BATCH", 4)
    for jobs in (1, 2):
        corpus.write_corpus(pack, [source], tmp_path / f"jobs{jobs}", jobs=jobs, mode="random-inflection", samples=2)
    assert contents(tmp_path / "jobs1") == contents(tmp_path / "jobs2")


def shown(manifest):
    names, values = (list(column.cells) for column in corpus_table(manifest, Path("out")).columns)
    return list(zip(names, values, strict=True))


def test_the_manifest_says_how_far_the_inflector_is_believed(pack, source, tmp_path, monkeypatch):
    monkeypatch.setattr(corpus, "BATCH", 4)
    source.write_text(source.read_text().replace("cats\tcat", "boats\tboat"), encoding="utf-8")
    for jobs in (1, 2):
        corpus.write_corpus(pack, [source], tmp_path / f"jobs{jobs}", jobs=jobs)
    assert contents(tmp_path / "jobs1") == contents(tmp_path / "jobs2")
    manifest = read_manifest(tmp_path / "jobs1")
    assert manifest.settings["inflector"] == "rules"
    assert manifest.figures["ops"]["inflected:rules"] == 25
    trust = manifest.figures["trust"]["N"]
    assert trust.pop("instead").keys() == {"nearest", "lemma"}
    said = {"inflector": "rules of the table", "threshold": 1.0, "tested": 16}
    assert trust == {**said, "accuracy": None, "n": 0}, "8 forms of the other lemma are too few to choose on"
    assert ("N that the table lacks is inflected by", "rules of the table") in shown(manifest)
    manifest.figures["trust"]["N"]["threshold"] = None
    assert ("N that the table lacks is inflected by", "nothing: rules of the table not sure enough") in shown(manifest)
    bare = corpus.write_corpus(pack, [source], tmp_path / "bare", inflector="none")
    assert (bare.settings["inflector"], bare.figures["trust"]) == ("none", {})
    assert "inflected:rules" not in bare.figures["ops"]


def test_progress_and_limit(pack, source, tmp_path, monkeypatch):
    monkeypatch.setattr(corpus, "BATCH", 4)
    seen = []
    corpus.write_corpus(pack, [source], tmp_path / "out", limit=10, progress=lambda *step: seen.append(step))
    assert seen == [(4, 10), (8, 10), (10, 10)]


def test_a_fault_leaves_nothing_behind(pack, source, tmp_path):
    source.write_text(source.read_text() + "broken\n", encoding="utf-8")
    with pytest.raises(FormatError):
        corpus.write_corpus(pack, [source], tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["en.conllu"]


def test_an_occupied_folder_and_a_source_without_known_words_are_refused(pack, source, tmp_path):
    corpus.write_corpus(pack, [source], tmp_path / "out")
    with pytest.raises(StateError):
        corpus.write_corpus(pack, [source], tmp_path / "out")
    source.write_text(ROWS.replace("dog", "hund"), encoding="utf-8")
    with pytest.raises(ConfigError, match="no sentence"):
        corpus.write_corpus(pack, [source], tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_missing_or_foreign_corpus_is_named(tmp_path):
    with pytest.raises(MissingError):
        list(read_corpus(tmp_path))
    (tmp_path / "x.parquet").write_bytes(b"no parquet")
    with pytest.raises(FormatError):
        list(read_corpus(tmp_path))
