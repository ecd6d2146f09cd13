"""What a user gets wrong about a pack: told with file, line and remedy, and nothing is left behind."""

import errno
import shutil
from pathlib import Path

import pytest

from lexaug.errors import ConfigError, FormatError, MissingError, StateError, UnsafeError
from lexaug.pack import load_pack, safety

HEAD = 'language = "smj"\n[[lexicon]]\nlicence = "MIT"\n'
WORDS = "english\ttarget\nhouse\tviessu\n"


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("name", ["../secret.tsv", "/etc/passwd", "a/../../secret.tsv"])
def test_a_path_outside_the_pack_is_unsafe(written, tmp_path, name):
    (tmp_path / "secret.tsv").write_text(WORDS, encoding="utf-8")
    folder = written(f'{HEAD}file = "{name}"\n')
    with pytest.raises(UnsafeError, match="leaves the folder") as caught:
        load_pack(folder)
    assert caught.value.line == 4
    assert caught.value.file == str(folder / "pack.toml")


def test_a_link_that_leads_out_is_unsafe(written, tmp_path):
    (tmp_path / "secret.tsv").write_text(WORDS, encoding="utf-8")
    folder = written(f'{HEAD}file = "link.tsv"\n')
    (folder / "link.tsv").symlink_to(tmp_path / "secret.tsv")
    with pytest.raises(UnsafeError, match="leaves the folder"):
        load_pack(folder)


def test_a_link_inside_the_pack_is_fine(written):
    folder = written(f'{HEAD}file = "link.tsv"\n', a=WORDS)
    (folder / "link.tsv").symlink_to("a.tsv")
    assert len(load_pack(folder).lexicon()) == 1


def test_a_huge_file_is_unsafe(written, monkeypatch):
    monkeypatch.setattr(safety, "MAX_SOURCE_BYTES", 10)
    with pytest.raises(UnsafeError, match="larger than 10 bytes"):
        load_pack(written(f'{HEAD}file = "a.tsv"\n', a=WORDS))


@pytest.mark.parametrize(
    ("description", "line", "message", "hint"),
    [
        (f'{HEAD}fiel = "a.tsv"\nfile = "a.tsv"\n', 4, "unknown key 'lexicon.fiel'", "did you mean 'file'?"),
        (f'{HEAD}file = "a.tsv"\n[gramar]\n', 5, "unknown key 'gramar'", "did you mean 'grammar'?"),
        (f'{HEAD}file = "a.tsv\n', 4, "is not valid TOML", "mend the line"),
        (f'{HEAD}file = "a.tsv"\nformat = "tvs"\n', 5, "unknown format 'tvs'", "did you mean 'tsv'?"),
        ('language = "sw"\n', 1, "unknown language code 'sw'", "did you mean 'swa'"),
        ('language = "Luganda"\n', 1, "unknown language code", "did you mean 'lug'"),
        ('name = "x"\n', None, "the key 'language' is missing", "ISO 639-3"),
        ('language = "smj"\n[[text]]\nfile = "a.tsv"\n', 2, "the key 'text.licence' is missing", "SPDX"),
        ('language = "smj"\n[[text]]\nfile = "a.tsv"\nlicence = "CC BY 4.0"\n', 4, "unknown licence", "'CC-BY-4.0'"),
        ('language = "smj"\nexclude_licences = ["GLP"]\n', 2, "unknown licence 'GLP'", "did you mean"),
        (f'{HEAD}file = "a.tsv"\nweight = 0\n', 5, "lexicon.weight", None),
        (f'{HEAD}file = "a.tsv"\n[citation]\nstrip_prefix = []\n', 6, "unknown citation rule", "strip_prefixes"),
        (f'{HEAD}file = "a.tsv"\n[citation.by_pos.NOUN]\nreplace = [["a"]]\n', 6, "list of pairs", '["old", "new"]'),
        (f'{HEAD}file = "a.tsv"\n[[citation]]\nreplace = []\n', 5, "citation: must be a table", "as [citation]"),
        (f'{HEAD}file = "a.tsv"\n[grammar]\nquestion = "@ba"\n', 6, "unknown paradigm 'ba'", "known: none"),
        (f'{HEAD}file = "a.tsv"\n[grammar]\ncase = 1\n', 6, "unknown key", "did you mean"),
        (f'{HEAD}file = "b.tsv"\n', 4, "b.tsv: no such file", "check the path"),
    ],
)
def test_a_mistake_in_the_description(written, description, line, message, hint):
    folder = written(description, a=WORDS)
    with pytest.raises((ConfigError, MissingError)) as caught:
        load_pack(folder)
    assert caught.value.file == str(folder / "pack.toml")
    assert caught.value.line == line
    assert message in caught.value.message
    assert hint is None or hint in (caught.value.hint or "")


GRAMMAR = f'{HEAD}file = "a.tsv"\n[grammar]\n'


