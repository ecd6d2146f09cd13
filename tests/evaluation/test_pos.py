import json
import shutil
from pathlib import Path

import pytest

from lexaug.errors import ConfigError, FormatError, LeakError, MissingError
from lexaug.evaluation.pos import evaluate_pos
from lexaug.evaluation.report import render

SYSTEMS = {
    "zero_shot",
    "translate_train",
    "char_ngram",
    "adapter",
    "adapter_translate_train",
    "fused_frozen",
    "fused",
}


@pytest.fixture
def evaluate(adapters, pack, facts, tmp_path):
    def call(**changed):
        options = {
            "train": facts / "train.conllu",
            "test": facts / "test.conllu",
            "cache": tmp_path / "kept",
            **changed,
        }
        return evaluate_pos(
            changed.pop("adapters", adapters),
            changed.pop("pack", pack),
            **{key: value for key, value in options.items() if key not in ("adapters", "pack")},
        )

    return call


def test_all_systems_stand_side_by_side(evaluate, facts: Path) -> None:
    told = []
    report = evaluate(dev=facts / "dev.txt", progress=lambda *step: told.append(step))
    found = json.loads(json.dumps(report.as_json()))
    assert list(found) == [
        "language",
        "task",
        "n",
        "systems",
        "deltas",
        "verdict",
        "best",
        "against",
        "notes",
        "signature",
    ]
    assert (found["language"], found["task"], found["n"]) == ("sme", "pos", 5)
    assert set(found["systems"]) == SYSTEMS
    for name, system in found["systems"].items():
        assert set(system) == {"name", "value", "low", "high", "seeds"}
        assert (system["name"], system["seeds"]) == (name, 2)
        assert 0 <= system["low"] <= system["value"] <= system["high"] <= 100
    assert set(found["deltas"]["adapter-zero_shot"]) == {"value", "low", "high"}
    assert len(found["deltas"]) == 12
    assert found["verdict"] in ("helps", "no_effect", "harms")
    assert "seeds:1,2" in found["signature"]
    # the words are few and all in the lexicon: the tagger without a backbone has no difficulty
    assert found["systems"]["char_ngram"]["value"] > 80
    assert told[-1] == ("done", 14, 14)
    assert render(report) is not None


