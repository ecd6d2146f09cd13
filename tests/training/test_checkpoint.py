"""Checkpoints are whole or do not count."""

import pytest
import torch

from lexaug.errors import StateError
from lexaug.training.checkpoint import read_checkpoint, write_checkpoint


def _write(folder, *steps):
    for step in steps:
        write_checkpoint(folder, {"a": torch.full((3,), float(step))}, {"step": step})


def test_the_newest_comes_back_and_two_are_kept(tmp_path):
    _write(tmp_path, 1, 2, 10)

    checkpoint = read_checkpoint(tmp_path)

    assert checkpoint.position == {"step": 10}
    assert checkpoint.tensors["a"].tolist() == [10.0] * 3
    assert len(list(tmp_path.iterdir())) == 4


def test_before_the_first_there_is_none(tmp_path):
    assert read_checkpoint(tmp_path) is None


def test_tensors_without_a_position_do_not_count(tmp_path):
    _write(tmp_path, 1, 2)
    (tmp_path / "00000002.json").unlink()

    assert read_checkpoint(tmp_path).position == {"step": 1}


def test_tensors_left_by_a_kill_are_cleared_away_and_overwrite_nothing(tmp_path):
    _write(tmp_path, 5)
    (tmp_path / "00000002.safetensors").write_bytes(b"cut off")

    assert read_checkpoint(tmp_path).position == {"step": 5}
    _write(tmp_path, 5)
    assert sorted(path.name for path in tmp_path.glob("*.json")) == ["00000001.json", "00000003.json"]
    assert len(list(tmp_path.iterdir())) == 4


@pytest.mark.parametrize("suffix", [".json", ".safetensors"])
def test_a_damaged_one_falls_back_to_its_predecessor(tmp_path, suffix):
    _write(tmp_path, 1, 2)
    damaged = tmp_path / f"00000002{suffix}"
    damaged.write_bytes(damaged.read_bytes()[:-5])

    assert read_checkpoint(tmp_path).position == {"step": 1}


def test_none_whole_is_an_error_with_a_remedy(tmp_path):
    _write(tmp_path, 1, 2)
    for path in tmp_path.glob("*.safetensors"):
        content = bytearray(path.read_bytes())
        content[-1] ^= 1
        path.write_bytes(bytes(content))

    with pytest.raises(StateError, match="remove this folder"):
        read_checkpoint(tmp_path)
