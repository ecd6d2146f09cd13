"""A task adapter trained on English, stacked on language adapters: the language is exchanged, the task stays."""

from pathlib import Path

import numpy as np
import pytest
import tiny
from variants import make_variant

from lexaug.errors import ConfigError, FormatError, UnsafeError
from lexaug.hub.languages import Languages
from lexaug.hub.task import Task, load_task, train_task
from lexaug.training.backbone import hash_weights

ENGLISH = [" ".join(sentence.tokens) for sentence in tiny.sentences(40)]
LABELS = ["cat" if "cat" in text.split() else "none" for text in ENGLISH]
FOREIGN = [" ".join(tiny.synthesis(sentence).target) for sentence in tiny.sentences(6)]


@pytest.fixture(scope="module")
def folders(trained: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Two adapters on the tiny backbone: look, do not touch."""
    place = tmp_path_factory.mktemp("languages")
    return {name: make_variant(trained, place / name, seed) for seed, name in enumerate(("sme", "fao"), start=1)}


@pytest.fixture(scope="module")
def task(folders: dict[str, Path]) -> Task:
    """A task adapter trained over the frozen backbone."""
    return train_task(Languages.load(folders), ENGLISH, LABELS, passes=30, rate=1e-2, rank=4)


def test_it_learns_the_task_in_english(task: Task) -> None:
    assert np.mean([found == label for found, label in zip(task.predict(ENGLISH), LABELS, strict=True)]) > 0.95


def test_the_language_under_the_task_is_exchanged(task: Task) -> None:
    scores = {name: task.scores(FOREIGN, name) for name in ("sme", "fao", None)}

    assert not np.allclose(scores["sme"], scores["fao"], atol=1e-3)
    assert not np.allclose(scores["sme"], scores[None], atol=1e-3)
    assert np.array_equal(task.scores(FOREIGN, "sme"), scores["sme"])


def test_the_languages_and_the_backbone_are_not_trained(folders: dict[str, Path]) -> None:
    languages = Languages.load(folders)
    before = languages["sme"].encode_words([["busku"]])

    train_task(languages, ENGLISH[:8], LABELS[:8], over="sme", passes=2, rate=1e-2)

    assert np.array_equal(languages["sme"].encode_words([["busku"]])[0], before[0])
    assert hash_weights(languages.model.get_base_model()) == languages.backbone.weights_hash
    assert not any(parameter.requires_grad for parameter in languages.model.parameters())


def test_it_is_written_and_read(task: Task, folders: dict[str, Path], tmp_path: Path) -> None:
    task.save(str(tmp_path / "task"))

    again = load_task(Languages.load(folders), str(tmp_path / "task"), name="topic")

    assert again.labels == ("cat", "none")
    assert np.array_equal(again.scores(FOREIGN, "fao"), task.scores(FOREIGN, "fao"))


def test_plain_peft_loads_it(task: Task, tmp_path: Path) -> None:
    from peft import PeftModel

    from lexaug.training.backbone import load_backbone

    task.save(tmp_path / "task")

    model = PeftModel.from_pretrained(load_backbone(task.languages.backbone.name).model, str(tmp_path / "task"))
    assert model.peft_config["default"].r == 4


def test_mistakes_leave_the_languages_as_they_are(task: Task, folders: dict[str, Path], tmp_path: Path) -> None:
    task.save(tmp_path / "task")
    languages = Languages.load(folders)
    load_task(languages, tmp_path / "task")
    names = list(languages.model.peft_config)

    for name in ("task", "sme", "a.b"):
        with pytest.raises(ConfigError, match="cannot be named"):
            load_task(languages, tmp_path / "task", name=name)
        with pytest.raises(ConfigError, match="cannot be named"):
            train_task(languages, ["a", "b"], ["x", "y"], name=name)
    for texts, labels in (([], []), (["a"], ["x", "y"])):
        with pytest.raises(ConfigError, match="labels"):
            train_task(languages, texts, labels, name="other")
    assert list(languages.model.peft_config) == names


def test_what_is_no_task_is_told(folders: dict[str, Path], task: Task, tmp_path: Path) -> None:
    task.save(tmp_path / "task")
    (tmp_path / "task/head.json").unlink()
    languages = Languages.load(folders)

    with pytest.raises(UnsafeError, match="stands alone"):
        load_task(languages, tmp_path / "task")
    (tmp_path / "task/head.safetensors").unlink()
    with pytest.raises(FormatError, match="no head of a task"):
        load_task(languages, tmp_path / "task")
