"""One process, one recipe, one output."""

import multiprocessing

import pytest

from lexaug.errors import StateError
from lexaug.files import write_json
from lexaug.training.workplace import finished, state_folder, workplace


def _try(output, queue):
    try:
        with workplace(output, "a"):
            queue.put("held")
    except StateError as fault:
        queue.put(str(fault))


def test_a_second_process_is_refused(tmp_path):
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    with workplace(tmp_path / "out", "a"):
        process = context.Process(target=_try, args=(tmp_path / "out", queue))
        process.start()
        answer = queue.get(timeout=20)
        process.join()

    assert "another training (process " in answer


def test_the_same_run_comes_back(tmp_path):
    for _ in range(2):
        with workplace(tmp_path / "out", "a") as folder:
            assert folder == state_folder(tmp_path / "out")


def test_another_recipe_is_refused(tmp_path):
    with workplace(tmp_path / "out", "a"):
        pass

    with pytest.raises(StateError, match="unfinished training of another recipe"), workplace(tmp_path / "out", "b"):
        pass


@pytest.mark.parametrize(
    ("fault", "checkpoint", "kept"),
    [(ValueError, False, False), (ValueError, True, True), (KeyboardInterrupt, False, True)],
)
def test_an_error_before_the_first_checkpoint_leaves_nothing(tmp_path, fault, checkpoint, kept):
    with pytest.raises(fault), workplace(tmp_path / "out", "a") as folder:
        if checkpoint:
            write_json(folder / "checkpoints" / "00000001.json", {})
        raise fault

    assert state_folder(tmp_path / "out").exists() == kept


def test_a_finished_output_is_known_by_its_manifest(tmp_path):
    output = tmp_path / "out"
    assert not finished(output, "a")
    output.mkdir()
    assert not finished(output, "a")
    write_json(output / "manifest.json", {"identity": "a"})

    assert finished(output, "a")
    with pytest.raises(StateError, match="adapter of another recipe"):
        finished(output, "b")


def test_a_folder_with_other_things_is_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")

    with pytest.raises(StateError, match="something else than an adapter"):
        finished(tmp_path, "a")
