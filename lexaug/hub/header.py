"""The metadata of a model card: the YAML between its first two `---` lines, read as what a stranger wrote."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from lexaug.errors import FormatError, UnsafeError
from lexaug.files import require_file

CARD = "README.md"
MAX_CARD_BYTES = 1 << 20
"""The longest card that is read; cards of lexaug have about 10 kB."""
_REMEDY = "write the card anew: lexaug publish makes it"


class _PlainLoader(yaml.SafeLoader):  # type: ignore[misc]
    """Reads plain values only; an alias, with which a short text can stand for a huge one, is refused."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("an alias stands for a value written elsewhere")
        return super().compose_node(parent, index)


def read_header(path: Path) -> dict[str, Any]:
    """Read the metadata of a card.

    Raises:
        MissingError: there is no card.
        UnsafeError: it is longer than `MAX_CARD_BYTES`.
        FormatError: it is no UTF-8, has no metadata, or they are no plain YAML mapping.

    """
    if require_file(path).stat().st_size > MAX_CARD_BYTES:
        raise UnsafeError(f"is larger than {MAX_CARD_BYTES:,} bytes", file=path, hint=_REMEDY)
    try:
        text = path.read_text(encoding="utf-8")
        first, _, rest = text.partition("\n")
        block, mark, _ = rest.partition("\n---\n")
        if first.strip() != "---" or not mark:
            raise ValueError("it does not begin with metadata between two lines of ---")
        value = yaml.load(block, Loader=_PlainLoader)  # noqa: S506
    except (ValueError, RecursionError, yaml.YAMLError) as fault:
        reason = " ".join(str(fault).split())
        raise FormatError(f"the card's metadata cannot be read: {reason}", file=path, hint=_REMEDY) from None
    if not isinstance(value, dict):
        raise FormatError("the card's metadata are no mapping", file=path, hint=_REMEDY)
    return value
