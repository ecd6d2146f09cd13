"""Several languages on one backbone: as if each were loaded alone, and no more memory than their own values."""

import json
from contextlib import nullcontext
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import tiny
import torch
from safetensors.torch import load_file
from variants import WEIGHTS, make_variant, rehash

from lexaug.errors import ConfigError, FormatError, UnsafeError
from lexaug.hub.languages import Languages
from lexaug.hub.loading import load
from lexaug.training import load as loading
from lexaug.training.backbone import hash_weights, load_backbone

TEXTS = [example.target for example in map(tiny.synthesis, tiny.sentences(8))]
IDS = torch.tensor([[2, 8, 9, 30, 62, 3], [2, 12, 40, 41, 3, 0]])
NAMES = ("sme", "fao", "mhr")


@pytest.fixture(scope="module")
def folders(trained: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Three adapters on the tiny backbone: look, do not touch."""
    place = tmp_path_factory.mktemp("languages")
    return {name: make_variant(trained, place / name, seed) for seed, name in enumerate(NAMES)}


@pytest.fixture(scope="module")
def alone(folders: dict[str, Path]) -> dict[str, tuple]:
    """What each adapter gives when it is loaded alone, on a backbone of its own."""
    found = {}
    for name, folder in folders.items():
        adapted = load(folder)
        with torch.inference_mode():
            plain = adapted.model(input_ids=IDS).last_hidden_state
        found[name] = (adapted.encode_words(TEXTS, layers=(1, 2)), adapted.tag_logits(TEXTS), plain)
    return found


def test_ten_switches_equal_fresh_loads_bit_for_bit(folders: dict[str, Path], alone: dict[str, tuple]) -> None:
    languages = Languages.load(folders)

    for name in (*NAMES, *NAMES[::-1], NAMES[1], *NAMES):
        vectors, scores, plain = alone[name]
        one = languages[name]
        assert all(map(np.array_equal, one.encode_words(TEXTS, layers=(1, 2)), vectors))
        assert all(map(np.array_equal, one.tag_logits(TEXTS), scores))
        with torch.inference_mode():
            assert torch.equal(languages.model(input_ids=IDS).last_hidden_state, plain)
    assert not np.array_equal(alone["sme"][0][0], alone["fao"][0][0])


def test_languages_mixed_in_one_batch_give_what_each_gives(
    folders: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    # mixed batches go through peft's own layers; fused ones round otherwise, which this tiny encoder magnifies
    monkeypatch.setattr(loading, "fused_lora", lambda *_: nullcontext())
    languages = Languages.load(folders)
    alone = {name: load(folder) for name, folder in folders.items()}
    for model in (languages.model, *(one.model for one in alone.values())):
        model.double()  # products of another shape round otherwise, by dozens of units in the last place of single ones
    whose = [NAMES[place % 3] for place in range(len(TEXTS))]

    vectors = languages.encode_words(TEXTS, whose, layers=(1, 2))
    scores = languages.tag_logits(TEXTS, whose)
    texts = languages.encode_sentences([" ".join(words) for words in TEXTS], whose)

    same = partial(np.testing.assert_allclose, atol=1e-5)
    for place, name in enumerate(whose):
        one = alone[name]
        same(vectors[place], one.encode_words(TEXTS, layers=(1, 2))[place])
        same(scores[place], one.tag_logits(TEXTS)[place])
        single = one.encode_sentences([" ".join(words) for words in TEXTS])
        same(texts[place], single[place])
        with pytest.raises(AssertionError):
            same(scores[place], alone[NAMES[(place + 1) % 3]].tag_logits(TEXTS)[place])


def test_a_batch_with_dora_in_it_is_mixed_too(folders: dict[str, Path], tmp_path: Path) -> None:
    from lexaug.training.adapter import save_adapter

    base = folders["sme"]
    backbone = load(base).backbone.name
    student = tiny.student(load_backbone(backbone), characters=False, dora=True)
    with torch.no_grad():
        for name, parameter in student.peft.named_parameters():
            if "lora_B" in name:
                parameter.normal_(0, 0.3)
    save_adapter(student.peft, tmp_path / "dora")
    languages = Languages.load({"sme": base, "dora": tmp_path / "dora"}, base=backbone)
    fresh = load(tmp_path / "dora", base=backbone)

    mixed = languages.encode_words(TEXTS[:4], ["dora", "sme", "sme", "dora"])

    assert np.array_equal(languages["dora"].encode_words(TEXTS)[0], fresh.encode_words(TEXTS)[0])
    np.testing.assert_allclose(mixed[3], fresh.encode_words(TEXTS[3:4])[0], atol=1e-4)


def test_memory_grows_by_the_adapters_own_values(folders: dict[str, Path]) -> None:
    languages = Languages.load({"sme": folders["sme"]})
    before = _values(languages.model)

    member = languages.add("fao", folders["fao"])

    weights = load_file(folders["fao"] / WEIGHTS)
    rows = sum(tensor.numel() for name, tensor in weights.items() if name.endswith("trainable_tokens_delta"))
    assert rows > 0
    assert _values(languages.model) - before == sum(tensor.numel() for tensor in weights.values()) - rows
    assert member.token_rows.rows.numel() == rows
    assert all(tensor.numel() <= rows for tensor in member.token_rows._known)


def _values(model: torch.nn.Module) -> int:
    return sum(tensor.numel() for tensor in (*model.parameters(), *model.buffers()))


def test_the_backbone_comes_back_as_it_was(folders: dict[str, Path]) -> None:
    languages = Languages.load(folders)
    languages.encode_words(TEXTS, ["sme"] * len(TEXTS))

    bare = languages.close()

    fresh = load_backbone(languages.backbone.name)
    assert hash_weights(bare) == fresh.weights_hash
    with torch.inference_mode():
        assert torch.equal(bare(input_ids=IDS).last_hidden_state, fresh.model(input_ids=IDS).last_hidden_state)


def test_a_language_can_go(folders: dict[str, Path], alone: dict[str, tuple]) -> None:
    languages = Languages.load(folders)
    before = _values(languages.model)

    languages.remove("fao")

    assert sorted(languages) == ["mhr", "sme"]
    assert _values(languages.model) < before
    assert np.array_equal(languages["mhr"].encode_words(TEXTS, layers=(1, 2))[0], alone["mhr"][0][0])
    languages.remove("sme")
    with pytest.raises(ConfigError, match="only adapter"):
        languages.remove("mhr")


def test_the_backbone_itself_can_be_used_between(folders: dict[str, Path]) -> None:
    languages = Languages.load(folders)
    bare = load_backbone(languages.backbone.name)

    languages.use(None)
    with torch.inference_mode():
        assert torch.equal(
            languages.model(input_ids=IDS).last_hidden_state, bare.model(input_ids=IDS).last_hidden_state
        )


def test_each_sentence_has_its_language(folders: dict[str, Path]) -> None:
    languages = Languages.load({"sme": str(folders["sme"])})
    languages.add("fao", str(folders["fao"]))

    for ask in (languages.encode_words, languages.tag_logits):
        for whose in (["sme"], ["sme"] * 3):
            with pytest.raises(ConfigError, match="2 sentences, but the languages of"):
                ask(TEXTS[:2], whose)
        with pytest.raises(ConfigError, match="unknown language 'fin'"):
            ask(TEXTS[:2], ["sme", "fin"])
    with pytest.raises(ConfigError, match="2 sentences, but the languages of 1"):
        languages.encode_sentences(["a", "b"], ["sme"])
    with pytest.raises(ConfigError, match="unknown language 'fin'"):
        languages.remove("fin")


@pytest.mark.parametrize("name", ["", "a.b", "sme", "a b", "x" * 65])
def test_a_name_that_cannot_be_given_is_told(folders: dict[str, Path], name: str) -> None:
    languages = Languages.load({"sme": folders["sme"]})

    with pytest.raises(ConfigError, match="cannot be named"):
        languages.add(name, folders["fao"])


def test_a_language_that_is_not_there_is_told_with_the_nearest(folders: dict[str, Path]) -> None:
    languages = Languages.load({"sme": folders["sme"]})

    with pytest.raises(ConfigError, match="unknown language 'sma'") as caught:
        languages.use("sma")
    assert "sme" in str(caught.value.hint)
    with pytest.raises(ConfigError, match="no adapter is given"):
        Languages.load({})


def test_an_adapter_that_does_not_fit_leaves_the_others(
    folders: dict[str, Path], alone: dict[str, tuple], tmp_path: Path
) -> None:
    hostile = make_variant(folders["sme"], tmp_path / "hostile", 3)
    other = make_variant(folders["sme"], tmp_path / "other", 3)
    config = json.loads((other / "adapter_config.json").read_text())
    (hostile / "adapter_config.json").write_text(json.dumps({**config, "auto_map": {"AutoModel": "x.Y"}}))
    config["target_modules"] = config["target_modules"].replace("dense|", "")
    (other / "adapter_config.json").write_text(json.dumps(config))
    for folder in (hostile, other):
        rehash(folder)
    languages = Languages.load({"sme": folders["sme"]})

    with pytest.raises(UnsafeError, match="names code"):
        languages.add("hostile", hostile)
    with pytest.raises(FormatError, match="tensors do not match"):
        languages.add("other", other)

    assert list(languages) == list(languages.model.peft_config) == ["sme"]
    assert np.array_equal(languages["sme"].encode_words(TEXTS, layers=(1, 2))[0], alone["sme"][0][0])
