"""Publishing and fetching over the real client and a hub on this machine."""

import json
from pathlib import Path

import pytest
from hub_world import TOKEN
from loopback import Hub

from lexaug.cli import run

REPO = "maria/tiny-sme"
ENGLISH = "CC-BY-SA-4.0"


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]):
    """Run a command line with --json; give its exit code and its one object."""

    def made(*arguments: object) -> tuple[int, dict]:
        capsys.readouterr()
        code = run([*map(str, arguments), "--json"])
        printed = capsys.readouterr()
        assert TOKEN not in printed.out + printed.err
        assert "Traceback" not in printed.err, printed.err
        return code, json.loads(printed.out)

    return made


def test_the_whole_way(hub: Hub, adapter: Path, tmp_path: Path, call) -> None:
    code, first = call("publish", adapter, REPO, "--source-licence", ENGLISH, "--tag", "v1")
    assert code == 0, first
    code, again = call("publish", adapter, REPO, "--source-licence", ENGLISH, "--tag", "v1")
    assert (code, again["state"]) == (0, "unchanged"), again
    code, pulled = call("pull", f"{REPO}@v1", "-o", tmp_path / "pulled")
    assert code == 0, pulled
    code, verified = call("verify", tmp_path / "pulled")
    assert code == 0
