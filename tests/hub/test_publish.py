"""Publishing over the real client to a hub on this machine: once, again, changed, private, tagged, refused."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hub_world import BASE, ENGLISH, REPO, REVISION, TOKEN, keep, report
from loopback import Hub

from lexaug.cli.console import emit
from lexaug.cli.hub_tables import published_facts, published_table
from lexaug.files import fingerprint
from lexaug.hub.publish import Published
from lexaug.hub.repository import Changes

GIVEN = ("--source-licence", ENGLISH)


def test_published_once_fetched_at_a_tag_and_loaded_by_plain_peft(
    hub: Hub, adapter: Path, trained: Path, tmp_path: Path, call
) -> None:
    import torch
    from peft import PeftModel
    from transformers import AutoModel, AutoTokenizer

    from lexaug.training.load import load

    code, first = call("publish", adapter, REPO, *GIVEN, "--tag", "v1")
    assert (code, first["state"], first["tag"]) == (0, "published", "v1")
    assert len(hub.repos[REPO].commits) == 2  # the one that makes the repository, and one
    hub.repos[REPO].commits.append(hub.repos[REPO].commits[0])  # the branch goes on: the tag stays
    code, fetched = call("pull", f"{REPO}@v1", "-o", tmp_path / "pulled")
    assert (code, fetched["commit"], fetched["state"]) == (0, first["commit"], "fetched")

    weights = ["adapter_model.safetensors", "characters.safetensors", "head.safetensors"]
    for name in weights:
        assert fingerprint(tmp_path / "pulled" / name) == fingerprint(trained / name)
    tokenizer = AutoTokenizer.from_pretrained(BASE, revision=REVISION)
    base = AutoModel.from_pretrained(BASE, revision=REVISION)
    plain = PeftModel.from_pretrained(base, REPO, revision="v1").eval()
    ours = load(trained)
    inputs = tokenizer("dat busku oaidn .", return_tensors="pt")
    inputs.pop("token_type_ids", None)
    with torch.inference_mode():
        expected, found = ours.model(**inputs).last_hidden_state, plain(**inputs).last_hidden_state
    torch.testing.assert_close(found, expected, rtol=0, atol=1e-6)
    assert expected.abs().max() > 0.1


def test_a_language_and_a_task_adapter_together_as_the_card_says(hub: Hub, package: Path, tmp_path: Path) -> None:
    """The lines of the card, with a task adapter that is LoRA on the same base."""
    import torch
    from peft import LoraConfig, PeftModel, get_peft_model
    from transformers import AutoModel

    base = AutoModel.from_pretrained(BASE, revision=REVISION)
    task = get_peft_model(base, LoraConfig(r=2, target_modules=["query", "value"], init_lora_weights=False))
    task.save_pretrained(tmp_path / "task", save_embedding_layers=False)
    hub.create(REPO, files={path.name: path.read_bytes() for path in package.iterdir()})
    hub.create("you/your-task-adapter", files={path.name: path.read_bytes() for path in (tmp_path / "task").iterdir()})
    card = (package / "README.md").read_text()
    lines = card.split(", in plain peft:\n\n```python\n")[1].split("```")[0]
    names = {"PeftModel": PeftModel, "AutoModel": AutoModel, "base": BASE, "revision": REVISION}

    exec(lines, names)

    both = names["model"].eval()
    ids = torch.tensor([[2, 10, 11, 3]])
    with torch.inference_mode():
        together = both(input_ids=ids).last_hidden_state
        both.base_model.set_adapter(["language"])
        language = both(input_ids=ids).last_hidden_state
        alone = PeftModel.from_pretrained(AutoModel.from_pretrained(BASE, revision=REVISION), str(package)).eval()
        expected = alone(input_ids=ids).last_hidden_state
    assert (together - language).abs().max() > 1e-3
    torch.testing.assert_close(language, expected, rtol=0, atol=1e-6)


def test_a_real_process_with_nothing_but_its_environment(
    hub: Hub, packaged: Path, hub_cache: Path, tmp_path: Path
) -> None:
    """HF_ENDPOINT and HF_TOKEN are all that the command is told; the client reads its settings at import."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "HF_ENDPOINT": hub.address,
        "HF_TOKEN": TOKEN,
        "HF_HUB_CACHE": str(hub_cache),
        "HF_HUB_DISABLE_XET": "1",
        "OMP_NUM_THREADS": "1",
    }
    command = [sys.executable, "-m", "lexaug", "publish", str(packaged), REPO, "--json"]

    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=Path(__file__).parents[2])

    assert done.returncode == 0, done.stderr
    assert TOKEN not in done.stderr
    assert json.loads(done.stdout)["state"] == "published"
    assert TOKEN not in done.stdout
    assert len(hub.repos[REPO].commits) == 2
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and TOKEN.encode() in path.read_bytes()]


