"""An adapter merged into its backbone is a plain transformers model that computes the same."""

import json
from pathlib import Path

import pytest
import torch
from hub_world import BASE, ENGLISH
from huggingface_hub import ModelCard
from variants import make_variant

from lexaug.cli import run
from lexaug.errors import StateError
from lexaug.hub.index.build import build_index
from lexaug.hub.index.write import write_index
from lexaug.hub.loading import load
from lexaug.hub.merge import export
from lexaug.hub.trust.card import _markup
from lexaug.training.backbone import load_backbone

IDS = torch.tensor([[2, 8, 9, 30, 62, 3], [2, 12, 40, 41, 3, 0]])


@pytest.fixture(scope="module")
def strong(trained: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An adapter that changes much."""
    return make_variant(trained, tmp_path_factory.mktemp("strong") / "adapter", 2)


def test_the_merged_model_computes_what_the_adapter_computes(strong: Path, tmp_path: Path) -> None:
    from transformers import AutoModel, AutoTokenizer

    merged = export(strong, tmp_path / "model")

    plain = AutoModel.from_pretrained(tmp_path / "model").eval()
    adapted = load(strong)
    with torch.inference_mode():
        found = plain(input_ids=IDS, output_hidden_states=True).hidden_states
        wanted = adapted.model(input_ids=IDS, output_hidden_states=True).hidden_states
        bare = load_backbone(BASE).model(input_ids=IDS).last_hidden_state
    for one, other in zip(found, wanted, strict=True):
        torch.testing.assert_close(one, other, atol=1e-5, rtol=1e-4)
    assert not torch.allclose(found[-1], bare, atol=1e-2)
    assert AutoTokenizer.from_pretrained(tmp_path / "model")("the cat") == adapted.tokenizer("the cat")
    assert merged.left_out == ("characters", "head")
    assert not [file for file in (tmp_path / "model").iterdir() if file.suffix == ".bin"]


def test_it_says_what_it_was_made_of(package: Path, tmp_path: Path) -> None:
    export(package, tmp_path / "model")

    origin = json.loads((tmp_path / "model/lexaug.json").read_text())
    assert (origin["language"], origin["base_model"], origin["licence"]) == ("sme", BASE, ENGLISH)
    assert origin["left_out"] == ["characters", "head"]
    card = ModelCard.load(tmp_path / "model/README.md")
    about = card.data.to_dict()
    assert about == {
        "language": ["se", "sme"],
        "license": "cc-by-sa-4.0",
        "library_name": "transformers",
        "pipeline_tag": "feature-extraction",
        "tags": ["lexaug", "low-resource", "bert", "sme"],
        "base_model": BASE,
        "base_model_relation": "finetune",
    }
    assert "Left out" in card.text
    assert not list(_markup(card.text))


def test_no_licence_is_claimed_before_that_of_all_sources_is_known(strong: Path, tmp_path: Path) -> None:
    export(strong, tmp_path / "model")

    assert json.loads((tmp_path / "model/lexaug.json").read_text())["licence"] is None
    card = ModelCard.load(tmp_path / "model/README.md")
    assert card.data.license is None
    assert "**No licence is stated**" in card.text


def test_it_has_what_a_plain_loader_needs_and_nothing_that_acts(package: Path, tmp_path: Path) -> None:
    """What `AutoModel` and AdapterHub's `AutoAdapterModel` need: type, class, weights, tokenizer; no code."""
    export(package, tmp_path / "model")

    names = {file.name for file in (tmp_path / "model").iterdir()}
    assert names >= {"config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json"}
    assert names <= {
        "config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json", "special_tokens_map.json",
        "vocab.txt", "README.md", "lexaug.json",
    }  # fmt: skip
    config = json.loads((tmp_path / "model/config.json").read_text())
    assert (config["model_type"], config["architectures"]) == ("bert", ["BertModel"])
    assert not {"auto_map", "_name_or_path", "adapters"} & config.keys()


def test_adapterhubs_library_loads_it_and_adds_an_adapter(package: Path, tmp_path: Path) -> None:
    library = pytest.importorskip("adapters", exc_type=ImportError)
    export(package, tmp_path / "model")

    model = library.AutoAdapterModel.from_pretrained(tmp_path / "model")
    model.add_adapter("task", config="lora")
    model.set_active_adapters("task")

    assert model(input_ids=IDS).last_hidden_state.shape == (2, 6, 16)


def test_the_backbone_that_was_merged_into_is_the_one_that_is_named(strong: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    load_backbone(BASE).model.save_pretrained(other)
    load_backbone(BASE).tokenizer.save_pretrained(other)

    merged = export(strong, tmp_path / "model", base=str(other))

    assert merged.base_model == "other"
    card = ModelCard.load(tmp_path / "model/README.md")
    assert "# other for Northern Sami (sme)" in card.text
    assert card.data.base_model is None  # nobody else has that folder
    assert str(tmp_path) not in card.content


def test_nothing_is_written_over(strong: Path, tmp_path: Path) -> None:
    (tmp_path / "there").write_text("x")

    with pytest.raises(StateError, match="exists already"):
        export(strong, tmp_path / "there")
    assert (tmp_path / "there").read_text() == "x"


def test_the_command_answers_in_json_and_in_words(
    strong: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(["export", str(strong), "-o", str(tmp_path / "a"), "--json"]) == 0
    answer = json.loads(capfd.readouterr().out)
    assert answer["left_out"] == ["characters", "head"]
    assert answer["bytes"] == sum(file.stat().st_size for file in (tmp_path / "a").iterdir())

    assert run(["export", str(strong), "-o", str(tmp_path / "b")]) == 0
    assert "left out: characters, head" in capfd.readouterr().out
    write_index(build_index([str(strong)], tmp_path), tmp_path)
    assert run(["export", "sme", "--index", str(tmp_path), "-o", str(tmp_path / "d"), "--json"]) == 0
    assert json.loads(capfd.readouterr().out)["language"] == "sme"
    assert run(["export", "fao", "--index", str(tmp_path), "-o", str(tmp_path / "c"), "--json"]) == 2
    assert "no adapter for fao" in json.loads(capfd.readouterr().out)["error"]["message"]
    assert run(["export", "nowhere", "-o", str(tmp_path / "c"), "--json"]) == 2
    assert not (tmp_path / "c").exists()
