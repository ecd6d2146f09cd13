"""A real adapter on a tiny backbone that lies in a Hub cache of the tests' own, and a copy of it to spoil."""

import json
import shutil
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hub_world import BASE, ENGLISH, PACK, REPO, REVISION, TOKEN, keep, report
from huggingface_hub import constants, hf_api
from loopback import Hub
from loopback_http import serving


@pytest.fixture(scope="session")
def hub_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Hub cache that holds the tiny backbone."""
    import tiny

    cache = tmp_path_factory.mktemp("hub-cache")
    tiny.write_backbone(_snapshot(cache))
    model = _snapshot(cache).parents[1]
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
    from tiny_world import RECIPE, make_trained

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


@pytest.fixture
def hub(hub_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """A hub on this machine that the client talks to, as its user maria; pauses between attempts are not waited for.

    It has the tiny backbone, so that everything that looks for a model finds what there is and nothing else.
    """
    state = Hub()
    base = state.create(BASE, files={f.name: f.read_bytes() for f in _snapshot(hub_cache).iterdir()})
    base.commits[0].oid = REVISION
    with serving(state):
        monkeypatch.setenv("HF_ENDPOINT", state.address)
        monkeypatch.setenv("HF_TOKEN", TOKEN)
        template = state.address + "/{repo_id}/resolve/{revision}/{filename}"
        for name, value in {
            "ENDPOINT": state.address,
            "HUGGINGFACE_CO_URL_TEMPLATE": template,
            "HF_HUB_OFFLINE": False,
            "HF_HUB_DISABLE_XET": True,
            "HF_TOKEN_PATH": str(tmp_path / "no-token"),
        }.items():
            monkeypatch.setattr(constants, name, value)
        if "transformers" in sys.modules:
            monkeypatch.setattr(sys.modules["transformers"].utils.hub, "_hf_api", None)
        monkeypatch.setattr(hf_api.api, "endpoint", state.address)
        waits: list[float] = []
        really = time.sleep
        monkeypatch.setattr(time, "sleep", lambda seconds: waits.append(seconds) or really(min(seconds, 0.01)))
        state.waits = waits
        yield state


def _snapshot(cache: Path) -> Path:
    return cache / f"models--{BASE.replace('/', '--')}" / "snapshots" / REVISION


@pytest.fixture(scope="session")
def package(trained: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The adapter as it is published, with an evaluation: look, do not touch."""
    from lexaug.hub.bench import Bench
    from lexaug.hub.folder import read_adapter_folder
    from lexaug.hub.package import build_package

    folder = tmp_path_factory.mktemp("measured") / "adapter"
    shutil.copytree(trained, folder)
    keep(folder, report())
    made = build_package(
        read_adapter_folder(folder), folder.parent / "package", REPO, load=Bench().load, source_licences={"": ENGLISH}
    )
    return made.path


@pytest.fixture
def packaged(package: Path, tmp_path: Path) -> Path:
    """A copy of the published form to change."""
    folder = tmp_path / "packaged"
    shutil.copytree(package, folder)
    return folder


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, dict]]:
    """Run a command line with --json; give its exit code and its one object. No token may be seen in what it prints."""
    from lexaug.cli import run

    def made(*arguments: object) -> tuple[int, dict]:
        capsys.readouterr()
        code = run([*map(str, arguments), "--json"])
        printed = capsys.readouterr()
        assert TOKEN not in printed.out + printed.err
        assert "Traceback" not in printed.err, printed.err
        return code, json.loads(printed.out)

    return made
