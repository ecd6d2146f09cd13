"""Files are read line by line with exact places for faults, and written whole or not at all."""

import json
import pickle
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import save_file

from lexaug.errors import FormatError, LexaugError, MissingError, StateError, UnsafeError
from lexaug.files import (
    MAX_LINE_BYTES,
    atomic_file,
    atomic_folder,
    fingerprint,
    fingerprint_json,
    inside,
    read_lines,
    require_file_place,
    require_place,
    write_json,
)


def write(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_byte_order_mark_crlf_and_decomposed_text_are_accepted(tmp_path: Path) -> None:
    file = write(tmp_path / "a.tsv", "\ufeffa\tc\u030c\r\nb\n".encode())
    assert list(read_lines(file)) == [(1, "a\tč"), (2, "b")]


def test_invalid_byte_is_named_with_line_and_column(tmp_path: Path) -> None:
    file = write(tmp_path / "a.tsv", "č\nčá".encode() + b"\xff\n")
    with pytest.raises(FormatError) as fault:
        list(read_lines(file))
    assert (fault.value.line, fault.value.column) == (2, 3)
    assert "0xff" in fault.value.message


def test_a_zero_byte_is_no_text(tmp_path: Path) -> None:
    file = write(tmp_path / "a.tsv", b"dog\tgo\n" + "dog\tgo\n".encode("utf-16-le"))
    with pytest.raises(FormatError) as fault:
        list(read_lines(file))
    assert (fault.value.line, fault.value.column) == (2, 2)
    assert "0x00" in fault.value.message


def test_endless_line_is_refused(tmp_path: Path) -> None:
    file = write(tmp_path / "a.tsv", b"ok\n" + b"x" * (MAX_LINE_BYTES + 1))
    with pytest.raises(FormatError) as fault:
        list(read_lines(file))
    assert fault.value.line == 2


@pytest.mark.parametrize("make", [lambda p: p / "none", lambda p: p])
def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path, make) -> None:
    with pytest.raises(MissingError):
        list(read_lines(make(tmp_path)))


@pytest.mark.skipif(not Path("/proc/self/mem").is_file(), reason="needs a file that is there and cannot be read")
@pytest.mark.parametrize("read", [lambda path: list(read_lines(path)), fingerprint])
def test_a_file_that_the_system_does_not_give_is_named(read) -> None:
    with pytest.raises(MissingError, match="cannot be read") as caught:
        read(Path("/proc/self/mem"))
    assert caught.value.file == "/proc/self/mem"


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a/../../x", "link"])
def test_a_path_that_leaves_its_folder_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "link").symlink_to("/etc")
    with pytest.raises(UnsafeError):
        inside(tmp_path, name)


def test_a_failed_write_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    target = write(tmp_path / "a", b"old")
    with pytest.raises(RuntimeError), atomic_file(target) as temporary:
        temporary.write_text("new")
        raise RuntimeError
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_is_followed_and_what_is_no_plain_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "file")
    (tmp_path / "device").symlink_to("/dev/null")
    with atomic_file(tmp_path / "link") as temporary:
        temporary.write_text("new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_text() == "new"
    for name in ("device", "."):
        with pytest.raises(StateError, match="no plain file"), atomic_file(tmp_path / name):
            pass
    assert (tmp_path / "device").is_symlink()


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="No space left"), atomic_folder(tmp_path / "out") as folder:
        with (folder / "part").open("w") as stream:
            stream.write("x")
        Path("/dev/full").write_text("x" * 100_000)
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_understood_from_libraries_that_do_not_raise_os_errors(tmp_path: Path) -> None:
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limits[1]))
    try:
        with (
            pytest.raises(StateError, match="could not be written: File too large"),
            atomic_folder(tmp_path / "out") as it,
        ):
            save_file({"a": numpy.zeros(1000)}, it / "a.safetensors")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, handler)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_content_is_not_overwritten(tmp_path: Path) -> None:
    write(tmp_path / "keep", b"x")
    with pytest.raises(StateError), atomic_folder(tmp_path):
        pass
    assert (tmp_path / "keep").read_bytes() == b"x"


def test_a_finished_folder_appears_whole(tmp_path: Path) -> None:
    with atomic_folder(tmp_path / "deep" / "out") as folder:
        write_json(folder / "a.json", {"č": 1})
    assert json.loads((tmp_path / "deep" / "out" / "a.json").read_text()) == {"č": 1}


def test_what_is_written_is_readable_as_far_as_the_umask_allows(tmp_path: Path) -> None:
    write(tmp_path / "plain", b"x")
    write_json(tmp_path / "a.json", 1)
    with atomic_folder(tmp_path / "out") as folder:
        write(folder / "closed", b"x").chmod(0o600)
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "plain", tmp_path / "a.json", tmp_path / "out/closed")}
    assert len(modes) == 1


