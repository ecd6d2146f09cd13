"""Whatever bytes come: a finding or a value, never another exception, and a sound header is one for the library too."""

import json
import struct
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
import safetensors
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from lexaug.errors import LexaugError
from lexaug.hub.trust import examine
from lexaug.hub.trust.bounded import parse_json, parse_toml
from lexaug.hub.trust.card import check_card
from lexaug.hub.trust.header import WIDTHS, parse_header
from lexaug.hub.trust.layout import KNOWN_FILES
from lexaug.hub.trust.metadata import parse_metadata, split_card
from lexaug.hub.trust.suspect import Suspect

HERE = Path("file")
QUIET = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
NUMBERS = st.integers(-(2**70), 2**70) | st.integers(0, 64)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
ENTRIES = st.fixed_dictionaries(
    {
        "dtype": st.sampled_from([*WIDTHS, "I64", "F8", ""]) | VALUES,
        "shape": st.lists(st.integers(0, 4), max_size=3) | VALUES,
        "data_offsets": st.lists(st.integers(-2, 40), min_size=2, max_size=2) | VALUES,
    },
    optional={"extra": VALUES},
)
HEADERS = st.dictionaries(
    st.from_regex(r"[a-z.]{1,6}", fullmatch=True) | st.text(max_size=5), ENTRIES | VALUES, max_size=4
)
NASTY = st.text(alphabet="{}[]()<>:,.&*!|\"'-=#?%@~\\\n\t a0eEx\u0000\u2028\u202e\ufeff", max_size=200)


def _require_plain(fault: LexaugError) -> None:
    assert fault.hint
    assert str(fault).isprintable()


BYTES = st.binary(max_size=80) | NASTY.map(str.encode)


@st.composite
def sound_headers(draw: st.DrawFn) -> tuple[dict, int]:
    """Describe tensors that lie one behind the other, perhaps with one number changed."""
    place, entries = 0, {}
    for number in range(draw(st.integers(0, 4))):
        dtype, shape = draw(st.sampled_from(sorted(WIDTHS))), draw(st.lists(st.integers(0, 3), max_size=3))
        size = WIDTHS[dtype]
        for side in shape:
            size *= side
        entries[f"t{number}.w"] = {"dtype": dtype, "shape": shape, "data_offsets": [place, place + size]}
        place += size
    if entries and draw(st.booleans()):
        entry = entries[draw(st.sampled_from(sorted(entries)))]
        entry["data_offsets"][draw(st.integers(0, 1))] += draw(st.integers(-4, 4))
    return entries, max(0, place + draw(st.sampled_from([0, 0, 0, 1, -1])))


@QUIET
@given(sound_headers())
def test_a_header_that_is_accepted_is_accepted_by_the_library(case: tuple[dict, int]) -> None:
    entries, data = case
    content = json.dumps(entries).encode()
    try:
        found = parse_header(content, data, HERE)
    except LexaugError as fault:
        _require_plain(fault)
        return
    tensors = dict(safetensors.deserialize(struct.pack("<Q", len(content)) + content + bytes(data)))
    assert {name: list(tensor.shape) for name, tensor in found.items()} == {n: t["shape"] for n, t in tensors.items()}


@QUIET
@given(HEADERS.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=200), st.integers(0, 64))
def test_any_header_is_read_or_refused(content: bytes, data: int) -> None:
    try:
        found = parse_header(content, data, HERE)
    except LexaugError as fault:
        _require_plain(fault)
    else:
        assert sum(tensor.end - tensor.start for tensor in found.values()) == data


@QUIET
@given(st.sampled_from([parse_json, parse_toml, parse_metadata]), NASTY | st.text(max_size=200))
@example(parse_metadata, "a: 0x_")
@example(parse_metadata, "a: 2024-99-99")
@example(parse_metadata, "? [a]\n: 1")
@example(parse_metadata, "? {a: 1}\n: 1")
@example(parse_metadata, "<<: 3")
@example(parse_metadata, "=: 1")
@example(parse_metadata, "a: " + "9" * 5000)
@example(parse_metadata, "a: .inf")
@example(parse_toml, "a = 1979-99-99")
@example(parse_json, '{"a": "\\ud800"}')
@example(parse_json, '{"a": ' + "1" * 5000 + "}")
def test_any_text_is_read_or_refused(parse: Callable[[str, Path], dict], text: str) -> None:
    try:
        found = parse(text, HERE)
    except LexaugError as fault:
        _require_plain(fault)
    else:
        assert isinstance(found, dict)