def test_a_second_time_there_is_nothing_to_do(hub: Hub, adapter: Path, call) -> None:
    call("publish", adapter, REPO, *GIVEN)
    hub.log.clear()

    code, again = call("publish", adapter, REPO, *GIVEN, "--tag", "v1")

    assert (code, again["state"], again["sent"], again["removed"]) == (0, "unchanged", [], [])
    assert len(hub.repos[REPO].commits) == 2
    assert hub.repos[REPO].tags == {"v1": again["commit"]}
    assert hub.calls("POST", "/commit/") == hub.calls("PUT", "/large/") == 0


def test_what_has_changed_is_sent_in_one_commit_and_what_is_gone_goes(hub: Hub, adapter: Path, call) -> None:
    call("publish", adapter, REPO, *GIVEN)
    hub.repos[REPO].commits[-1].files["notes.txt"] = b"of yesterday"
    keep(adapter, report())
    hub.log.clear()

    code, changed = call("publish", adapter, REPO, *GIVEN)

    assert (code, changed["state"]) == (0, "published")
    assert changed["sent"] == ["README.md", "manifest.json", "metrics.json"]
    assert changed["removed"] == ["notes.txt"]
    assert len(hub.repos[REPO].commits) == 3
    assert hub.calls("PUT", "/large/") == 0
    assert b"helps" in hub.repos[REPO].commits[-1].files["README.md"]


def test_a_published_form_publishes_as_itself(hub: Hub, packaged: Path, call) -> None:
    code, done = call("publish", packaged, REPO)

    assert (code, done["state"]) == (0, "published"), done
    there = hub.repos[REPO].commits[-1].files
    assert {name: content for name, content in there.items() if name != ".gitattributes"} == {
        path.name: path.read_bytes() for path in packaged.iterdir()
    }


def test_a_dry_run_checks_everything_and_asks_nobody(hub: Hub, adapter: Path, call) -> None:
    code, checked = call("publish", adapter, REPO, *GIVEN, "--dry-run")

    assert (code, checked["state"], checked["commit"]) == (0, "checked", "")
    assert "README.md" in checked["sent"]
    assert not [logged for logged in hub.log if BASE not in logged[1]]


def test_a_dry_run_leaves_what_would_be_published_to_look_at(hub: Hub, adapter: Path, tmp_path: Path, call) -> None:
    keep(adapter, report())
    look = tmp_path / "new" / "look"

    code, checked = call("publish", adapter, REPO, *GIVEN, "--dry-run", "-o", look)

    assert (code, checked["output"]) == (0, str(look))
    assert sorted(path.name for path in look.iterdir()) == checked["sent"]
    assert "**Part-of-speech tagging: helps.**" in (look / "README.md").read_text()
    assert call("publish", look, REPO)[0] == 0
    there = hub.repos[REPO].commits[-1].files
    assert all(there[path.name] == path.read_bytes() for path in look.iterdir())


def test_what_lies_at_the_folder_to_look_at_is_let_be(adapter: Path, tmp_path: Path, call) -> None:
    (tmp_path / "look").mkdir()
    (tmp_path / "look" / "mine.txt").touch()

    code, refused = call("publish", adapter, REPO, *GIVEN, "--dry-run", "-o", tmp_path / "look")
    assert (code, refused["error"]["message"]) == (2, "output exists already")
    assert [path.name for path in (tmp_path / "look").iterdir()] == ["mine.txt"]
    code, refused = call("publish", adapter, REPO, *GIVEN, "-o", tmp_path / "other")
    assert (code, "--dry-run" in refused["error"]["hint"]) == (2, True)
    code, refused = call("publish", adapter, REPO, "--dry-run", "-o", tmp_path / "other")  # no licence is given
    assert (code, (tmp_path / "other").exists()) == (2, False)


def test_what_is_no_part_of_the_adapter_is_named_and_stays_here(hub: Hub, adapter: Path, call) -> None:
    for name in ("notes.txt", "LICENSE.md", "README.md"):
        (adapter / name).write_text("---\nmine: yes\n---\n# mine\n", encoding="utf-8")

    code, done = call("publish", adapter, REPO, *GIVEN)

    assert (code, done["state"]) == (0, "published")
    told = {finding["file"]: finding for finding in done["warnings"]}
    assert told.keys() >= {"notes.txt", "LICENSE.md", "README.md"}
    assert all("is not published" in told[name]["message"] for name in ("notes.txt", "LICENSE.md", "README.md"))
    files = hub.repos[REPO].commits[-1].files
    assert not {"notes.txt", "LICENSE.md"} & files.keys()
    assert b"# mine" not in files["README.md"]


