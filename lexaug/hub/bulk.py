"""Publishing every adapter in a folder: one that cannot be does not stop the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from lexaug.errors import ConfigError, LexaugError, MissingError
from lexaug.hub.bench import Bench
from lexaug.hub.publish import Order, Progress, Published, publish, require_token
from lexaug.hub.remote import connected, persist
from lexaug.hub.repository import require_tag
from lexaug.hub.trust.names import odd_repository
from lexaug.training.part_files import CONFIG

NOBODY = "dry-run"
"""Stands for the owner in a dry run that names none, since the hub is not asked who the token is."""


def publish_all(
    folder: Path, namespace: str | None, order: Order | None = None, *, progress: Progress | None = None
) -> Iterator[Published | tuple[str, LexaugError]]:
    """Publish every adapter in a folder as NAMESPACE/FOLDER'S NAME.

    Gives what became of each, or its name and the error. The order's output is the folder of all their outputs.

    Raises:
        MissingError: there is no such folder.
        ConfigError: there is no adapter in the folder, or the namespace or the tag can be none.
        HubError: there is no token, or no namespace is given and the hub does not say whose the token is.

    """
    adapters = _adapters(folder)
    order, bench, tell = order or Order(), Bench(), progress or (lambda *_: None)
    require_tag(order.tag)
    if namespace is not None and odd_repository(f"{namespace}/adapter"):
        raise ConfigError(f"{namespace!r} can be no owner on the hub", hint="give OWNER: each folder's name follows it")
    if not order.dry_run:
        require_token()
    owner = namespace or (NOBODY if order.dry_run else _whoami())
    for number, path in enumerate(adapters):
        tell(path.name, number, len(adapters))
        try:
            own = replace(order, output=order.output / path.name) if order.output else order
            yield publish(path, f"{owner}/{path.name}", own, bench=bench)
        except LexaugError as fault:
            yield path.name, fault


def _adapters(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise MissingError("no such folder", file=folder, hint="name the folder that the adapters lie in")
    if (folder / CONFIG).exists():
        raise ConfigError(
            "is an adapter itself", file=folder, hint="leave --all out, or name the folder that it lies in"
        )
    adapters = sorted(path.parent for path in folder.glob(f"*/{CONFIG}"))
    if not adapters:
        raise ConfigError("holds no adapter folders", file=folder, hint="name the folder that the adapters lie in")
    return adapters


def _whoami() -> str:
    with connected() as api:
        return str(persist(api.whoami)["name"])
