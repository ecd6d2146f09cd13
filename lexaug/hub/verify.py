"""Does a published adapter hold what it promises? Every check that can be made without trusting its publisher."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lexaug.errors import LexaugError
from lexaug.files import fingerprint
from lexaug.hub.card import card_metadata, render_card, template_hash
from lexaug.hub.card.origin import licence_file
from lexaug.hub.data import read_data
from lexaug.hub.figures import REMEASURE
from lexaug.hub.folder import AdapterFolder, read_adapter_folder
from lexaug.hub.header import CARD, read_header
from lexaug.hub.logits import compute_logits, read_logits, require_same
from lexaug.hub.package import LEFT_OUT, LICENCE, Load
from lexaug.hub.rights import derive_rights
from lexaug.hub.trust import Finding, examine, to_owner, to_stranger
from lexaug.hub.trust.finding import shown
from lexaug.hub.trust.hints import ANEW, STRAY
from lexaug.training.part_files import METRICS, PEFT_WEIGHTS
from lexaug.training.workplace import MANIFEST

_COMPUTATION = "computation"


@dataclass(frozen=True, slots=True)
class Verification:
    """What each check found; a check that found nothing to refuse is passed. `path` is the folder that was checked."""

    path: Path
    checks: tuple[tuple[str, tuple[Finding, ...]], ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is refused."""
        return not self.refused

    @property
    def refused(self) -> tuple[Finding, ...]:
        """What speaks against the adapter."""
        return tuple(finding for _, findings in self.checks for finding in findings if finding.refused)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What deserves a look."""
        return tuple(finding for _, findings in self.checks for finding in findings if not finding.refused)

    def for_owner(self) -> Verification:
        """Give the same with hints for whose own the adapter is."""
        checks = tuple((name, tuple(map(to_owner, findings))) for name, findings in self.checks)
        return replace(self, checks=checks)

    def for_stranger(self) -> Verification:
        """Give the same with hints for who fetched it; what computes otherwise may be for the libraries here."""
        checks = tuple(
            (name, findings if name == _COMPUTATION else tuple(map(to_stranger, findings)))
            for name, findings in self.checks
        )
        return replace(self, checks=checks)

    def as_json(self) -> dict[str, Any]:
        """Give the JSON object of `lexaug verify`."""
        checks = {name: [finding.as_json() for finding in findings] for name, findings in self.checks}
        return {"adapter": str(self.path), "sound": self.sound, "checks": checks}


def verify_adapter(path: Path, load: Load, *, repository: str | None = None) -> Verification:
    """Check a packaged adapter; its weights are loaded only after everything else about it is in order.

    Args:
        path: its folder.
        load: loads an adapter folder on its backbone.
        repository: the repository it came from, or goes to: its name is looked at too, and held against the one that
            the adapter was published as.

    Raises:
        MissingError: there is no such folder, or the adapter's backbone cannot be had here.

    """
    done: list[tuple[str, tuple[Finding, ...]]] = [("trust", examine(path, repo=repository))]
    if not any(finding.refused for finding in done[0][1]):
        done += _described(path, repository)
    if not any(finding.refused for _, findings in done for finding in findings):
        done.append((_COMPUTATION, tuple(_caught(MANIFEST, _COMPUTATION, lambda: _computation(path, load)))))
    return Verification(path, tuple(done))


def _described(path: Path, repository: str | None) -> Iterator[tuple[str, tuple[Finding, ...]]]:
    """Check what the files say against each other, one check after the other."""
    try:
        folder = read_adapter_folder(path)
    except LexaugError as fault:
        yield "files", (_of(fault, ""),)
        return
    checks: tuple[tuple[str, str, Callable[[AdapterFolder], Iterator[Finding]]], ...] = (
        ("files", MANIFEST, _files),
        ("licence", MANIFEST, _licence),
        ("card", CARD, _card),
        ("scores", METRICS, _scores),
        ("verdict", METRICS, _verdict),
    )
    for name, file, check in checks:
        yield name, tuple(_caught(file, name, lambda check=check: check(folder)))  # type: ignore[misc]
    if repository is not None:
        yield "origin", tuple(_origin(folder, repository))


def _caught(file: str, kind: str, check: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    """Give what a check finds, an error of it included."""
    try:
        yield from check()
    except LexaugError as fault:
        if fault.kind == "missing":
            raise
        yield Finding(Path(fault.file).name if fault.file else file, kind, fault.message, fault.hint or ANEW)
    except (TypeError, ValueError, AttributeError, LookupError, ArithmeticError, RecursionError) as fault:
        yield Finding(file, kind, f"holds something that no adapter says: {type(fault).__name__} at {fault}", ANEW)


def _of(fault: LexaugError, file: str) -> Finding:
    return Finding(Path(fault.file).name if fault.file else file, "files", fault.message, fault.hint or ANEW)


def _files(folder: AdapterFolder) -> Iterator[Finding]:
    named = folder.manifest["files"]
    for name in sorted({*folder.sizes, *named} - {*LEFT_OUT, ".gitattributes"}):
        if name not in named:
            yield Finding(name, "stray", "is there, but the manifest does not name it", STRAY)
        elif name not in folder.sizes or fingerprint(folder.path / name) != named[name]:
            yield Finding(name, "hash", "is not the file that was published", ANEW)


def _origin(folder: AdapterFolder, repository: str) -> Iterator[Finding]:
    """Warn of a copy under another name: that may be, but its publisher is not the one that the card names."""
    stated = folder.manifest.get("repository")
    if stated != repository:
        told = f"was published as {shown(stated)}; {repository} is a copy of it" if stated else "names no repository"
        yield Finding(MANIFEST, "copy", told, "see which of the two you were told of, and by whom", refused=False)


def _licence(folder: AdapterFolder) -> Iterator[Finding]:
    whole = derive_rights(read_data(folder))
    if whole.licence != folder.licence:
        yield Finding(
            MANIFEST, "licence", f"states {folder.licence}, but its sources come to {whole.licence}", "publish it anew"
        )
    path, wanted = folder.path / LICENCE, licence_file(folder.licence)
    if (path.read_text(encoding="utf-8") if path.exists() else None) != wanted:
        told = f"is not the text that goes with {folder.licence}" if wanted else f"has no place beside {folder.licence}"
        yield Finding(LICENCE, "licence", told, "publish it anew: lexaug publish writes it where it is needed")


def _card(folder: AdapterFolder) -> Iterator[Finding]:
    """Compare the card with what the other files make of it; one of another template, by its metadata."""
    path = folder.path / CARD
    if folder.manifest.get("card") == template_hash():
        if path.read_text(encoding="utf-8") != render_card(folder):
            yield Finding(CARD, "card", "says something else than manifest.json and metrics.json", _WRITE)
        return
    if read_header(path) != card_metadata(folder).to_dict():
        yield Finding(CARD, "card", "its metadata say something else than manifest.json and metrics.json", _WRITE)
    told = "is written from another template: its metadata were compared with the figures, its text was not"
    yield Finding(CARD, "template", told, "believe metrics.json, not the text", refused=False)


_WRITE = "publish it anew: lexaug publish writes the card from what was measured"


def _scores(folder: AdapterFolder) -> Iterator[Finding]:
    """See that reports are of these weights: those of another adapter look no different."""
    weights = fingerprint(folder.path / PEFT_WEIGHTS)
    for found in folder.evaluations:
        if not found.is_of(weights):
            told = f"the report on {shown(found.task)} is of other weights than these, as its signature says"
            yield Finding(METRICS, "scores", told, REMEASURE)


def _verdict(folder: AdapterFolder) -> Iterator[Finding]:
    for found in folder.evaluations:
        if found.verdict == "harms":
            yield Finding(
                METRICS,
                "harms",
                f"{found.task}: the adapter harms: {found.best} {found.gain.value:+z.1f} points from {found.against}",
                "do not use it for that",
                refused=False,
            )
    if not folder.evaluations:
        yield Finding(
            METRICS,
            "unmeasured",
            "it was not measured on real text",
            "measure it: lexaug eval pos ... --save, where there is tagged text",
            refused=False,
        )


def _computation(path: Path, load: Load) -> Iterator[Finding]:
    stored = read_logits(read_adapter_folder(path).manifest)
    adapted = load(path)
    try:
        require_same(stored, compute_logits(adapted, stored["sentences"]))
    finally:
        adapted.model.unload()
    yield from ()
