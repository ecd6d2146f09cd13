"""From a pack and English sentences to an adapter folder, and back."""

import json
import multiprocessing
import os
import signal

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from tiny_backbones import FAMILIES, write_backbone

from lexaug.errors import ConfigError, FormatError, LeakError, StateError
from lexaug.files import fingerprint
from lexaug.pack import init_pack, load_pack
from lexaug.recipe import Recipe, SynthesisSettings
from lexaug.synthesis.tagged import read_tagged
from lexaug.training.backbone import hash_weights, load_backbone
from lexaug.training.load import load
from lexaug.training.output import sentence_mark
from lexaug.training.train import train
from lexaug.training.workplace import state_folder

FILES = ("adapter_model.safetensors", "characters.safetensors", "head.safetensors")


@pytest.fixture(scope="module")
def facts(tiny, tmp_path_factory):
    """A pack and a CoNLL-U file of the made-up language."""
    folder = tmp_path_factory.mktemp("facts")
    rows = [f"{word}\t{target}\t{tiny.WORDS[word]}\town" for word, target in tiny.FOREIGN.items()]
    (folder / "lexicon.tsv").write_text("\n".join(["english\ttarget\tpos\tsource", *rows]) + "\n")
    (folder / "table").write_text("busku\tbuskut\tN;PL\nbusku\tbusku\tN;SG\n")
    (folder / "text.txt").write_text("dat busku borr .\nstuoris beanat oaidn\nnothing of this kind\n3 .\n")
    init_pack(
        "sme",
        lexicons=[(folder / "lexicon.tsv", "tsv")],
        paradigms=[(folder / "table", "unimorph")],
        texts=[folder / "text.txt"],
        licences="CC0-1.0",
        output=folder / "pack",
    )
    (folder / "english.conllu").write_text("\n".join(_conllu(sentence) for sentence in tiny.sentences(30)))
    return folder


def _conllu(sentence):
    rows = [f"# sent_id = {sentence.id}"]
    for place, (word, tag) in enumerate(zip(sentence.tokens, sentence.upos, strict=True)):
        head, relation = ("0", "root") if place == 0 else ("1", "dep")
        rows.append("\t".join((str(place + 1), word, word, tag, "_", "_", head, relation, "_", "_")))
    return "\n".join(rows) + "\n"


@pytest.fixture
def recipe(facts, tiny_folder):
    def make(**training):
        small = {"rank": 2, "alpha": 4, "character_buckets": 256, "character_head_buckets": 256, "character_size": 4}
        layers = {"teacher_layers": (1, 2), "head_layers": (2,), "prefix": "", "tokens_per_batch": 128, "passes": 2}
        return Recipe.make(
            pack=str(facts / "pack"),
            backbone={"name": str(tiny_folder)},
            synthesis={"sources": [str(facts / "english.conllu")], "mode": "morph"},
            training={**small, **layers, "learning_rate": 1e-2, **training},
        )

    return make


def _train(facts, recipe, output, **options):
    return train(recipe, load_pack(facts / "pack"), output, **options)


def test_writes_a_folder_that_loads_with_characters_without_and_with_plain_peft(
    facts, recipe, tiny, tmp_path, tiny_folder
):
    from peft import PeftModel

    result = _train(facts, recipe(), tmp_path / "adapter", dev=tiny.tagged())

    folder = tmp_path / "adapter"
    names = {path.name for path in folder.iterdir()}
    assert names >= {*FILES, "adapter_config.json", "characters.json", "head.json", "recipe.toml", "manifest.json"}
    gold = tiny.tagged()
    for characters, name in ((True, "dev_accuracy"), (False, "dev_accuracy_without_characters")):
        adapted = load(folder, characters=characters)
        tags = [[adapted.labels[n] for n in row.argmax(-1)] for row in adapted.tag_logits([s.tokens for s in gold])]
        right = [tag == want for row, s in zip(tags, gold, strict=True) for tag, want in zip(row, s.upos, strict=True)]
        assert 100 * np.mean(right) == pytest.approx(result.metrics[name], abs=2.5)
    plain = PeftModel.from_pretrained(load_backbone(str(tiny_folder)).model, str(folder))
    ids = torch.tensor([[2, 10, 11, 3]])
    torch.testing.assert_close(
        plain(input_ids=ids).last_hidden_state, adapted.model(input_ids=ids).last_hidden_state, rtol=1e-4, atol=1e-5
    )


