"""The card: a golden one, metadata that the Hub's own classes read, and nothing in it that was not measured."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hub_world import BASE, ENGLISH, REPO, REVISION, report

from lexaug.errors import ConfigError
from lexaug.files import fingerprint
from lexaug.hub.card import card_metadata, render_card
from lexaug.hub.card.effort import describe_effort
from lexaug.hub.card.text import code, plain, table
from lexaug.hub.figures import read_evaluations
from lexaug.hub.folder import AdapterFolder
from lexaug.hub.header import read_header
from lexaug.hub.trust.card import _markup
from lexaug.licences import catalogue, hub_licence
from lexaug.training.offline import HUB_ID, HUB_REVISION

GOLDEN = Path(__file__).parent / "golden" / "card.md"
MODES = {
    "source": ["The", "cat", "sleeps", "."],
    "target": ["bussá", "oađđá", "."],
    "ops": ["inflected:cell", "lexicon", "punct"],
}


def folder(**changes) -> AdapterFolder:
    """Make what a packaged adapter says of itself."""
    metrics = {
        "steps": 120,
        "passes": 2,
        "tokens": 57_000,
        "wall_seconds": 412.5,
        "adapter_values": 1_900_000,
        "token_rows": 4_321,
        "character_values": 12_000,
        "head_values": 6_545,
        "dev_accuracy": 83.4,
        "processor": "Some Processor",
        "workers": 2,
        "evaluation": [report(), report("no_effect", test="other.conllu", notes=[])],
    }
    manifest = {
        "lexaug": "0.1.0",
        "repository": REPO,
        "language": "sme",
        "data": [
            {
                "kind": "lexicon",
                "name": "en_se.tsv",
                "licence": "CC-BY-4.0",
                "origin": "a word list",
                "sha256": "a" * 64,
            },
            {"kind": "paradigms", "name": "sme", "licence": "CC-BY-SA-3.0", "origin": "UniMorph", "sha256": "b" * 64},
            {"kind": "english", "name": "en_ewt.conllu", "licence": ENGLISH, "origin": "", "sha256": "c" * 64},
        ],
        "sample": [MODES],
        "backbone": {"name": "offline", "hub_id": HUB_ID},
    }
    recipe = {
        "seed": 7,
        "synthesis": {"mode": "morph"},
        "training": {"objectives": {"words": 0.3, "labels": 1.0}},
    }
    made = AdapterFolder(
        path=Path("package"),
        config={"r": 16, "lora_alpha": 32.0},
        recipe=recipe,
        manifest=manifest,
        metrics=metrics,
        card=None,
        sizes={"characters.json": 100},
        language="sme",
        base=HUB_ID,
        revision=HUB_REVISION,
        licence=ENGLISH,
        evaluations=read_evaluations(metrics, file=Path("metrics.json")),
    )
    return replace(made, **changes)


def test_the_golden_card() -> None:
    """To accept a change of the card: write what `render_card(folder())` gives into golden/card.md, and read it."""
    assert render_card(folder()) == GOLDEN.read_text(encoding="utf-8")


def test_energy_and_carbon_follow_from_time_and_cores() -> None:
    hour = describe_effort({"wall_seconds": 3600, "workers": 2, "processor": "Some Processor"})

    assert hour.startswith("Training took 60.0 minutes on 2 cores of Some Processor. Energy was not metered.")
    assert "2 core-hours at most" in hour
    assert f"are {2 * 5} to {2 * 20} Wh" in hour
    assert f"{2 * 5 * 475 / 1000:.2g} to {2 * 20 * 475 / 1000:.2g} g." in hour
    assert "an assumption" in hour
    assert describe_effort({}) == "Not recorded."


@pytest.mark.parametrize("metrics", [{"seconds": 90.0}, {"wall_seconds": 90.0, "workers": True}])
def test_without_the_number_of_cores_nothing_is_estimated(metrics: dict) -> None:
    told = describe_effort(metrics)

    assert told.startswith("Training took 1.5 minutes. Energy was not metered.")
    assert " Wh" not in told


def test_it_claims_nothing_that_the_adapters_library_could_not_keep() -> None:
    """AdapterHub lists what has this tag, and reads a configuration there that peft's is not."""
    tags = card_metadata(folder()).tags

    assert not [tag for tag in tags if tag == "adapter-transformers" or tag.startswith("adapterhub:")]


def test_the_hubs_own_classes_read_the_metadata() -> None:
    from huggingface_hub import ModelCard

    card = ModelCard(render_card(folder()))

    assert card.data.language == ["se", "sme"]
    assert (card.data.license, card.data.library_name, card.data.base_model) == ("cc-by-sa-4.0", "peft", HUB_ID)
    assert card.data.base_model_relation == "adapter"
    found = {(r.dataset_name, r.metric_name): (r.metric_value, r.metric_args) for r in card.data.eval_results}
    value = report()["systems"]["adapter"]
    assert found["sme-test.conllu", "accuracy, adapter"] == (
        value["value"],
        {"low": value["low"], "high": value["high"], "n": 40},
    )
    assert found["other.conllu", "accuracy of adapter minus char_ngram (no adapter), points"][0] == -3.25
    assert not [name for _, name in found if name in ("accuracy, zero_shot", "accuracy, char_ngram")]
    assert len(found) == 6


