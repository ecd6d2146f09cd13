"""UniMorph's own table in a pack: asked for by the code of its language, found or downloaded; git alone is faked."""

import json
import subprocess
from pathlib import Path

import pytest

from lexaug.cli import run
from lexaug.errors import ConfigError, MissingError
from lexaug.morphology.features import FeatureBundle

TABLE = "viessu\tviessu\tN;NOM;SG\nviessu\tviesu\tN;GEN;SG\n"


@pytest.fixture
def unimorph(tmp_path: Path, monkeypatch) -> Path:
    """The folder that UNIMORPH names; there is no network."""
    folder = tmp_path / "unimorph"
    monkeypatch.setenv("UNIMORPH", str(folder))
    monkeypatch.setattr(subprocess, "run", offline)
    return folder


def offline(command, **_):
    raise subprocess.CalledProcessError(128, command)


def online(command, *, check, cwd):
    lang = command[2].rpartition("/")[2].removesuffix(".git")
    (Path(cwd) / lang).mkdir(exist_ok=True)
    (Path(cwd) / lang / lang).write_text(TABLE, encoding="utf-8")


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TABLE, encoding="utf-8")


def test_a_table_in_the_folder_is_taken(make, unimorph):
    put(unimorph, "sme/sme")
    notices = []
    pack = make("sme", paradigms=[(Path("sme"), "unimorph")], notice=notices.append)
    (source,) = pack.description.paradigms
    assert (source.file, source.format) == ("paradigms/sme", "unimorph")
    assert source.origin == "https://github.com/unimorph/sme"
    assert pack.paradigms().forms("viessu", FeatureBundle.parse("N;GEN;SG")) == ("viesu",)
    (notice,) = notices
    assert "sme: found on this computer" in notice
    assert str(unimorph / "sme/sme") in notice


def test_a_table_that_is_not_there_is_downloaded(make, unimorph, monkeypatch, tmp_path):
    monkeypatch.setattr(subprocess, "run", online)
    notices = []
    pack = make("sme", paradigms=[(Path("sme"), "unimorph")], notice=notices.append)
    assert "sme: downloaded" in notices[0]
    monkeypatch.setattr(subprocess, "run", offline)
    again = make("sme", paradigms=[(Path("sme"), "unimorph")], output=tmp_path / "again")
    assert again.fingerprint == pack.fingerprint, "the pack does not depend on where the table lay"


def test_without_network_the_remedy_is_told_and_nothing_is_left(make, unimorph, tmp_path):
    with pytest.raises(MissingError, match="the download failed") as caught:
        make("sme", paradigms=[(Path("sme"), "unimorph")])
    assert "set UNIMORPH to a folder with sme/sme" in caught.value.hint
    assert not (tmp_path / "pack").exists()
    assert not unimorph.exists()


def test_a_table_in_parts_is_taken_whole_under_one_licence(make, unimorph):
    put(unimorph, "fin/fin.1", "fin/fin.2")
    pack = make("fin", paradigms=[(Path("fin"), "unimorph")], licences={"": "MIT", "fin": "CC-BY-SA-3.0"})
    assert [source.file for source in pack.description.paradigms] == ["paradigms/fin.1", "paradigms/fin.2"]
    assert {source.licence for source in pack.description.paradigms} == {"CC-BY-SA-3.0"}


def test_a_file_goes_before_a_code(make, unimorph, tmp_path, monkeypatch):
    put(unimorph, "sme/sme")
    (tmp_path / "sme").write_text("viessu\tviesut\tN;NOM;PL\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    pack = make("sme", paradigms=[(Path("sme"), "unimorph")])
    assert pack.paradigms().forms("viessu", FeatureBundle.parse("N;NOM;PL")) == ("viesut",)
    assert pack.description.paradigms[0].origin == ""


def test_a_code_without_the_format_is_a_missing_file(make, unimorph):
    with pytest.raises(MissingError) as caught:
        make("sme", paradigms=[(Path("sme"), None)])
    assert "sme:unimorph" in caught.value.hint


def test_a_code_of_no_language_is_not_asked_for(make, unimorph):
    with pytest.raises(ConfigError, match="zzq"):
        make("sme", paradigms=[(Path("zzq"), "unimorph")])


@pytest.mark.parametrize("as_json", [True, False])
def test_the_command_says_where_the_table_came_from(unimorph, sources, tmp_path, capfd, as_json):
    put(unimorph, "sme/sme")
    command = f"pack init sme --lexicon {sources}/words.tsv --paradigms sme:unimorph --license CC-BY-SA-3.0 -o"
    assert run([*command.split(), str(tmp_path / "pack"), *(["--json"] if as_json else [])]) == 0
    out = capfd.readouterr().out
    (said,) = json.loads(out)["notices"] if as_json else ["".join(out.split("\n")[:4])]
    assert "UniMorph table sme: found on this computer" in said
    assert 'origin = "https://github.com/unimorph/sme"' in (tmp_path / "pack/pack.toml").read_text(encoding="utf-8")