def test_says_what_it_was_made_from(facts, recipe, tmp_path, tiny_folder):
    backbone = load_backbone(str(tiny_folder))
    _train(facts, recipe(), tmp_path / "adapter", backbone=backbone)

    manifest = json.loads((tmp_path / "adapter/manifest.json").read_text())
    assert manifest["sources"] == [{"file": "english.conllu", "sha256": fingerprint(facts / "english.conllu")}]
    assert manifest["backbone"]["weights_before"] == manifest["backbone"]["weights_after"] == backbone.weights_hash
    assert manifest["licence"] == "CC0-1.0"
    assert [source["kind"] for source in manifest["data"]] == ["lexicon", "paradigms", "text"]
    for source in manifest["data"]:
        assert source["licence"] == "CC0-1.0"
        assert source["sha256"] == fingerprint(facts / "pack" / source["name"])
    assert len(manifest["sample"]) == 5
    assert all(len(kept["target"]) == len(kept["ops"]) for kept in manifest["sample"])
    assert hash_weights(backbone.model) == backbone.weights_hash
    assert Recipe.load(tmp_path / "adapter/recipe.toml").hash == recipe().hash
    assert not state_folder(tmp_path / "adapter").exists()


def test_keeps_what_its_dev_sentences_can_be_known_by(facts, recipe, tiny, tmp_path):
    gold = tiny.tagged()
    _train(facts, recipe(passes=1), tmp_path / "adapter", dev=gold)

    manifest = json.loads((tmp_path / "adapter/manifest.json").read_text())
    assert manifest["dev"] == sorted({sentence_mark(sentence.tokens) for sentence in gold})


def test_without_labels_dev_sentences_decide_nothing(facts, recipe, tiny, tmp_path):
    wanted = recipe(preset="retrieval", objectives={"words": 1}, characters=False, passes=1)
    result = _train(facts, wanted, tmp_path / "adapter", dev=tiny.tagged())

    assert "held_out_gain" in result.metrics
    assert "dev_accuracy" not in result.metrics


def test_sources_of_which_nothing_can_be_made_are_refused(facts, recipe, tmp_path):
    rows = (facts / "english.conllu").read_text().splitlines()
    cells = [row.split("\t") for row in rows]
    strange = ["\t".join([row[0], "zzz", "zzz", *row[3:]] if len(row) > 1 else row) for row in cells]
    (tmp_path / "strange.conllu").write_text("\n".join(strange) + "\n")
    synthesis = SynthesisSettings.make(sources=[str(tmp_path / "strange.conllu")], mode="morph")
    wanted = recipe().model_copy(update={"synthesis": synthesis})
    with pytest.raises(ConfigError, match="enough words that the lexicon translates") as caught:
        _train(facts, wanted, tmp_path / "adapter")
    assert caught.value.file == str(tmp_path / "strange.conllu")
    assert not (tmp_path / "adapter").exists()


def test_dev_sentences_must_not_stand_in_a_source(facts, recipe, tmp_path):
    gold = read_tagged(facts / "english.conllu")
    with pytest.raises(LeakError, match="also stands here") as caught:
        _train(facts, recipe(), tmp_path / "adapter", dev=gold)
    assert (caught.value.file, caught.value.line) == (str(facts / "english.conllu"), gold[0].line)


@pytest.mark.parametrize("more", [{}, {"text_share": 1.0}, {"text_share": 1.0, "workers": 2}])
def test_killed_and_called_again_it_ends_in_the_same_files(facts, recipe, tmp_path, more):
    wanted = recipe(objectives={"labels": 1, "words": 1, "sentence": 1}, checkpoint_seconds=1e-9, **more)
    _train(facts, wanted, tmp_path / "whole")

    killed = _in_a_process(facts, wanted, tmp_path / "broken", int(np.random.default_rng().integers(1, 8)))
    assert killed == -signal.SIGKILL
    assert not (tmp_path / "broken").exists()
    _train(facts, wanted, tmp_path / "broken")

    assert [fingerprint(tmp_path / "broken" / name) for name in FILES] == [
        fingerprint(tmp_path / "whole" / name) for name in FILES
    ]


def _in_a_process(facts, recipe, output, step):
    def progress(event):
        if event.stage == "train" and event.step == step:
            os.kill(os.getpid(), signal.SIGKILL)

    process = multiprocessing.get_context("fork").Process(
        target=_train, args=(facts, recipe, output), kwargs={"progress": progress}
    )
    process.start()
    process.join(60)
    return process.exitcode


def test_a_finished_run_is_not_done_again_and_another_recipe_is_refused(facts, recipe, tmp_path):
    first = _train(facts, recipe(passes=1), tmp_path / "adapter")

    assert _train(facts, recipe(passes=1), tmp_path / "adapter").metrics == first.metrics
    with pytest.raises(StateError, match="adapter of another recipe"):
        _train(facts, recipe(passes=2), tmp_path / "adapter")


def test_an_interrupted_run_is_not_taken_over_by_another_recipe(facts, recipe, tmp_path):
    assert _in_a_process(facts, recipe(), tmp_path / "adapter", 1) == -signal.SIGKILL

    with pytest.raises(StateError, match="unfinished training of another recipe"):
        _train(facts, recipe(rank=3), tmp_path / "adapter")