@given(st.dictionaries(st.text(), st.integers()))
def test_the_fingerprint_of_json_does_not_depend_on_key_order(value: dict[str, int]) -> None:
    assert fingerprint_json(value) == fingerprint_json(dict(reversed(value.items())))


def test_an_error_keeps_its_place_across_processes() -> None:
    fault = FormatError("bad row", file="a.tsv", line=3, column=2, hint="mend it")
    again = pickle.loads(pickle.dumps(fault))
    assert isinstance(again, LexaugError)
    assert str(again) == "a.tsv:3:2: bad row (mend it)" == str(fault)
    assert again.as_json() == {"kind": "format", "message": "bad row", "file": "a.tsv", "line": 3, "hint": "mend it"}


WRITER = """
import sys, time
from pathlib import Path
from lexaug.files import atomic_file, atomic_folder

kind, path = sys.argv[1], Path(sys.argv[2])
with (atomic_folder if kind == "folder" else atomic_file)(path) as temporary:
    (temporary / "half" if kind == "folder" else temporary).write_text("half of it")
    print("writing", flush=True)
    time.sleep(600)
"""


@pytest.fixture(params=["folder", "file"])
def writer(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen]]:
    """A process that has written half of `tmp_path / "out"` and goes on writing."""
    command = [sys.executable, "-c", WRITER, request.param, str(tmp_path / "out")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "writing\n"
        yield request.param, process
        process.kill()


def write_out(kind: str, path: Path) -> None:
    if kind == "file":
        write_json(path, {})
    else:
        with atomic_folder(path) as folder:
            write_json(folder / "a.json", {})


def test_what_a_killed_process_left_is_cleared_by_the_next(tmp_path: Path, writer) -> None:
    kind, process = writer
    process.kill()
    process.wait()
    assert [path.suffix for path in tmp_path.iterdir()] == [".part"]

    write_out(kind, tmp_path / "out")

    assert list(tmp_path.iterdir()) == [tmp_path / "out"]


def test_what_a_living_process_writes_is_left_alone(tmp_path: Path, writer) -> None:
    kind, _ = writer
    (before,) = tmp_path.iterdir()

    write_out(kind, tmp_path / "out")

    assert set(tmp_path.iterdir()) == {before, tmp_path / "out"}
    assert [path.read_text() for path in before.iterdir()] == ["half of it"]


def test_only_temporary_files_of_the_same_name_are_cleared(tmp_path: Path) -> None:
    kept = [".out2.0123abcd.part", ".out.part", "out.0123abcd.part", ".out.0123abcd.part.txt", ".xout.0123abcd.part"]
    for name in (*kept, ".out.0123abcd.part"):
        write(tmp_path / name, b"x")

    write_json(tmp_path / "out", 1)

    assert {path.name for path in tmp_path.iterdir()} == {*kept, "out"}


def test_a_folder_that_appeared_in_the_meantime_is_not_overwritten(tmp_path: Path) -> None:
    with pytest.raises(StateError, match="exists already"), atomic_folder(tmp_path / "out"):
        write_out("folder", tmp_path / "out")
    assert [path.name for path in tmp_path.rglob("*")] == ["out", "a.json"]


def test_a_place_is_tried_before_work_is_spent_on_it(tmp_path):
    require_place(tmp_path / "deep" / "er" / "out")
    assert not any(tmp_path.iterdir())
    (tmp_path / "file").touch()
    for path in (tmp_path / "file" / "out", Path("/dev/null/out"), Path("/proc/x/out")):
        with pytest.raises(StateError) as caught:
            require_place(path)
        assert caught.value.hint
        assert caught.value.file == str(path)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_links_and_dots_are_seen_through_before_work_is_spent(tmp_path, monkeypatch):
    (tmp_path / "far").symlink_to("/dev/null/out")
    (tmp_path / "one").symlink_to(tmp_path / "two")
    (tmp_path / "two").symlink_to(tmp_path / "one")
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    for path in (tmp_path / "far", tmp_path / "one", Path(), Path("x/..")):
        with pytest.raises(StateError):
            require_place(path)
    with pytest.raises(StateError, match="circle"), atomic_file(tmp_path / "one"):
        pass
    (tmp_path / "link").symlink_to(tmp_path / "target")
    require_place(tmp_path / "link")
    with atomic_folder(tmp_path / "link") as folder:
        (folder / "file").touch()
    assert (tmp_path / "target" / "file").is_file()


def test_a_place_for_a_file_is_tried_and_what_is_there_stays(tmp_path):
    (tmp_path / "out").write_text("before")
    for path in (tmp_path / "out", tmp_path / "deep" / "er" / "new"):
        require_file_place(path)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert (tmp_path / "out").read_text() == "before"
    for path in (tmp_path, tmp_path / "out" / "in"):
        with pytest.raises(StateError):
            require_file_place(path)
