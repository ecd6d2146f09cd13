"""The YAML at the head of a card, read without ever giving a loader something that unfolds: no anchors, no tags."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from lexaug.errors import FormatError, LexaugError, UnsafeError
from lexaug.hub.trust.bounded import require_bounds
from lexaug.hub.trust.hints import NO_FILE
from lexaug.hub.trust.limits import MAX_DEPTH, MAX_METADATA_BYTES, MAX_NODES

FENCE = "---"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OPENING = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_CLOSING = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


def split_card(text: str) -> tuple[str, str]:
    """Divide a card into its metadata and its body; the metadata stand between the first line `---` and the next.

    A card without metadata gives "" for them.
    """
    lines = text.removeprefix("\ufeff").splitlines(keepends=True)
    if not lines or lines[0].rstrip() != FENCE:
        return "", text
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == FENCE:
            return "".join(lines[1:number]), "".join(lines[number + 1 :])
    return "", text


def parse_metadata(text: str, path: Path) -> dict[str, Any]:
    """Parse a card's metadata within bounds; `path` is named in errors.

    Raises:
        UnsafeError: too large, too deep, too many values, an anchor or alias (which can unfold without bound), a tag.
        FormatError: no sound YAML, a key that stands twice, or something else than a table.

    """
    if len(text.encode("utf-8", "replace")) > MAX_METADATA_BYTES:
        raise UnsafeError(f"its metadata are larger than {MAX_METADATA_BYTES:,} bytes", file=path, hint=NO_FILE)
    try:
        for reason in _unfolding(text):
            raise UnsafeError(f"its metadata {reason}", file=path, hint=NO_FILE)
        value = yaml.load(text, Loader=_Strict)  # noqa: S506 - a safe loader that also refuses doubled keys
    except LexaugError:
        raise
    except (yaml.YAMLError, ValueError, TypeError, AttributeError, LookupError, OverflowError, RecursionError) as fault:
        reason = str(fault).strip().partition("\n")[0]
        raise FormatError(f"its metadata are no sound YAML: {ascii(reason)[1:-1]}", file=path, hint=NO_FILE) from None
    if not isinstance(value, dict):
        raise FormatError("its metadata are no table", file=path, hint=NO_FILE)
    require_bounds(value, path)
    return value


def _unfolding(text: str) -> Iterator[str]:
    """Say what of a YAML text must not be given to a loader, from its events alone."""
    depth = 0
    for nodes, event in enumerate(yaml.parse(text, Loader=_LOADER)):
        depth += isinstance(event, _OPENING) - isinstance(event, _CLOSING)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            yield "have an anchor or alias, which can unfold without bound"
        if getattr(event, "tag", None):
            yield "have a tag, which can name a type to make"
        if depth > MAX_DEPTH:
            yield f"are nested more than {MAX_DEPTH} levels deep"
        if nodes > MAX_NODES:
            yield f"hold more than {MAX_NODES:,} values"


class _Strict(_LOADER):  # type: ignore[misc, valid-type]
    """A safe loader to which a doubled key is an error."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:  # noqa: ANN401
        names = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        if len(set(names)) < len(names):
            raise ValueError("a key stands twice")
        return super().construct_mapping(node, deep)
