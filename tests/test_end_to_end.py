"""The whole way on real data, small: facts, pseudo-text, adapter, measure."""

import json
from pathlib import Path

import pytest

from lexaug.cli import run

pytestmark = [pytest.mark.data, pytest.mark.slow]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]):
    """Run a command line with --json and give its answer."""

    def made(*arguments: object) -> dict:
        code = run([*map(str, arguments), "--json"])
        out = capsys.readouterr().out
        assert code in (0, 1), out
        return json.loads(out)

    return made


def test_luganda_from_word_list_to_verdict(data: Path, tmp_path: Path, call) -> None:
    facts, english = data / "lug", data / "english"
    treebank = english / "UD_English-EWT" / "en_ewt-ud-train.conllu"
    blocks = treebank.read_text(encoding="utf-8").split("\n\n")
    (tmp_path / "en.conllu").write_text("\n\n".join(blocks[:100]) + "\n\n", encoding="utf-8")
    gold = (facts / "masakhapos_NC" / "dev.txt").read_text(encoding="utf-8").split("\n\n")
    (tmp_path / "test.txt").write_text("\n\n".join(gold[:40]) + "\n", encoding="utf-8")

    pack = tmp_path / "pack"
    files = ("--lexicon", f"{facts / 'lexicon.tsv'}:tsv", "--paradigms", f"{facts / 'unimorph' / 'lug'}:unimorph")
    call("pack", "init", "lug", *files, "--license", "CC-BY-SA-4.0", "-o", pack)
    call("pack", "check", pack)
    corpus = call("synth", pack, "--source", tmp_path / "en.conllu", "-o", tmp_path / "corpus")
    assert corpus["inflected_share"] > 0
    call("train", pack, "--source", tmp_path / "en.conllu", "--sentences", 60, "-o", tmp_path / "adapter")
    scored = ("--train", tmp_path / "en.conllu", "--test", tmp_path / "test.txt")
    pos = call("eval", "pos", tmp_path / "adapter", "--pack", pack, *scored)
    assert pos["n"] == 40
    assert min(system["value"] for system in pos["systems"].values()) > 30  # far above any one tag
    assert pos["verdict"] in ("helps", "no_effect", "harms")
    dev = ("--source", facts / "sib200" / "dev.tsv", "--target", english / "sib200" / "dev.tsv")
    bitext = call("eval", "retrieval", tmp_path / "adapter", *dev)
    assert (bitext["language"], bitext["n"]) == ("lug", 99)
    assert bitext["systems"]["zero_shot"]["value"] > 5
