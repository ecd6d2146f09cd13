"""A run learns, stops, and continues where it was killed."""

import multiprocessing
import os
import signal

import numpy as np
import pytest

from lexaug.errors import StateError
from lexaug.training.backbone import hash_weights, load_backbone
from lexaug.training.optimiser import Rates


def _run(tiny, backbone_folder, folder, kill_at, **plan):
    """Run to the end, or until the process kills itself as `kill -9` would."""

    def progress(event):
        if event.step == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    loop = tiny.loop(load_backbone(str(backbone_folder)), folder, progress=progress, **plan)
    loop.run()
    (folder / "hash").write_text(tiny.weights_hash(loop._student))


def _in_a_process(*arguments, **plan) -> int:
    process = multiprocessing.get_context("fork").Process(target=_run, args=arguments, kwargs=plan)
    process.start()
    process.join(60)
    return process.exitcode


def test_killed_three_times_ends_in_the_weights_of_an_unbroken_run(tiny, tiny_folder, tmp_path):
    whole, broken = tmp_path / "whole", tmp_path / "broken"
    whole.mkdir()
    broken.mkdir()
    _run(tiny, tiny_folder, whole, kill_at=-1, checkpoint_seconds=1e9)
    steps = sorted(np.random.default_rng().choice(range(1, 12), 3, replace=False).tolist())

    for step in steps:
        assert _in_a_process(tiny, tiny_folder, broken, step) == -signal.SIGKILL, steps
    assert _in_a_process(tiny, tiny_folder, broken, -1) == 0, steps

    assert (broken / "hash").read_text() == (whole / "hash").read_text(), steps


def test_two_processes_end_in_one_result_and_survive_a_kill_as_one_does(tiny, tiny_folder, tmp_path):
    folders = [tmp_path / name for name in ("once", "again", "broken")]
    for folder in folders:
        folder.mkdir()
    once, again, broken = folders
    for folder in (once, again):
        assert _in_a_process(tiny, tiny_folder, folder, -1, workers=2) == 0
    assert _in_a_process(tiny, tiny_folder, broken, 4, workers=2) == -signal.SIGKILL
    assert _in_a_process(tiny, tiny_folder, broken, -1, workers=2) == 0

    assert len({(folder / "hash").read_text() for folder in folders}) == 1


def test_training_learns_and_leaves_the_base_alone(tiny, backbone, tmp_path):
    before = backbone.weights_hash
    loop = tiny.loop(backbone, tmp_path, passes=4)
    first = loop._dev.score(loop._student)

    position = loop.run()

    assert position.best > first + 20
    assert loop._dev.score(loop._student) == position.best
    assert hash_weights(backbone.model) == before


def test_stops_when_dev_gets_no_better(tiny, backbone, tmp_path):
    from lexaug.training.optimiser import Rates

    position = tiny.loop(backbone, tmp_path, passes=9, patience=2, rates=Rates(0, 0, 0, 0)).run()

    assert position.passes == 3
    assert position.stopped


def test_minutes_become_steps_once(tiny, backbone, tmp_path):
    position = tiny.loop(backbone, tmp_path, passes=50, minutes=1e-9).run()

    assert position.planned_steps == 20
    assert 20 <= position.step <= 21


def test_without_a_whole_checkpoint_there_is_no_going_on(tiny, tiny_folder, tmp_path):
    tiny.loop(load_backbone(str(tiny_folder)), tmp_path).run()
    for weights in (tmp_path / "checkpoints").glob("*.safetensors"):
        weights.write_bytes(weights.read_bytes()[:-9])

    with pytest.raises(StateError, match="no checkpoint of this run is whole"):
        tiny.loop(load_backbone(str(tiny_folder)), tmp_path).run()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_run_that_diverges_stops_and_leaves_no_checkpoint(tiny, backbone, tmp_path, workers):
    run = tiny.loop(backbone, tmp_path, rates=Rates(1e30, 1e30, 1e30, 1e30), workers=workers)

    with pytest.raises(StateError, match=r"diverged: .* at step \d"):
        run.run()

    assert not (tmp_path / "checkpoints").exists()
