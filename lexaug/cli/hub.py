"""`lexaug publish`, `pull` and `verify`: adapters given on and fetched."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lexaug.cli.console import Json, emit, step_bar
from lexaug.errors import ConfigError

if TYPE_CHECKING:
    from lexaug.hub.publish import Order

FINDINGS = 1
"""Exit code where an adapter did not pass, or not every one was published."""


def publish(
    adapter: Annotated[Path, typer.Argument(metavar="DIR", help="The adapter folder; with --all, their folder.")],
    repository: Annotated[
        str | None, typer.Argument(metavar="REPO", help="OWNER/NAME; with --all, OWNER.", show_default=False)
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Publish every adapter in DIR, as OWNER/FOLDER'S NAME.")] = False,
    private: Annotated[bool, typer.Option("--private", help="Make a new repository private.")] = False,
    tag: Annotated[str | None, typer.Option(metavar="TAG", help="Name the version, e.g. v1.0.")] = None,
    source_licence: Annotated[
        list[str] | None,
        typer.Option(metavar="SPDX|FILE=SPDX", help="Licence of the English sentences, all or one file."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Make all checks, send nothing; needs no network.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            help="With --dry-run: leave there what would be published, its card too.",
            show_default=False,
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Publish what harms, or replace what is not lexaug's.")
    ] = False,
    json: Json = False,
) -> None:
    """Publish an adapter on the Hub, with a card that says what was measured and no more.

    In: a folder of `lexaug train`, best after `lexaug eval ... --save`. First everything is checked: base model and
    sources by name, licences, card, hashes, that it loads and computes the same. Then one commit is made, none where
    nothing has changed. Broken off? Run the same command again. The token is that of `hf auth login` or HF_TOKEN.

    Exit code with --all: 0 where every adapter is published, 1 where one is not.

    Examples: lexaug publish adapters/sme me/lexaug-sme --dry-run -o look; lexaug publish adapters/sme me/lexaug-sme
    --source-licence CC-BY-SA-4.0 --tag v1.0
    """
    from lexaug.hub.publish import Order
    from lexaug.hub.publish import publish as run

    order = Order(private, tag, dry_run, force, _source_licences(source_licence or []), output)
    if all_:
        raise typer.Exit(_publish_all(adapter, repository, order, json))
    if repository is None:
        raise ConfigError("no repository is named", hint="lexaug publish DIR OWNER/NAME")
    from lexaug.cli.hub_tables import published_facts

    with step_bar("publishing") as advance:
        done = run(adapter, repository, order, progress=advance)
    emit(json, done.as_json(), lambda: published_facts(done))


def _publish_all(folder: Path, owner: str | None, order: Order, json: bool) -> int:
    from lexaug.cli.hub_tables import published_table
    from lexaug.hub.bulk import publish_all
    from lexaug.hub.publish import Published

    with step_bar("publishing") as advance:
        results = list(publish_all(folder, owner, order, progress=advance))
    done = [result for result in results if isinstance(result, Published)]
    answers: list[dict[str, Any]] = [
        result.as_json() if isinstance(result, Published) else {"adapter": result[0], "error": result[1].as_json()}
        for result in results
    ]
    summary = {"adapters": answers, "published": len(done), "refused": len(results) - len(done)}
    emit(json, summary, lambda: published_table(results))
    return 0 if len(done) == len(results) else FINDINGS


def pull(
    repository: Annotated[str, typer.Argument(metavar="REPO[@REV]", help="OWNER/NAME, a branch, tag or commit of it.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The folder to make.", show_default="NAME")
    ] = None,
    json: Json = False,
) -> None:
    """Fetch an adapter: pinned to a commit, every file checked, whole or not at all.

    Nothing of it is run or loaded before it has passed: safetensors only, shapes that fit the base model, no code, no
    path out of the folder, bounded sizes. A folder that holds it already stays as it is.

    Example: lexaug pull me/lexaug-sme@v1.0 -o adapters/sme
    """
    from lexaug.cli.hub_tables import pulled_table
    from lexaug.hub.pull import pull as run

    place = output or Path(repository.partition("@")[0].rpartition("/")[2] or "adapter")
    with step_bar("fetching") as advance:
        done = run(repository, place, progress=advance)
    emit(json, done.as_json(), lambda: pulled_table(done))


def verify(
    adapter: Annotated[str, typer.Argument(metavar="DIR|REPO[@REV]", help="A folder, or a repository to look at.")],
    json: Json = False,
) -> None:
    """Check that a published adapter holds what it promises.

    Files as published, licence as its sources demand, a card that says what was measured, and numbers that come out
    again when the adapter is loaded. Exit code 0: sound. 1: something is wrong. 2: it cannot be checked.

    Example: lexaug verify me/lexaug-sme
    """
    from lexaug.cli.hub_tables import verified_table
    from lexaug.hub.visit import verify_anywhere

    with step_bar("verifying") as advance:
        found = verify_anywhere(adapter, progress=advance)
    emit(json, {**found.as_json(), "adapter": adapter}, lambda: verified_table(adapter, found))
    if not found.sound:
        raise typer.Exit(FINDINGS)


def _source_licences(given: list[str]) -> dict[str, str]:
    """Read FILE=SPDX, or SPDX alone for all files."""
    found: dict[str, str] = {}
    for item in given:
        name, equals, licence = item.rpartition("=")
        if (equals and not name) or not licence or name in found:
            raise ConfigError(f"--source-licence {item!r} is not usable", hint="give SPDX or FILE=SPDX, each file once")
        found[name] = licence
    return found