@QUIET
@given(VALUES.filter(lambda value: isinstance(value, dict)))
def test_sound_json_is_read_as_it_is(value: dict) -> None:
    try:
        assert parse_json(json.dumps(value, ensure_ascii=False, allow_nan=False), HERE) == value
    except ValueError:
        assert "Infinity" in json.dumps(value) or "NaN" in json.dumps(value)


@QUIET
@given(NASTY | st.text(max_size=100))
def test_a_card_is_divided_without_loss(text: str) -> None:
    metadata, body = split_card(text)

    assert metadata in text
    assert text.endswith(body)


@QUIET
@given(
    st.dictionaries(st.sampled_from(sorted(KNOWN_FILES)), st.binary(max_size=80) | NASTY.map(str.encode), max_size=4)
)
def test_any_folder_is_examined(tmp_path_factory: pytest.TempPathFactory, files: dict[str, bytes]) -> None:
    folder = tmp_path_factory.mktemp("any")
    for name, content in files.items():
        (folder / name).write_bytes(content)

    assert any(finding.refused for finding in examine(folder))


CONFIGS = st.dictionaries(
    st.sampled_from(["r", "target_modules", "trainable_token_indices", "revision", "base_model_name_or_path", "x"]),
    VALUES,
    max_size=5,
)


@QUIET
@given(st.tuples(CONFIGS, VALUES, VALUES, VALUES))
def test_any_description_is_examined(tmp_path_factory: pytest.TempPathFactory, values: tuple) -> None:
    folder = tmp_path_factory.mktemp("any")
    for name, value in zip(
        ("adapter_config.json", "head.json", "characters.json", "manifest.json"), values, strict=True
    ):
        (folder / name).write_text(json.dumps(value))

    assert any(finding.refused for finding in examine(folder))


LARGE = {
    "JSON": lambda: parse_json('{"a":[' + "[]," * 600_000 + "[]]}", HERE),
    "metadata": lambda: parse_metadata("a: [" + "[]," * 40_000 + "]", HERE),
    "TOML": lambda: parse_toml("".join(f"a{n}.b.c.d = 1\n" for n in range(14_000)), HERE),
    "TOML of inner dots": lambda: parse_toml("a = {" + "b." * 120_000 + "c = 1}", HERE),
    "TOML of words": lambda: parse_toml("a" * 250_000, HERE),
    "header": lambda: parse_header(b'{"' + b"a" * (1 << 20), 0, HERE),
    "card of marks": lambda: list(check_card(_card("<" * 500_000 + "]" * 400_000))),
    "card of spaces": lambda: list(check_card(_card("<" + " " * 500_000 + "](" + "\u2003" * 150_000))),
    "card of letters": lambda: list(check_card(_card("<a" + "b" * 500_000 + "<https://" + "c" * 400_000))),
    "card of numbers": lambda: list(check_card(_card("[x](&#" + "9" * 900_000 + ";)"))),
    "card of entities": lambda: list(check_card(_card("&amp" * 250_000))),
}


def _card(text: str) -> Suspect:
    return Suspect(HERE, {"README.md": len(text)}, _read={"README.md": ({"license": "mit"}, text)})


@pytest.mark.parametrize("name", LARGE)
def test_the_largest_that_is_read_stays_within_memory_and_time(name: str) -> None:
    started = time.process_time()
    tracemalloc.start()
    try:
        LARGE[name]()
    except LexaugError as fault:
        _require_plain(fault)
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()

    assert peak < 200 << 20
    assert time.process_time() - started < 30  # where it were not bounded: hours