@pytest.mark.parametrize("name", ["metrics.json", "adapter_model.safetensors", "head.json"])
def test_a_finished_run_that_was_damaged_is_not_taken_for_whole(facts, recipe, tmp_path, name):
    _train(facts, recipe(passes=1), tmp_path / "adapter")
    (tmp_path / "adapter" / name).write_text("{")

    with pytest.raises(FormatError) as caught:
        _train(facts, recipe(passes=1), tmp_path / "adapter")
    assert caught.value.file == str(tmp_path / "adapter" / name)


def test_rows_can_start_from_the_lexicon_and_characters_can_be_left_out(facts, recipe, tmp_path):
    settings = {"token_rows_init": "lexicon", "characters": False, "objectives": {"words": 1.0}}
    result = _train(facts, recipe(**settings), tmp_path / "adapter")

    adapted = load(tmp_path / "adapter")
    assert adapted.characters is None
    assert adapted.tag_logits([["busku"]]) is None
    assert result.metrics["character_values"] == result.metrics["head_values"] == 0
    assert result.metrics["token_rows"] > 0


def test_real_text_needs_an_objective_that_reads_it(facts, recipe, tmp_path):
    with pytest.raises(ConfigError, match="text_share"):
        _train(facts, recipe(text_share=0.5, objectives={"words": 1.0}), tmp_path / "adapter")


def test_real_text_that_was_not_used_is_counted(facts, recipe, tmp_path):
    result = _train(facts, recipe(text_share=1.0), tmp_path / "adapter")

    assert result.metrics["real_text"] == {"sentences": 2, "left_out": {"foreign": 1, "short": 1}}


def test_an_objective_must_be_wanted(facts, recipe, tmp_path):
    with pytest.raises(ConfigError, match="no objective has a weight"):
        _train(facts, recipe(objectives={"labels": 0.0}), tmp_path / "adapter")


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("token_rows", [True, False])
def test_an_adapter_that_filled_gaps_loads_on_the_encoder(facts, recipe, tmp_path, family, token_rows):
    base = str(write_backbone(tmp_path / "base", family))
    layers = {"teacher_layers": None, "head_layers": None, "characters": False, "token_rows": token_rows}
    wanted = recipe(objectives={"mlm": 1, "labels": 1}, passes=1, **layers)
    wanted = wanted.model_copy(update={"backbone": wanted.backbone.model_copy(update={"name": base})})
    _train(facts, wanted, tmp_path / "adapter")

    adapted = load(tmp_path / "adapter")
    bare = load_backbone(base)
    assert adapted.backbone.weights_hash == bare.weights_hash
    ups = [p for name, p in adapted.model.named_parameters() if "lora_B" in name]
    assert ups
    assert all(bool(p.any()) for p in ups)


def test_a_changed_backbone_is_not_taken_for_the_one_of_training(facts, recipe, tiny, tmp_path):
    base = tiny.write_backbone(tmp_path / "base")
    wanted = recipe(passes=1)
    wanted = wanted.model_copy(update={"backbone": wanted.backbone.model_copy(update={"name": str(base)})})
    _train(facts, wanted, tmp_path / "adapter")
    weights = load_file(base / "model.safetensors")
    weights["embeddings.word_embeddings.weight"][3] += 1
    save_file(weights, base / "model.safetensors", metadata={"format": "pt"})

    with pytest.raises(FormatError, match="other weights"):
        load(tmp_path / "adapter")
    with pytest.warns(UserWarning, match="other weights"):
        load(tmp_path / "adapter", base=str(base))


def test_an_adapter_that_lacks_tensors_is_refused(facts, recipe, tmp_path):
    _train(facts, recipe(passes=1), tmp_path / "adapter")
    file = tmp_path / "adapter" / "adapter_model.safetensors"
    weights = load_file(file)
    weights.pop(next(name for name in weights if "lora_B" in name))
    save_file(weights, file)

    with pytest.raises(FormatError, match="not the file that was written"):
        load(tmp_path / "adapter")
    (tmp_path / "adapter" / "manifest.json").unlink()
    with pytest.raises(FormatError, match="1 tensors do not match"):
        load(tmp_path / "adapter")


def test_the_score_that_is_told_is_that_of_the_weights_that_are_kept(facts, recipe, tiny, tmp_path):
    layers = {"teacher_layers": (1,), "head_layers": (1,)}
    results = [_train(facts, recipe(**layers), tmp_path / name, dev=tiny.tagged()) for name in ("first", "second")]

    for result in results:  # the second finds the teacher's vectors in the cache
        scores = [entry["dev_accuracy"] for entry in result.metrics["history"]]
        assert result.metrics["dev_accuracy"] == max(scores)
    assert (
        results[0].metrics["dev_accuracy_without_characters"] == results[1].metrics["dev_accuracy_without_characters"]
    )
