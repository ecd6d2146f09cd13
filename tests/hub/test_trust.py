"""What comes from elsewhere is hostile until checked: one sound adapter passes, each spoilt copy of it does not."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hostile import HOSTILE, edit, put
from hub_world import BASE

from lexaug.errors import MissingError, UnsafeError
from lexaug.hub.trust import BaseShape, check_listing, examine, examine_name, require_trusted

CARD = f"""---
language: se
license: cc-by-4.0
library_name: peft
base_model: {BASE}
base_model_relation: adapter
---
# North Sámi

See <https://example.org/> or ask <somebody@example.org>. Scores: 3 < 4, and `a<b`.

<details><summary>Figures</summary>

| a | b |
|---|---|
| 1 | 2 |

</details>
"""


@pytest.fixture(scope="session")
def published(trained: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The trained adapter as it would be published: look, do not touch."""
    folder = tmp_path_factory.mktemp("published") / "adapter"
    shutil.copytree(trained, folder)
    (folder / "README.md").write_text(CARD)
    recipe = re.sub(r'"[^"\n]*/([^"/\n]+)"', r'"\1"', (folder / "recipe.toml").read_text())
    (folder / "recipe.toml").write_text(recipe)
    return folder


@pytest.fixture
def copy(published: Path, tmp_path: Path) -> Path:
    """A copy to spoil."""
    folder = tmp_path / "adapter"
    shutil.copytree(published, folder)
    return folder


def test_a_sound_adapter_passes(published: Path) -> None:
    assert examine(published, repo="lexaug-tests/sme") == ()
    assert require_trusted(published) == ()


def test_ones_own_adapter_may_lack_a_card_and_name_a_folder(trained: Path, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    shutil.copytree(trained, folder)
    edit("adapter_config.json", base_model_name_or_path="/home/me/encoder", revision=None)(folder)
    put("notes.txt", "mine")(folder)

    (warning,) = require_trusted(folder, published=False)

    assert (warning.file, warning.refused) == ("notes.txt", False)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_adapter_is_refused_with_its_reason(copy: Path, name: str) -> None:
    change, kind, reason = HOSTILE[name]
    change(copy)

    findings = examine(copy)

    told = [finding for finding in findings if finding.kind == kind and re.search(reason, finding.message)]
    assert told, [str(finding) for finding in findings]
    assert all(finding.refused and finding.hint for finding in told)
    with pytest.raises(UnsafeError) as caught:
        require_trusted(copy)
    assert str(caught.value).startswith(str(copy))
    assert caught.value.hint


OWN_TOO = ("pickle", "code", "header", "values", "shape", "link", "device", "count", "size", "unreadable", "markup")


@pytest.mark.parametrize("name", [name for name, (_, kind, _) in HOSTILE.items() if kind in OWN_TOO])
def test_what_is_dangerous_is_refused_in_ones_own_adapter_too(copy: Path, name: str) -> None:
    HOSTILE[name][0](copy)

    with pytest.raises(UnsafeError):
        require_trusted(copy, published=False)


def test_the_number_of_findings_is_told(copy: Path) -> None:
    HOSTILE["auto_map"][0](copy)
    HOSTILE["licence mismatch"][0](copy)

    with pytest.raises(UnsafeError, match=r"names code to import \(and 1 more finding\)"):
        require_trusted(copy)


def test_the_measures_of_the_backbone_are_held_against_the_weights(published: Path) -> None:
    assert examine(published, base=BaseShape(16, 2, 70, 32)) == ()
    for other in (
        BaseShape(32, 2, 70, 32),
        BaseShape(16, 1, 70, 32),
        BaseShape(16, 2, 20, 32),
        BaseShape(16, 2, 70, 8),
    ):
        assert any(finding.kind == "shape" for finding in examine(published, base=other))


def test_a_known_backbone_has_known_measures(copy: Path) -> None:
    for name in ("adapter_config.json", "README.md"):
        path = copy / name
        path.write_text(path.read_text().replace(BASE, "intfloat/multilingual-e5-small"))

    assert "384" in " ".join(finding.message for finding in examine(copy))


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("lexaug/sme-\u0430dapter", "several scripts"),
        ("lexaug/\u0441\u043c\u0435", "letters that the Hub's names cannot have"),
        ("intfIoat/multilingual-e5-small", "looks like 'intfloat/multilingual-e5-small'"),
        ("intfloat/rnultilingual-e5-small", "looks like 'intfloat/multilingual-e5-small'"),
    ],
)
def test_a_name_that_deceives_the_eye_gives_a_warning(name: str, says: str) -> None:
    findings = examine_name(name)

    assert any(says in finding.message and not finding.refused for finding in findings)


@pytest.mark.parametrize("name", ["a", "a/b/c", "../a", "a/..", "-a/b", "a/b\n", "a//b", "http://a/b"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    assert any(finding.refused for finding in examine_name(name))


def test_plain_names_pass() -> None:
    assert examine_name("lexaug/sme-e5-small") == examine_name("intfloat/multilingual-e5-small") == ()


def test_a_backbone_that_looks_like_another_gives_a_warning(copy: Path) -> None:
    for name in ("adapter_config.json", "README.md", "manifest.json"):
        (copy / name).write_text((copy / name).read_text().replace(BASE, "intfIoat/multilingual-e5-small"))

    (warning,) = require_trusted(copy)

    assert "looks like 'intfloat/multilingual-e5-small'" in warning.message


LISTED = [
    "../x",
    "a/../../x",
    "/etc/passwd",
    "C:\\x",
    "..\\x",
    "~/x",
    "sub/x.json",
    "aux.json",
    "a\x00b",
    "x" * 200,
    "..",
]


@pytest.mark.parametrize("name", LISTED)
def test_a_repository_that_offers_an_odd_name_is_refused_before_it_is_fetched(name: str) -> None:
    (finding,) = check_listing([("adapter_config.json", 10), (name, 10)])

    assert (finding.kind, finding.refused) == ("name", True)


def test_a_listing_of_too_many_bytes_is_refused() -> None:
    assert {finding.kind for finding in check_listing([("adapter_model.safetensors", 5 << 30)])} == {"size"}


def test_no_folder_and_a_link_to_one_are_told(published: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(published)

    for name, says in (("none", "no such folder"), ("link", "is a symbolic link")):
        with pytest.raises(MissingError, match=says):
            examine(tmp_path / name)


def test_findings_go_out_as_json(copy: Path) -> None:
    HOSTILE["labels that steer"][0](copy)

    text = json.dumps([finding.as_json() for finding in examine(copy)])

    assert "\\u001b" not in text


def test_nothing_is_loaded_to_examine(published: Path) -> None:
    code = f"""
import sys
from pathlib import Path
from lexaug.hub.trust import examine
assert examine(Path({str(published)!r})) == ()
assert not {{"torch", "peft", "transformers", "safetensors"}} & set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True)