def test_a_second_call_reads_what_the_first_one_found(
    evaluate, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = evaluate().as_json()
    assert len(list((tmp_path / "kept").iterdir())) == 14

    def refuse(*_, **__):
        raise AssertionError("nothing should be computed again")

    monkeypatch.setattr("lexaug.training.backbone.load_backbone", refuse)
    assert evaluate().as_json() == first


def test_a_damaged_answer_is_made_again(evaluate, tmp_path: Path) -> None:
    first = evaluate().as_json()
    for file in (tmp_path / "kept").iterdir():
        file.write_bytes(file.read_bytes()[:100])
    assert evaluate().as_json() == first


def test_a_scored_sentence_in_the_english_text_is_a_leak(evaluate, facts: Path, tmp_path: Path) -> None:
    test = tmp_path / "leaky.txt"
    test.write_text("Dovle NOUN\n\nThe DET\ndog NOUN\nsees VERB\na DET\nbig ADJ\nred ADJ\ncat NOUN\n! PUNCT\n")
    with pytest.raises(LeakError) as caught:
        evaluate(test=test)
    assert (caught.value.file, caught.value.line) == (str(test), 3)
    assert "train.conllu" in caught.value.message
    with pytest.raises(LeakError):
        evaluate(dev=test)


def test_a_scored_sentence_among_tagged_pairs_is_a_leak(evaluate, facts: Path) -> None:
    with pytest.raises(LeakError, match=r"dev\.txt:1"):
        evaluate(train=facts / "dev.txt", test=facts / "dev.txt")


def test_settings_of_an_earlier_evaluation_are_used_again(evaluate, facts: Path) -> None:
    chosen = evaluate(dev=facts / "dev.txt").chosen
    again = evaluate(chosen=chosen)
    assert again.chosen == chosen
    assert evaluate().chosen != chosen


def test_a_scored_sentence_in_the_packs_texts_is_a_leak(evaluate, facts: Path, tmp_path: Path) -> None:
    from lexaug.pack import init_pack

    text = tmp_path / "mono.txt"
    text.write_text("Eará cealkka lea dás.\n\nBusku oaidn beanat.\nRukses beanat borr .\n")
    pack = init_pack(
        "sme", lexicons=[(facts / "lexicon.tsv", None)], texts=[text], licences="CC0-1.0", output=tmp_path / "pack"
    )
    with pytest.raises(LeakError, match=r"mono\.txt:3") as caught:
        evaluate(pack=pack)
    assert caught.value.line == 2


def test_words_with_other_tags_are_counted_and_not_scored(evaluate, tmp_path: Path) -> None:
    test = tmp_path / "odd.txt"
    test.write_text("busku NOUN\noaidn VERB\nbeanat SUBST\n")
    report = evaluate(test=test)
    assert report.notes == ("1 test words have a tag outside the 17 UPOS tags and are not scored",)
    test.write_text("busku S\n")
    with pytest.raises(FormatError, match="UPOS"):
        evaluate(test=test)


def test_dev_sentences_of_the_test_file_are_not_used(evaluate, tmp_path: Path) -> None:
    dev = tmp_path / "dev.txt"
    dev.write_text("busku NOUN\noaidn VERB\nbeanat NOUN\n. PUNCT\n\nbeanat NOUN\nborr VERB\n")
    assert evaluate(dev=dev).notes == ("1 dev sentences also stand in the test file and are not used",)


def test_settings_are_not_chosen_on_the_test_file(evaluate, facts: Path) -> None:
    with pytest.raises(FormatError, match="every sentence"):
        evaluate(dev=facts / "test.conllu")


def test_nothing_is_scored_that_an_adapter_was_chosen_on(evaluate, adapters: list[Path], tmp_path: Path) -> None:
    from lexaug.training.output import sentence_mark

    tuned = shutil.copytree(adapters[0], tmp_path / "tuned")
    manifest = json.loads((tuned / "manifest.json").read_text())
    (tuned / "manifest.json").write_text(
        json.dumps({**manifest, "dev": [sentence_mark(["busku", "oaidn", "su", "."])]})
    )
    test = tmp_path / "test.txt"
    test.write_text("beanat NOUN\nborr VERB\n\nBusku NOUN\noaidn VERB\nsu PRON\n! PUNCT\n")
    assert evaluate(test=test).n == 2
    with pytest.raises(LeakError, match="dev set of tuned") as caught:
        evaluate(adapters=[tuned], test=test)
    assert caught.value.line == 4


def test_a_misspelt_mode_is_named_with_the_nearest(evaluate) -> None:
    with pytest.raises(ConfigError) as caught:
        evaluate(mode="morf")
    assert "morph" in (caught.value.hint or "")


def test_the_backbone_is_bare_again_afterwards(evaluate, adapters: list[Path], tiny_folder: Path) -> None:
    from lexaug.training.backbone import hash_weights, load_backbone
    from lexaug.training.encode import encode_words

    backbone = load_backbone(str(tiny_folder))
    before = encode_words(backbone.model, backbone.tokenizer, [["busku", "borr"]])[0]
    evaluate(backbone=backbone)
    assert hash_weights(backbone.model) == backbone.weights_hash
    assert (encode_words(backbone.model, backbone.tokenizer, [["busku", "borr"]])[0] == before).all()


def test_adapters_must_be_seeds_of_one_recipe(evaluate, adapters: list[Path], tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="same seed"):
        evaluate(adapters=[adapters[0], adapters[0]])
    with pytest.raises(ConfigError, match="no adapter"):
        evaluate(adapters=[])
    with pytest.raises(MissingError):
        evaluate(adapters=[tmp_path])
    other = shutil.copytree(adapters[1], adapters[1].parent / "other", dirs_exist_ok=True)
    recipe = other / "recipe.toml"
    recipe.write_text(recipe.read_text().replace("passes = 1", "passes = 2"))
    with pytest.raises(ConfigError, match="differs"):
        evaluate(adapters=[adapters[0], other])


def test_a_pack_of_another_language_is_refused_and_a_changed_one_is_noted(
    evaluate, facts: Path, pack, tmp_path: Path
) -> None:
    from lexaug.pack import init_pack, load_pack

    for code in ("sma", "sme"):
        init_pack(code, lexicons=[(facts / "lexicon.tsv", None)], licences="MIT", output=tmp_path / code)
    with pytest.raises(ConfigError, match="'sma', the adapter for 'sme'"):
        evaluate(pack=load_pack(tmp_path / "sma"))
    assert any("has changed since" in note for note in evaluate(pack=load_pack(tmp_path / "sme")).notes)
    assert not any("has changed since" in note for note in evaluate(pack=pack).notes)


def test_without_a_manifest_nobody_knows_what_an_adapter_was_chosen_on(evaluate, adapters, tmp_path: Path) -> None:
    shutil.copytree(adapters[0], tmp_path / "bare")
    (tmp_path / "bare" / "manifest.json").unlink()
    with pytest.raises(FormatError, match="manifest"):
        evaluate(adapters=[tmp_path / "bare"])