HUB_LICENCES = (
    "apache-2.0", "mit", "bsd-2-clause", "bsd-3-clause", "c-uda", "cc0-1.0", "cc-by-2.0", "cc-by-2.5",
    "cc-by-3.0", "cc-by-4.0", "cc-by-sa-3.0", "cc-by-sa-4.0", "cc-by-nc-2.0", "cc-by-nc-3.0", "cc-by-nc-4.0",
    "cc-by-nc-sa-2.0", "cc-by-nc-sa-3.0", "cc-by-nc-sa-4.0", "cdla-sharing-1.0", "cdla-permissive-1.0",
    "cdla-permissive-2.0", "wtfpl", "etalab-2.0", "agpl-3.0", "gfdl", "gpl-2.0", "gpl-3.0", "lgpl-2.1",
    "lgpl-3.0", "isc", "mpl-2.0", "odc-by", "odbl", "unlicense", "pddl", "lgpl-lr", "other",
)  # fmt: skip
"""Of the Hub's list of licences (its documentation, "Licenses"), those that data come under."""
SCHEMA = {
    "language": lambda v: all(re.fullmatch("[a-z]{2,3}", code) for code in v),
    "license": lambda v: v in HUB_LICENCES,
    "library_name": lambda v: v == "peft",
    "pipeline_tag": lambda v: v == "feature-extraction",
    "base_model": lambda v: re.fullmatch(r"[\w.-]+/[\w.-]+", v),
    "base_model_relation": lambda v: v in ("adapter", "finetune", "quantized", "merge"),
    "tags": lambda v: "lexaug" in v and all(isinstance(tag, str) for tag in v),
    "datasets": lambda v: all(re.fullmatch(r"[\w.-]+", name) for name in v),
    "metrics": lambda v: set(v) <= {"accuracy", "precision_at_1"},
    "model-index": lambda v: all(_is_result(result) for model in v for result in model["results"]) and v[0]["name"],
}


def _is_result(result: dict) -> bool:
    return (
        {"type", "name"} <= result["task"].keys()
        and {"type", "name"} <= result["dataset"].keys()
        and all({"type", "value", "name"} <= metric.keys() for metric in result["metrics"])
        and all(isinstance(metric["value"], float) for metric in result["metrics"])
    )


@pytest.mark.parametrize("evaluations", [True, False])
def test_the_metadata_keep_to_the_hubs_schema(tmp_path: Path, evaluations: bool) -> None:
    made = folder() if evaluations else folder(evaluations=())
    (tmp_path / "README.md").write_text(render_card(made), encoding="utf-8")

    header = read_header(tmp_path / "README.md")

    measured = {"metrics", "model-index"}
    assert header.keys() == SCHEMA.keys() - (set() if evaluations else measured)
    for key, value in header.items():
        assert SCHEMA[key](value), (key, value)


def test_every_licence_has_a_name_that_the_hub_knows() -> None:
    for name in catalogue():
        metadata = hub_licence(name)
        assert metadata["license"] in HUB_LICENCES, name
        if metadata["license"] == "other":
            assert re.fullmatch(r"[a-z0-9.-]+", metadata["license_name"])
            assert metadata["license_link"] == "LICENSE"
    assert hub_licence("MIT AND CC-BY-4.0")["license_name"] == "mit-and-cc-by-4.0"


def test_another_base_says_nothing_of_four_bits() -> None:
    assert "4 bits" in render_card(folder())
    other = folder(base=BASE, revision=REVISION)
    assert "4 bits" not in render_card(other)
    assert f"Trained on `{BASE}` at commit `{REVISION}`" in render_card(other)


def test_an_adapter_that_nobody_measured_says_so() -> None:
    card = render_card(folder(evaluations=()))

    assert card.count("**not been measured on real text**") == 2
    assert "helps.**" not in card


def test_a_loss_is_called_one() -> None:
    card = render_card(folder())

    assert "| `adapter` | `char_ngram` | -3.2 [-5.8, -0.8] | **loss** |" in card
    assert "| `adapter` | `zero_shot` | +10.5 [8.0, 13.0] | gain |" in card


HOSTILE = "<script>alert(1)</script> | [x](javascript:1) ![y](http://z) `a` \n# head\u202e"


