"""One's own adapter folder before it is published: read, examined, and what is in it beside the adapter."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lexaug.errors import UnsafeError
from lexaug.hub.folder import AdapterFolder, read_adapter_folder
from lexaug.hub.header import CARD
from lexaug.hub.logits import KEY as LOGITS
from lexaug.hub.package import PACKAGED, PARTS
from lexaug.hub.trust import Finding, examine, to_owner
from lexaug.hub.trust.hints import TAKE_OUT
from lexaug.hub.trust.suspect import WEIGHTS_SUFFIX

_APART = "keep it elsewhere"


def read_own(path: Path) -> tuple[AdapterFolder, list[Finding]]:
    """Read an adapter that is to be published; gives also warnings of the files that will be left out.

    Raises:
        UnsafeError: it holds what a stranger's may not hold either (code, pickles, folders, links), or weights that are
            no part of it: whoever put them there may think that they are published.
        LexaugError: as `read_adapter_folder`.

    """
    folder = read_adapter_folder(path)
    refused = [finding for finding in examine(path, published=False) if finding.refused]
    refuse(path, [*refused, *_loose_weights(folder)])
    return folder, list(_left_out(folder))


def refuse(path: Path, found: Sequence[Finding]) -> None:
    """Raise UnsafeError with the first of some refusals and the number of others, if there are any."""
    if found:
        first, more = to_owner(found[0]), len(found) - 1
        also = f" (and {more} more)" if more else ""
        raise UnsafeError(f"{first.file}: {first.message}{also}", file=path, hint=first.hint)


def _loose_weights(folder: AdapterFolder) -> Iterator[Finding]:
    for name in folder.sizes:
        if name.endswith(WEIGHTS_SUFFIX) and name not in PARTS:
            yield Finding(name, "extra", "holds weights that are no part of the adapter", TAKE_OUT)


def _left_out(folder: AdapterFolder) -> Iterator[Finding]:
    for name in folder.sizes:
        if name not in PACKAGED:
            yield Finding(name, "extra", "is no file of an adapter and is not published", _APART, refused=False)
    if CARD in folder.sizes and LOGITS not in folder.manifest:
        yield Finding(CARD, "card", "is not published: the card is made of the other files", _APART, refused=False)