@pytest.mark.parametrize("name", ["train.py", "optimizer.pt", "step-100.safetensors", "checkpoints/"])
def test_code_pickles_and_checkpoints_beside_the_adapter_are_refused(hub: Hub, adapter: Path, call, name: str) -> None:
    (adapter / name).mkdir() if name.endswith("/") else shutil.copy(adapter / "head.safetensors", adapter / name)

    code, refused = call("publish", adapter, REPO, *GIVEN)

    assert (code, refused["error"]["kind"]) == (2, "unsafe")
    assert name.strip("/") in refused["error"]["message"]
    assert "take the file out" in refused["error"]["hint"]
    assert REPO not in hub.repos


def test_people_see_names_in_full_and_that_a_dry_run_sent_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    folder = f"adapters/{'x' * 90}"
    made = Published(folder, REPO, "checked", "", None, Changes(("README.md",), ()), 1234, ())

    emit(False, {}, lambda: published_facts(made))
    shown = capsys.readouterr().out
    assert "checked, nothing was sent" in shown
    assert "would be sent" in shown
    emit(False, {}, lambda: published_table([made]))
    for table in (shown, capsys.readouterr().out):
        letters = "".join(letter for letter in table if letter.isalnum() or letter == "/")
        assert "…" not in table
        assert letters.count("x") >= 90


def test_the_pack_that_an_older_adapter_needs_is_named(hub: Hub, adapter: Path, call) -> None:
    manifest = json.loads((adapter / "manifest.json").read_text())
    del manifest["data"]
    (adapter / "manifest.json").write_text(json.dumps(manifest))
    recipe = (adapter / "recipe.toml").read_text()
    (adapter / "recipe.toml").write_text(re.sub(r'(?m)^pack = ".*"$', 'pack = "../gone/sme"', recipe))

    code, refused = call("publish", adapter, REPO, *GIVEN)

    assert code == 2
    assert f"the pack at {adapter / '../gone/sme'} cannot be read" in refused["error"]["message"]
    assert "put the pack there" in refused["error"]["hint"]