def test_what_others_wrote_is_shown_and_not_obeyed() -> None:
    made = folder()
    data = [{**made.manifest["data"][0], "origin": HOSTILE, "name": HOSTILE}, *made.manifest["data"][1:]]
    sample = [{"source": [HOSTILE], "target": [HOSTILE], "ops": [HOSTILE]}]
    metrics = {
        **made.metrics,
        "processor": HOSTILE,
        "evaluation": [report(test=HOSTILE, notes=[HOSTILE], signature=HOSTILE)],
    }
    evaluations = read_evaluations(metrics, file=Path("metrics.json"))

    card = render_card(
        replace(
            made, manifest={**made.manifest, "data": data, "sample": sample}, metrics=metrics, evaluations=evaluations
        )
    )

    body = card.split("\n---\n", 1)[1]
    assert "<script" not in body
    assert "javascript:" not in body
    assert "\u202e" not in body
    assert "\n# head" not in body
    assert not re.search(r"(?<!\\)\]\(", re.sub("`[^`\n]*`", "", body))
    assert not list(_markup(body))  # what an examination of a stranger's card looks for
    rows = [line for line in body.splitlines() if "a word list" in line or ("alert" in line and line.startswith("|"))]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {6}
    assert plain("a|b*c") == r"a\|b\*c"
    assert code("a`b|c") == "`a'b|c`"
    assert table(("a", "b"), [("c|d", code("e|f"))]).splitlines()[2] == r"| c\|d | `e\|f` |"


CONFLICTS = [
    (["CC-BY-4.0", "LicenseRef-unknown", ENGLISH], ["lexaug pack exclude PACK LicenseRef-unknown"]),
    (["CC-BY-4.0", "CC-BY-4.0", "LicenseRef-unknown"], ["--source-licence en_ewt.conllu=SPDX"]),
    (["CC-BY-NC-4.0", "CC-BY-4.0", ENGLISH], ["lexaug pack exclude PACK CC-BY-NC-4.0", "en_ewt.conllu"]),
    (["CC-BY-ND-4.0", "CC-BY-4.0", ENGLISH], ["lexaug pack exclude PACK CC-BY-ND-4.0"]),
    (["GPL-2.0-only", "CC-BY-4.0", ENGLISH], ["lexaug pack exclude PACK GPL-2.0-only"]),
]


@pytest.mark.parametrize(("licences", "commands"), CONFLICTS, ids=[str(licences) for licences, _ in CONFLICTS])
def test_data_that_nobody_may_give_on_are_refused_with_the_way_out(licences: list[str], commands: list[str]) -> None:
    made = folder()
    data = [{**entry, "licence": licence} for entry, licence in zip(made.manifest["data"], licences, strict=True)]

    with pytest.raises(ConfigError) as caught:
        render_card(replace(made, manifest={**made.manifest, "data": data}))

    for command in commands:
        assert command in caught.value.hint
    names = [entry["name"] for entry in data if entry["licence"] not in ("CC-BY-4.0", ENGLISH)]
    assert any(name in caught.value.message for name in names)


def test_a_card_that_claims_more_than_was_measured_does_not_pass(packaged: Path, call) -> None:
    metrics = json.loads((packaged / "metrics.json").read_text())
    kept = metrics["evaluation"][0]
    for figure in (kept["systems"]["adapter"], *kept["deltas"].values()):
        figure.update({key: figure[key] - 0.5 for key in ("value", "low", "high")})
    (packaged / "metrics.json").write_text(json.dumps(metrics, indent=2))

    code_, found = call("verify", packaged)
    assert (code_, found["sound"]) == (1, False)
    assert [finding["kind"] for finding in found["checks"]["files"]] == ["hash"]
    assert [finding["kind"] for finding in found["checks"]["card"]] == ["card"]

    manifest = json.loads((packaged / "manifest.json").read_text())
    manifest["files"]["metrics.json"] = fingerprint(packaged / "metrics.json")
    (packaged / "manifest.json").write_text(json.dumps(manifest))
    code_, found = call("verify", packaged)
    assert (code_, found["checks"]["files"]) == (1, [])
    assert "says something else than" in found["checks"]["card"][0]["message"]


@pytest.mark.parametrize("version", ["this", "another"])
@pytest.mark.parametrize(
    ("old", "new"),
    [("value: 60.5", "value: 99.5"), ("license: cc-by-sa-4.0", "license: cc-by-4.0"), ("n: 40", "n: 4000")],
)
def test_a_card_that_was_touched_up_does_not_pass(packaged: Path, call, version: str, old: str, new: str) -> None:
    card = (packaged / "README.md").read_text()
    assert old in card
    (packaged / "README.md").write_text(card.replace(old, new))
    if version == "another":
        manifest = json.loads((packaged / "manifest.json").read_text())
        (packaged / "manifest.json").write_text(json.dumps({**manifest, "card": "0" * 64}))

    code_, found = call("verify", packaged)

    assert (code_, found["sound"]) == (1, False)
    assert {finding["file"] for findings in found["checks"].values() for finding in findings} >= {"README.md"}


def test_the_card_of_another_version_passes_with_true_metadata(packaged: Path, call) -> None:
    manifest = json.loads((packaged / "manifest.json").read_text())
    (packaged / "manifest.json").write_text(json.dumps({**manifest, "card": "0" * 64}))
    card = (packaged / "README.md").read_text()
    (packaged / "README.md").write_text(card.replace("## Limitations", "## What it cannot do"))

    code_, found = call("verify", packaged)

    assert (code_, found["sound"]) == (0, True)
    (finding,) = found["checks"]["card"]
    assert "its text was not" in finding["message"]
