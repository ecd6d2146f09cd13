"""A real adapter on a tiny backbone that lies in a Hub cache of the tests' own, and a copy of it to spoil."""

import shutil
from pathlib import Path

import pytest
import tiny
from hub_world import BASE, PACK, REVISION
from huggingface_hub import constants
from tiny_world import RECIPE, make_trained


@pytest.fixture(scope="session")
def hub_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Hub cache that holds the tiny backbone."""
    cache = tmp_path_factory.mktemp("hub-cache")
    model = cache / f"models--{BASE.replace('/', '--')}"
    tiny.write_backbone(model / "snapshots" / REVISION)
    (model / "refs").mkdir()
    (model / "refs" / "main").write_text(REVISION, encoding="utf-8")
    return cache


@pytest.fixture(autouse=True, scope="session")
def _own_cache(hub_cache: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(constants, "HF_HUB_CACHE", str(hub_cache))
        yield


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory, _own_cache: None) -> Path:
    """A pack, English sentences, and `adapter`, trained from them on the tiny backbone: look, do not touch."""
    recipe = RECIPE.replace('"./backbone"', f'"{BASE}"')
    return make_trained(tmp_path_factory.mktemp("world"), {"pack/pack.toml": PACK, "recipe.toml": recipe})


@pytest.fixture(scope="session")
def trained(world: Path) -> Path:
    """The adapter folder as `lexaug train` wrote it: look, do not touch."""
    return world / "adapter"


@pytest.fixture
def adapter(trained: Path, tmp_path: Path) -> Path:
    """A copy of the adapter folder to change."""
    folder = tmp_path / "adapter"
    shutil.copytree(trained, folder)
    return folder