@pytest.mark.parametrize(
    ("table", "line", "message", "hint"),
    [
        ("gender = 3\n", 6, "grammar.gender is to be text", "see docs/grammar.md"),
        ("gender = 'MASC'\nprodrop = 2\n", 7, "grammar.prodrop is to be a number", "see docs/grammar.md"),
        ("[grammar.cases]\nobj = 'ACC'\n'nmod:poss' = 1\n", 8, "cases.nmod:poss is to be text", "docs/grammar.md"),
        ("[grammar.verbs]\n'PST neg' = 'a'\n'PRS neg' = '@no'\n", 8, "unknown paradigm 'no'", "known:"),
        ("[grammar.adpositions]\nin = 'LOC'\non = {from = 'a'}\n", 8, "grammar.adpositions.on.from", "on.form"),
        (
            "[grammar.order]\nadjective = 'after'\nverb = 'last'\n",
            8,
            "'last' is no place",
            "one of: first, split, final",
        ),
        ("[grammar.possession]\nowner = 'LOC'\n", 6, "needs owner and owned", "see docs/grammar.md"),
        (
            "respell = [\n  ['a', 'b'],\n  ['c', 'd']\n]\n[[grammar.derive]]\nupos = 'VERB'\n",
            10,
            "grammar.derive.1 needs upos, facts and rules",
            'write upos = "VERB"',
        ),
        (
            "[[grammar.derive]]\nupos = 'VERB'\nfacts = 'PST'\nrules = [['(', '']]\n",
            9,
            "grammar.derive.1.rules: '(' is no regular expression",
            "behind a backslash",
        ),
        ("respell = [['a', '\\1']]\n", 6, "'\\\\1' cannot replace 'a'", "the first group"),
    ],
)
def test_a_mistake_in_the_grammar_is_told_at_its_line(written, table, line, message, hint):
    folder = written(GRAMMAR + table, a=WORDS)
    with pytest.raises(ConfigError) as caught:
        load_pack(folder)
    assert caught.value.file == str(folder / "pack.toml")
    assert caught.value.line == line
    assert message in caught.value.message
    assert hint in (caught.value.hint or "")


def test_no_pack_there(tmp_path):
    with pytest.raises(MissingError, match="no such pack"):
        load_pack(tmp_path / "nowhere")
    with pytest.raises(MissingError, match="no such file"):
        load_pack(tmp_path)


@pytest.mark.parametrize("name", ["sme.tst", "sme.dev", "maltese-dev", "maltese-test", "kaz.gold", "kaz.test"])
def test_dev_and_test_splits_are_no_tables(make, written, sources, tmp_path, name):
    shutil.copy(sources / "table", sources / name)
    with pytest.raises(ConfigError, match="split of a shared task") as caught:
        make(paradigms=[(sources / name, None)])
    assert "train split" in (caught.value.hint or "")
    assert not (tmp_path / "pack").exists()
    folder = written(f'language = "smj"\n[[paradigms]]\nfile = "{name}"\nlicence = "MIT"\n')
    shutil.copy(sources / "table", folder / name)
    with pytest.raises(ConfigError, match="split of a shared task") as caught:
        load_pack(folder)
    assert caught.value.line == 3


def test_a_treebank_is_no_text(make, sources):
    (sources / "x-ud-test.conllu").write_text("# text = A\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="treebank"):
        make(texts=[sources / "x-ud-test.conllu"], licences="MIT")


def test_a_source_without_licence_is_refused(make, tmp_path):
    with pytest.raises(ConfigError, match="no licence is stated") as caught:
        make(licences={"words.tsv": "MIT", "table": "MIT"})
    assert caught.value.file is not None
    assert caught.value.file.endswith("text.txt")
    assert "--license text.txt=SPDX" in (caught.value.hint or "")
    assert left(tmp_path) == ["sources"]


def test_a_licence_for_no_source_is_told(make):
    with pytest.raises(ConfigError, match=r"did you mean 'words.tsv'"):
        make(licences={"": "MIT", "word.tsv": "CC0-1.0"})


def test_a_licence_is_found_by_name_by_path_and_by_default(make, sources):
    pack = make(licences={"": "MIT", "words.tsv": "CC0-1.0", str(sources / "table"): "CC-BY-4.0"})
    assert pack.description.lexicon[0].licence == "CC0-1.0"
    assert pack.description.paradigms[0].licence == "CC-BY-4.0"
    assert pack.description.text[0].licence == "MIT"


def test_an_unknown_language_is_told_before_anything_is_read(make, tmp_path):
    with pytest.raises(ConfigError, match="did you mean 'sme'"):
        make("se", lexicons=[(tmp_path / "none.tsv", None)])


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("words.tsv", "", "empty"),
        ("table", "", "empty"),
        ("text.txt", "\n \n", "empty"),
        ("words.tsv", "english\ttarget\nviessu\thouse\nbeana\tdog\nguolli\tfish\nčáhci\twater\n", "wrong direction"),
        ("words.tsv", "english\ttarget\nhouse\nfish\n", "column"),
    ],
)
def test_a_source_that_is_no_use_leaves_nothing(make, sources, tmp_path, name, text, message):
    (sources / name).write_text(text, encoding="utf-8")
    with pytest.raises(FormatError, match=message) as caught:
        make()
    assert caught.value.file == str(sources / name)
    assert left(tmp_path) == ["sources"]


def test_bytes_that_are_no_text_are_placed(make, sources, tmp_path):
    (sources / "text.txt").write_bytes(b"first line\nsecond \xe9 line\n")
    with pytest.raises(FormatError, match="not valid UTF-8") as caught:
        make()
    assert (caught.value.line, caught.value.column) == (2, 8)
    assert left(tmp_path) == ["sources"]


def test_a_pack_is_not_overwritten(make):
    make()
    with pytest.raises(StateError, match="exists already"):
        make()


def test_a_full_disk_leaves_nothing(make, tmp_path, monkeypatch):
    copied = []

    def full(_source, target):
        copied.append(target)
        if len(copied) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        Path(target).write_bytes(b"half")

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(StateError, match="No space left"):
        make()
    assert left(tmp_path) == ["sources"]


def test_strict_makes_unknown_tags_an_error(make, sources):
    (sources / "table").write_text("viessu\tviesu\tN;GEN;QQQ\n" * 2 + "viessu\tviesut\tN;PL\n", encoding="utf-8")
    pack = make()
    assert len(pack.paradigms()) == 2
    with pytest.raises(FormatError, match="QQQ"):
        load_pack(pack.path, strict=True).paradigms()
