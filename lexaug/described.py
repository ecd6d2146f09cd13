"""Descriptions in TOML (packs, recipes): read, checked against a pydantic model, faults told with their line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from lexaug.errors import ConfigError, UnsafeError
from lexaug.files import read_lines, require_file
from lexaug.registry import suggest

MAX_BYTES = 4 << 20
"""No description is longer than this."""

Model = TypeVar("Model", bound=BaseModel)
Place = tuple[int | str, ...]
LineOf = Callable[[Place], int | None]
"""Where a key stands in its file."""

_NAME = r"""((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)"""
_ARRAY = re.compile(rf"\[\[\s*{_NAME}\s*\]\]")
_TABLE = re.compile(rf"\[\s*{_NAME}\s*\]\s*(?:#|$)")
_KEY = re.compile(rf"{_NAME}\s*=")
_WORDS = {"input should be": "must be", "valid tuple": "list", "valid dictionary": "table", "a valid string": "text"}
_OF_KEY = "[key]"
"""What pydantic adds to the place of a key that is not usable."""
_POSITION = re.compile(r"\(at line (\d+), column (\d+)\)")


class UnusableError(ValueError):
    """What a model's validator says of a value: what is wrong, and what to write instead."""

    def __init__(self, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True)
class Description:
    """A TOML file: its path, its text and what it says."""

    path: Path
    text: str
    data: dict[str, Any]

    def line(self, place: Place) -> int | None:
        """Give the line (from 1) of a key, of the nearest table around it, or of one in it; else None."""
        for length in range(len(place), 0, -1):
            if place[:length] in self._lines:
                return self._lines[place[:length]]
        return next((line for known, line in self._lines.items() if known[:1] == place[:1] != ()), None)

    def validate(self, model: type[Model], context: dict[str, Any] | None = None) -> Model:
        """Make the model of the data.

        Raises:
            ConfigError: a key is unknown (with the nearest known one) or a value is not usable, with its line.

        """
        try:
            return model.model_validate(self.data, context=context)
        except ValidationError as fault:
            raise self._fault(model, fault.errors()[0]) from None

    def _fault(self, model: type[BaseModel], fault: ErrorDetails) -> ConfigError:
        place = fault["loc"]
        message, hint = explain(model, fault)
        return ConfigError(message, file=self.path, line=self.line(place), hint=hint)

    @cached_property
    def _lines(self) -> dict[Place, int]:
        found: dict[Place, int] = {}
        table: Place = ()
        seen: dict[Place, int] = {}
        for number, line in enumerate(self.text.splitlines(), start=1):
            text = line.strip()
            if match := _ARRAY.match(text):
                name = _parts(match[1])
                table = (*name, seen.setdefault(name, 0))
                seen[name] += 1
            elif match := _TABLE.match(text):
                table = _parts(match[1])
            elif match := _KEY.match(text):
                found.setdefault((*table, *_parts(match[1])), number)
                continue
            else:
                continue
            found.setdefault(table, number)
        return found


def read_description(path: Path) -> Description:
    """Read a TOML file; text stays as it is, since names of files must.

    Raises:
        MissingError: there is no such file.
        UnsafeError: the file is larger than `MAX_BYTES`.
        FormatError: a byte is not UTF-8.
        ConfigError: the text is not TOML (line and column given).

    """
    if require_file(path).stat().st_size > MAX_BYTES:
        raise UnsafeError(f"is larger than {MAX_BYTES:,} bytes", file=path, hint="a description is short")
    text = "\n".join(line for _, line in read_lines(path, normalize=False))
    try:
        return Description(path, text, tomllib.loads(text))
    except RecursionError:
        raise ConfigError("is nested too deeply", file=path, hint="a description is a list of tables") from None
    except tomllib.TOMLDecodeError as fault:
        position = _POSITION.search(str(fault))
        line, column = (int(position[1]), int(position[2])) if position else (text.count("\n") + 1, None)
        message = _POSITION.sub("", str(fault)).replace("(at end of document)", "").strip()
        raise ConfigError(
            f"is not valid TOML: {message}", file=path, line=line, column=column, hint="mend the line"
        ) from None


def explain(model: type[BaseModel], fault: ErrorDetails) -> tuple[str, str | None]:
    """Put one pydantic fault into words: (message, hint)."""
    place = tuple(part for part in fault["loc"] if part != _OF_KEY)
    name = ".".join(str(part) for part in place if not isinstance(part, int))
    if fault["type"] == "extra_forbidden":
        known = _fields(model, place[:-1])
        near = suggest(str(place[-1]), known)
        return f"unknown key {name!r}", f"did you mean {near!r}?" if near else f"known: {', '.join(known)}"
    if fault["type"] == "missing":
        return f"the key {name!r} is missing", _about(model, place)
    cause = fault.get("ctx", {}).get("error")
    message = str(cause) if isinstance(cause, ValueError) else _in_words(fault)
    hint = cause.hint if isinstance(cause, UnusableError) else None
    return (f"{name}: {message}" if name else message), hint or _remedy(model, fault)


def _in_words(fault: ErrorDetails) -> str:
    """Say what is wrong with a value, in TOML's words."""
    text = fault["msg"][:1].lower() + fault["msg"][1:]
    for machine, human in _WORDS.items():
        text = text.replace(machine, human)
    return text


def _remedy(model: type[BaseModel], fault: ErrorDetails) -> str | None:
    """Say what to write instead: the nearest of the choices, a table or tables, a list, else what the key is."""
    name = ".".join(str(part) for part in fault["loc"])
    given = fault.get("input")
    if fault["type"] == "literal_error":
        near = suggest(str(given), re.findall(r"'([^']*)'", fault.get("ctx", {}).get("expected", "")))
        return f"did you mean {near!r}?" if near else None
    if fault["type"] == "tuple_type":
        inner = _model_at(model, fault["loc"])
        return f"write [{name}] as [[{name}]]" if inner is not None else f"write {name} = [...]"
    if fault["type"] == "dict_type":
        return f"write it as [{name}], once"
    return _about(model, fault["loc"])


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in re.findall(r"""[\w-]+|"[^"]*"|'[^']*'""", name))


def _fields(model: type[BaseModel], place: Place) -> list[str]:
    """List the keys that the model knows at a place."""
    inner = _model_at(model, place)
    return [] if inner is None else list(inner.model_fields)


def _about(model: type[BaseModel], place: Place) -> str | None:
    """Give what the model's field at a place, or around it, is described as."""
    for length in range(len(place), 0, -1):
        inner = _model_at(model, place[: length - 1])
        if inner is not None and (field := inner.model_fields.get(str(place[length - 1]))) is not None:
            return field.description
    return None


def _model_at(model: type[BaseModel], place: Place) -> type[BaseModel] | None:
    for part in place:
        if isinstance(part, str):
            inner = _model_in(model.model_fields[part].annotation) if part in model.model_fields else None
            if inner is None:
                return None
            model = inner
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for each in get_args(annotation) if (found := _model_in(each)) is not None), None)
