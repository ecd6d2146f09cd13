"""Publishing an adapter: checked whole before a byte is sent, one commit, and none where nothing changed."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lexaug.errors import ConfigError, HubError
from lexaug.files import atomic_folder, require_absent
from lexaug.hub.bench import Bench
from lexaug.hub.folder import AdapterFolder
from lexaug.hub.own import read_own, refuse
from lexaug.hub.package import build_package
from lexaug.hub.remote import LOG_IN, connected, persist
from lexaug.hub.repository import Changes, Repository, compare, find_repository, require_name, require_tag
from lexaug.hub.sending import make_repository, send
from lexaug.hub.trust import Finding
from lexaug.hub.verify import verify_adapter
from lexaug.training.workplace import MANIFEST

if TYPE_CHECKING:
    from huggingface_hub import HfApi

STEPS = 4
Progress = Callable[[str, int, int], None]
"""Is told what comes next, and how many of how many steps are done."""


@dataclass(frozen=True, slots=True)
class Order:
    """How to publish: visibility of a new repository, tag, licences of English sources by file name.

    `dry_run` makes every check and sends nothing, without asking the hub; `force` publishes what harms or was not made
    by lexaug, and says so. `output` is the folder in which a dry run leaves what would be published, to look at it.
    """

    private: bool = False
    tag: str | None = None
    dry_run: bool = False
    force: bool = False
    source_licences: Mapping[str, str] | None = None
    output: Path | None = None

    def __post_init__(self) -> None:
        """Refuse a folder for what is published: it lies on the hub."""
        if self.output is not None and not self.dry_run:
            raise ConfigError("only a dry run leaves a folder to look at", hint="add --dry-run, or leave -o out")


@dataclass(frozen=True, slots=True)
class Published:
    """What became of an adapter.

    `state` is published, unchanged or checked (a dry run, whose folder to look at is `output`); `commit` is "" where
    none is known.
    """

    adapter: str
    repository: str
    state: str
    commit: str
    tag: str | None
    changes: Changes
    size: int
    warnings: tuple[Finding, ...]
    output: Path | None = None

    def warned(self, warnings: Iterable[Finding]) -> Published:
        """Give the same with more that deserves a look."""
        return replace(self, warnings=(*self.warnings, *warnings))

    def as_json(self) -> dict[str, Any]:
        """Give the JSON object of `lexaug publish`."""
        return {
            "adapter": self.adapter,
            "repository": self.repository,
            "state": self.state,
            "commit": self.commit,
            "tag": self.tag,
            "sent": list(self.changes.send),
            "removed": list(self.changes.remove),
            "bytes": self.size,
            "output": None if self.output is None else str(self.output),
            "warnings": [finding.as_json() for finding in self.warnings],
        }


def publish(
    path: Path,
    repository: str,
    order: Order | None = None,
    *,
    bench: Bench | None = None,
    progress: Progress | None = None,
) -> Published:
    """Publish an adapter folder; called again, it sends what is missing or has changed, or nothing.

    Args:
        path: the folder, as `lexaug train` wrote it or packaged already.
        repository: OWNER/NAME on the hub.
        order: how.
        bench: loads adapters; give one to several calls and each backbone is loaded once.
        progress: is told where it stands.

    Raises:
        UnsafeError: the adapter did not pass the checks.
        ConfigError: a name, a licence or the base model does not allow publishing.
        HubError: the hub cannot be reached or does not allow it; nothing is half-published.
        StateError: something else is at the order's output.

    """
    order, bench, tell = order or Order(), bench or Bench(), progress or (lambda *_: None)
    require_name(repository)
    require_tag(order.tag)
    if order.output is not None:
        require_absent(order.output)
    tell("reading", 0, STEPS)
    folder, strays = read_own(path)
    _require_harmless(folder, order)
    if order.dry_run:
        return _publish(None, folder, repository, order, bench, tell).warned(strays)
    with connected() as api:
        require_token()
        return _publish(api, folder, repository, order, bench, tell).warned(strays)


def _require_harmless(folder: AdapterFolder, order: Order) -> None:
    for found in folder.evaluations:
        if found.verdict == "harms" and not order.force:
            raise ConfigError(
                f"the adapter harms: {found.task}, {found.best} {found.gain.value:+z.1f} points from {found.against}",
                file=folder.path,
                hint="publish another one, or this one with --force: its card says that it harms",
            )


def _publish(
    api: HfApi | None, folder: AdapterFolder, name: str, order: Order, bench: Bench, tell: Progress
) -> Published:
    there = find_repository(api, name) if api is not None else None
    known = _require_ours(api, there, order)
    with tempfile.TemporaryDirectory(prefix="lexaug-publish-") as place:
        tell("packaging", 1, STEPS)
        package = build_package(
            folder,
            Path(place) / "package",
            name,
            load=bench.load,
            source_licences=order.source_licences,
            known=known,
        )
        tell("checking", 2, STEPS)
        checked = verify_adapter(package.path, bench.load, repository=name)
        refuse(folder.path, checked.refused)
        changes = compare(package.path, there)
        state, commit = "checked", ""
        if order.output is not None:
            _copy(package, order.output)
        if api is not None:
            tell("sending", 3, STEPS)
            there = there or make_repository(api, name, private=order.private)
            changes = compare(package.path, there)  # another command may have made it meanwhile
            state, commit = send(api, package, there, changes, tag=order.tag)
    tell("done", STEPS, STEPS)
    return Published(
        str(folder.path), name, state, commit, order.tag, changes, package.size, checked.warnings, order.output
    )


def _copy(package: AdapterFolder, output: Path) -> None:
    with atomic_folder(output) as place:
        for name in package.sizes:
            shutil.copyfile(package.path / name, place / name)


def _require_ours(api: HfApi | None, there: Repository | None, order: Order) -> dict[str, Any] | None:
    """Refuse to replace what lexaug did not publish; give the manifest of what it did."""
    if api is None or there is None:
        return None
    if order.private and not there.private:
        raise HubError(
            f"{there.name} is there already and public", hint="make it private in its settings, or leave --private out"
        )
    strange = [name for name in there.files if name not in (".gitattributes", "README.md")]
    if MANIFEST not in there.files:
        if strange and not order.force:
            raise HubError(
                f"{there.name} holds something that lexaug did not publish: {strange[0]}",
                hint="choose another name, or replace it with --force",
            )
        return None
    from huggingface_hub import hf_hub_download

    with tempfile.TemporaryDirectory(prefix="lexaug-manifest-") as place:
        file = persist(
            lambda: hf_hub_download(there.name, MANIFEST, revision=there.commit, local_dir=place, endpoint=api.endpoint)
        )
        try:
            manifest = json.loads(Path(file).read_text(encoding="utf-8"))
        except (ValueError, RecursionError):
            return None
    return manifest if isinstance(manifest, dict) else None


def require_token() -> None:
    """Raise HubError where there is no token to publish with."""
    from huggingface_hub import get_token

    if not get_token():
        raise HubError("publishing needs a token, and there is none", hint=LOG_IN)
