"""The metadata of a card as a whole file: read within bounds, as what a stranger wrote."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lexaug.errors import FormatError, UnsafeError
from lexaug.files import require_file

CARD = "README.md"
MAX_CARD_BYTES = 1 << 20
"""The longest card that is read; cards of lexaug have about 10 kB."""
_REMEDY = "take it out of the folder: lexaug publish writes the card"


def read_header(path: Path) -> dict[str, Any]:
    """Read the metadata of a card.

    Raises:
        MissingError: there is no card.
        UnsafeError: it is too long, or its metadata could unfold or make objects.
        FormatError: it is no UTF-8, has no metadata, or they are no sound YAML table.

    """
    from lexaug.hub.trust.metadata import parse_metadata, split_card  # the examination itself knows the card's name

    if require_file(path).stat().st_size > MAX_CARD_BYTES:
        raise UnsafeError(f"is larger than {MAX_CARD_BYTES:,} bytes", file=path, hint=_REMEDY)
    try:
        metadata, _ = split_card(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError as fault:
        raise FormatError(f"the card is no UTF-8: {fault.reason}", file=path, hint=_REMEDY) from None
    if not metadata:
        raise FormatError("the card has no metadata between two lines of ---", file=path, hint=_REMEDY)
    return parse_metadata(metadata, path)