def test_a_private_repository_is_seen_by_its_owner_alone(
    hub: Hub, packaged: Path, tmp_path: Path, call, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, _ = call("publish", packaged, REPO, "--private")
    assert code == 0
    assert hub.repos[REPO].private
    assert call("pull", REPO, "-o", tmp_path / "mine")[0] == 0

    monkeypatch.setenv("HF_TOKEN", "hf_boris_token")
    code, other = call("pull", REPO, "-o", tmp_path / "his")
    assert (code, other["error"]["kind"]) == (2, "hub")
    assert "no such repository, or it is private" in other["error"]["message"]
    code, other = call("publish", packaged, "maria/another")
    assert (code, other["error"]["message"]) == (2, "the token does not allow this (HTTP 403)")

    monkeypatch.setenv("HF_TOKEN", "hf_no_such_token")
    code, wrong = call("pull", REPO, "-o", tmp_path / "wrong")
    assert (code, "HTTP 401" in wrong["error"]["message"]) == (2, True)

    monkeypatch.delenv("HF_TOKEN")
    code, nobody = call("pull", REPO, "-o", tmp_path / "nobody")
    assert (code, "HTTP 401" in nobody["error"]["message"]) == (2, True)
    assert "HF_TOKEN" in nobody["error"]["hint"]
    code, nobody = call("publish", packaged, REPO)
    assert (code, nobody["error"]["message"]) == (2, "publishing needs a token, and there is none")
    assert {path.name for path in tmp_path.iterdir()} >= {"mine", "packaged"}
    assert not {path.name for path in tmp_path.iterdir()} & {"his", "wrong", "nobody"}


@pytest.mark.parametrize("token", ["hf_maria_tokèn", "hf_maria_token\udcff"])
def test_a_token_that_can_be_none_is_told_and_not_shown(
    hub: Hub, packaged: Path, call, monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    monkeypatch.setenv("HF_TOKEN", token)

    for arguments in (
        ("pull", REPO),
        ("verify", REPO),
        ("publish", packaged, REPO),
        ("index", "build", REPO, "-o", "x"),
    ):
        code, refused = call(*arguments)
        assert (code, refused["error"]["message"]) == (2, "the token holds letters that no token has")
    assert not hub.log


@pytest.mark.parametrize("address", ["nonsense", "ftp://hub", "http://[::1", "https://", "https://maria:secret@hub"])
def test_a_hub_that_can_be_none_is_told(call, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("HF_ENDPOINT", address)

    code, refused = call("pull", REPO)

    assert (code, refused["error"]["message"]) == (2, "HF_ENDPOINT is no plain address of a hub")
    assert "secret" not in json.dumps(refused)


def test_what_is_tagged_does_not_change(hub: Hub, adapter: Path, call) -> None:
    call("publish", adapter, REPO, *GIVEN, "--tag", "v1")
    keep(adapter, report())

    code, refused = call("publish", adapter, REPO, *GIVEN, "--tag", "v1")

    assert (code, "'v1' stands at another commit" in refused["error"]["message"]) == (2, True)
    assert len(hub.repos[REPO].commits) == 2


def test_somebody_elses_model_is_not_replaced(hub: Hub, packaged: Path, call) -> None:
    hub.create(REPO, files={"model.safetensors": b"precious"})

    code, refused = call("publish", packaged, REPO)
    assert (code, "did not publish" in refused["error"]["message"]) == (2, True)
    assert len(hub.repos[REPO].commits) == 1
    assert call("publish", packaged, REPO, "--private")[0] == 2
    code, forced = call("publish", packaged, REPO, "--force")
    assert (code, forced["removed"]) == (0, ["model.safetensors"])


def test_an_adapter_that_harms_is_published_by_force_alone_and_says_so(hub: Hub, adapter: Path, call) -> None:
    keep(adapter, report("harms"))

    code, refused = call("publish", adapter, REPO, *GIVEN)
    assert (code, "the adapter harms" in refused["error"]["message"]) == (2, True)
    assert REPO not in hub.repos
    code, forced = call("publish", adapter, REPO, *GIVEN, "--force")
    assert (code, forced["warnings"][0]["kind"]) == (0, "harms")
    card = hub.repos[REPO].commits[-1].files["README.md"].decode()
    assert "**Part-of-speech tagging: harms.**" in card
    assert "value: -4.25" in card


def test_many_at_once_with_a_summary(hub: Hub, adapter: Path, tmp_path: Path, call) -> None:
    many = tmp_path / "many"
    for name in ("one", "two", "three"):
        shutil.copytree(adapter, many / name)
    keep(many / "three", report("harms"))
    (many / "notes").mkdir()

    code, summary = call("publish", "--all", many, *GIVEN)

    assert (code, summary["published"], summary["refused"]) == (1, 2, 1)
    assert [entry.get("repository") for entry in summary["adapters"]] == ["maria/one", None, "maria/two"]
    assert "harms" in summary["adapters"][1]["error"]["message"]
    code, summary = call("publish", "--all", many, "maria", *GIVEN, "--force")
    assert (code, [entry["state"] for entry in summary["adapters"]]) == (0, ["unchanged", "published", "unchanged"])


def test_mistakes_about_many_are_told_and_a_dry_run_shows_all(hub: Hub, adapter: Path, tmp_path: Path, call) -> None:
    many = tmp_path / "many"
    shutil.copytree(adapter, many / "one")
    (many / "notes").mkdir()
    for place, says in (
        (many / "notes", "holds no adapter folders"),
        (many / "nowhere", "no such folder"),
        (many / "one", "is an adapter itself"),
    ):
        code, refused = call("publish", "--all", place, *GIVEN)
        assert (code, refused["error"]["message"]) == (2, says)
    for owner in ("maria/one", "a b", "mаria"):
        code, refused = call("publish", "--all", many, owner, *GIVEN)
        assert (code, refused["error"]["message"]) == (2, f"{owner!r} can be no owner on the hub")
    assert call("publish", "--all", many, "maria", "--tag", "a b", *GIVEN)[0] == 2
    assert call("publish", "--all", many, "maria", *GIVEN, "--dry-run", "-o", tmp_path / "look")[0] == 0
    assert (tmp_path / "look" / "one" / "README.md").is_file()
    assert not hub.calls("POST", "/")


def test_what_another_command_published_meanwhile_is_not_told_as_sent(
    hub: Hub, packaged: Path, call, monkeypatch: pytest.MonkeyPatch
) -> None:
    call("publish", packaged, REPO)
    monkeypatch.setattr("lexaug.hub.publish.find_repository", lambda api, name: None)  # it was not there yet

    code, done = call("publish", packaged, REPO)

    assert (code, done["state"], done["sent"]) == (0, "unchanged", [])


REFUSED = [
    (
        (REPO,),
        "nobody may give on what was made of sources without a known licence",
        "--source-licence tiny.conllu=SPDX",
    ),
    ((REPO, "--source-licence", "CC-BY-NC-4.0", "--tag", "a b"), "can be no tag", "v1.0"),
    ((REPO, "--source-licence", "other.conllu=MIT"), "is no English source", "tiny.conllu"),
    ((REPO, "--source-licence", "CC BY"), "unknown licence 'CC BY'", "CC-BY-4.0"),
    ((REPO, "--source-licence", "=MIT"), "is not usable", "FILE=SPDX"),
    (("maria", *GIVEN), "is no name of the form owner/name", "OWNER/NAME"),
    (("maria/a b", *GIVEN), "is no name of the form owner/name", "OWNER/NAME"),
    (("maria/..", *GIVEN), "is no name of the form owner/name", "OWNER/NAME"),
    ((), "no repository is named", "OWNER/NAME"),
]


@pytest.mark.parametrize(("arguments", "says", "hint"), REFUSED, ids=[says for _, says, _ in REFUSED])
def test_a_mistake_is_told_before_anything_is_sent(
    hub: Hub, adapter: Path, call, arguments: tuple[str, ...], says: str, hint: str
) -> None:
    code, refused = call("publish", adapter, *arguments)

    assert code == 2
    assert says in refused["error"]["message"]
    assert hint in refused["error"]["hint"]
    assert not [path for method, path, _ in hub.log if method in ("POST", "PUT")]


SPOILT = [
    ("adapter_config.json", {"base_model_name_or_path": "/home/maria/encoder"}, "a folder of this machine"),
    ("adapter_config.json", {"base_model_name_or_path": "../encoder"}, "a folder of this machine"),
    ("adapter_config.json", {"revision": "main"}, "the commit of the base model"),
    ("manifest.json", {"data": [{"kind": "lexicon"}]}, "does not describe its sources"),
    ("manifest.json", {"backbone": 3}, ""),
]


@pytest.mark.parametrize(("file", "change", "says"), SPOILT, ids=[f"{file} {change}" for file, change, _ in SPOILT])
def test_what_nobody_else_could_use_is_refused(
    hub: Hub, adapter: Path, call, file: str, change: dict, says: str
) -> None:
    content = json.loads((adapter / file).read_text())
    (adapter / file).write_text(json.dumps({**content, **change}))
    if file == "adapter_config.json":
        manifest = json.loads((adapter / "manifest.json").read_text())
        manifest["files"][file] = fingerprint(adapter / file)
        (adapter / "manifest.json").write_text(json.dumps(manifest))

    code, refused = call("publish", adapter, REPO, *GIVEN)

    assert code == 2
    assert says in refused["error"]["message"]
    assert refused["error"]["hint"]
    assert REPO not in hub.repos


def test_no_place_of_this_machine_is_published(package: Path, tmp_path: Path, trained: Path) -> None:
    from lexaug.recipe import Recipe

    places = {str(tmp_path.parents[i]) for i in range(2)} | {str(trained.parent), "../"}
    for path in package.glob("*.[jtm][sod]*"):
        assert not [place for place in places if place in path.read_text()], path
    published = Recipe.load(package / "recipe.toml")
    assert published.hash == Recipe.load(trained / "recipe.toml").hash
    manifest = json.loads((package / "manifest.json").read_text())
    assert f"# tiny.conllu: SHA-256 {manifest['sources'][0]['sha256']}" in (package / "recipe.toml").read_text()
    assert [entry["licence"] for entry in manifest["data"]] == ["CC-BY-4.0", ENGLISH]
    assert manifest["licence"] == ENGLISH


def test_an_inflector_is_published_by_name_and_hash(adapter: Path) -> None:
    from dataclasses import replace

    from lexaug.hub.folder import read_adapter_folder
    from lexaug.hub.published import published_recipe

    folder = read_adapter_folder(adapter)
    synthesis = {**folder.recipe["synthesis"], "inflector": "../../place/of mine/sme"}
    chosen = {"chosen": {"name": "sme", "sha256": "ab" * 32}, "trust": {}}
    named = replace(
        folder, recipe={**folder.recipe, "synthesis": synthesis}, manifest={**folder.manifest, "inflector": chosen}
    )
    text = published_recipe(named, [])
    assert 'inflector = "./sme"' in text
    assert f"# sme: SHA-256 {'ab' * 32}" in text
    assert "of mine" not in text
