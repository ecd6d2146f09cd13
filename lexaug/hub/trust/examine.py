"""The examination: every check in order, over a folder of which nothing is loaded or run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path

from lexaug.errors import MissingError, UnsafeError
from lexaug.hub.trust.bases import BaseShape
from lexaug.hub.trust.card import check_card
from lexaug.hub.trust.config import check_config
from lexaug.hub.trust.content import check_magic, check_readable
from lexaug.hub.trust.finding import Finding, to_owner
from lexaug.hub.trust.layout import check_listing, check_required, scan
from lexaug.hub.trust.manifest import check_manifest, check_paths
from lexaug.hub.trust.names import examine_name
from lexaug.hub.trust.parts import check_parts
from lexaug.hub.trust.suspect import Suspect
from lexaug.hub.trust.tensors import check_tensors
from lexaug.hub.trust.values import check_values

CHECKS: tuple[Callable[[Suspect], Iterator[Finding]], ...] = (
    check_magic,
    check_readable,
    check_config,
    check_tensors,
    check_parts,
    check_values,
    check_manifest,
    check_paths,
    check_card,
)
"""Checks of what the files hold; each yields what it finds and reads through the bounded readers only."""
MOST = 50
"""Findings of one check that are told; a hostile file can have as many faults as it has lines."""


def examine(
    folder: Path, *, published: bool = True, repo: str | None = None, base: BaseShape | None = None
) -> tuple[Finding, ...]:
    """Examine an adapter folder without loading or running anything of it.

    Args:
        folder: the folder.
        published: whether it came from elsewhere. One's own adapter may name a local backbone, hold local paths, lack
            a card, and have other files beside it (a warning).
        repo: the repository that it came from, whose name is looked at too.
        base: the backbone's measures, where they are known; those of common backbones are known by name.

    Returns: what was found, refusals and warnings; the refusals first. After a refusal of the folder's layout nothing
        is read.

    Raises:
        MissingError: there is no such folder, or it is a link.

    """
    if folder.is_symlink():
        raise MissingError("is a symbolic link", file=folder, hint="name the folder that it leads to")
    if not folder.is_dir():
        raise MissingError("no such folder", file=folder, hint="check the path")
    files, odd = scan(folder)
    layout = [*(examine_name(repo) if repo else ()), *odd, *check_listing(files.items(), published=published)]
    if published:
        layout += check_required(files)
    findings = layout
    if not any(finding.refused and finding.kind in ("count", "size", "link", "device") for finding in layout):
        suspect = Suspect(folder, files, published, repo, base)
        findings = [*layout, *chain.from_iterable(islice(check(suspect), MOST) for check in CHECKS)]
    return tuple(sorted(findings, key=lambda finding: not finding.refused))


def require_sound_config(folder: Path) -> None:
    """Raise UnsafeError with the first refusal of an adapter's configuration, which names its backbone."""
    for finding in check_config(Suspect(folder, scan(folder)[0], published=False)):
        if finding.refused:
            raise UnsafeError(finding.message, file=folder / finding.file, hint=finding.hint)


def require_trusted(
    folder: Path, *, published: bool = True, repo: str | None = None, base: BaseShape | None = None
) -> tuple[Finding, ...]:
    """Raise UnsafeError with the first refusal and the number of others; gives the warnings. Arguments as `examine`.

    The hints are for whoever fetched it, or, where `published` is not, for its owner.
    """
    findings = examine(folder, published=published, repo=repo, base=base)
    if not published:
        findings = tuple(map(to_owner, findings))
    refused = [finding for finding in findings if finding.refused]
    if refused:
        first, more = refused[0], len(refused) - 1
        also = f" (and {more} more finding{'s' if more > 1 else ''})" if more else ""
        place = folder / first.file if first.file else folder
        raise UnsafeError(f"{first.message}{also}", file=place, hint=first.hint)
    return findings
