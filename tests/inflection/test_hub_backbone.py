"""Backbones of the Hub, from a cache that holds a small one: which commit is pinned, and whose weights they are."""

import json
import shutil
from types import SimpleNamespace

import pytest
from small_inflector import QUICK

from lexaug.cli.inflect import _told
from lexaug.errors import MissingError
from lexaug.inflection.backbone import find_backbone, load_inflection_backbone
from lexaug.inflection.folder import load_inflector, write_inflector
from lexaug.inflection.hub_weights import CONVERTER
from lexaug.inflection.run import train_inflector

NAME = "tiny/byt5"
OLD, NEW = "a" * 40, "b" * 40
WEIGHTS = "model.safetensors"


@pytest.fixture
def snapshots(hub_backbone, tmp_path, monkeypatch):
    """A maker of commits in the cache; a commit on the main branch becomes its newest."""
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "cache"))
    model = tmp_path / "cache" / "models--tiny--byt5"
    (model / "refs").mkdir(parents=True)

    def publish(commit, *, main=True):
        shutil.copytree(hub_backbone, model / "snapshots" / commit)
        if main:
            (model / "refs" / "main").write_text(commit, encoding="utf-8")
        return model / "snapshots" / commit

    return publish


def test_an_adapter_loads_on_the_commit_of_the_hub_that_it_was_trained_on(snapshots, language, tmp_path):
    snapshots(OLD)
    inflector = train_inflector("lora", *language, QUICK, backbone=NAME)
    write_inflector(tmp_path / "out", inflector, {})
    backbone = json.loads((tmp_path / "out" / "inflector.json").read_text())["backbone"]
    assert backbone == {"name": NAME, "identity": OLD}
    (snapshots(NEW) / WEIGHTS).write_bytes(b"")
    again = load_inflector(tmp_path / "out")
    assert [found.form for found in again.inflect(language[1])] == [
        found.form for found in inflector.inflect(language[1])
    ]
    with pytest.raises(MissingError, match=NAME):
        train_inflector("lora", *language, QUICK, backbone=NAME)


def test_control_characters_that_a_model_of_bytes_writes_do_not_reach_a_table(snapshots, language, monkeypatch):
    snapshots(OLD)
    inflector = train_inflector("full", *language, QUICK, backbone=NAME)
    monkeypatch.setattr(
        type(inflector.asked.tokenizer), "batch_decode", lambda self, rows, **_: ["\x00a\tb\nc\x85d "] * len(rows)
    )
    assert {found.form for found in inflector.inflect(language[1])} == {"abcd"}


def test_a_name_that_may_be_a_misspelt_folder_is_told_as_such(snapshots):
    with pytest.raises(MissingError, match=r"'nosuch' cannot be loaded: .*[^.]; no folder of that name is here"):
        load_inflection_backbone(find_backbone("nosuch"))


class Hub:
    """The Hub's answers about a repository whose main branch holds a pickle alone."""

    requests = ()
    files = ("config.json", WEIGHTS)

    def model_info(self, name, *, revision):
        files = ("config.json", "pytorch_model.bin") if revision == OLD else self.files
        commit = OLD if revision == OLD else NEW
        return SimpleNamespace(sha=commit, siblings=[SimpleNamespace(rfilename=file) for file in files])

    def get_repo_discussions(self, name, *, author, discussion_type, discussion_status):
        return iter(self.requests)


def request(author=CONVERTER, status="open", is_pull_request=True):
    return SimpleNamespace(
        author=author, status=status, is_pull_request=is_pull_request, num=8, git_reference="refs/pr/8"
    )


@pytest.fixture
def hub(snapshots, monkeypatch):
    """The Hub with such a repository, its conversion in the cache."""
    (snapshots(OLD) / WEIGHTS).rename(snapshots(NEW, main=False).parent / OLD / "pytorch_model.bin")
    monkeypatch.setattr("huggingface_hub.HfApi", Hub)
    return Hub


def test_a_repository_without_safetensors_is_pinned_at_the_hubs_conversion(hub, language, tmp_path, monkeypatch):
    monkeypatch.setattr(hub, "requests", (request(),))
    inflector = train_inflector("lora", *language, QUICK, backbone=NAME)
    assert (inflector.backbone.identity, inflector.metrics["backbone_request"]) == (NEW, 8)
    metrics = write_inflector(tmp_path / "out", inflector, {})
    told = _told(tmp_path, {**metrics, "rows_without_form": 0})
    assert "tiny/byt5 has no safetensors weights of its own: taken from pull request 8" in told
    load_inflector(tmp_path / "out")


@pytest.mark.parametrize(
    "requests", [(), (request("somebody"),), (request(status="closed"),), (request(is_pull_request=False),)]
)
def test_without_a_conversion_of_the_hubs_own_the_remedy_is_told(hub, requests, monkeypatch):
    monkeypatch.setattr(hub, "requests", requests)
    with pytest.raises(MissingError, match=f"'{NAME}' has no safetensors weights") as told:
        load_inflection_backbone(find_backbone(NAME))
    assert "give that folder" in told.value.hint


def test_a_conversion_that_holds_no_safetensors_is_not_taken(hub, monkeypatch):
    monkeypatch.setattr(hub, "requests", (request(),))
    monkeypatch.setattr(hub, "files", ("config.json",))
    with pytest.raises(MissingError, match="no safetensors"):
        load_inflection_backbone(find_backbone(NAME))
