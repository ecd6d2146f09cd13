"""`lexaug index` and `lexaug search`: a catalogue of adapters, and the way from a language to its adapter."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lexaug.cli.console import Json, emit, progress_bar
from lexaug.cli.options import IndexPlace

FINDINGS = 1
"""Exit code where something was left out, or nothing was found."""

app = typer.Typer(no_args_is_help=True, help="Make a catalogue of adapters, for people and for programs.")


@app.command("build")
def build(
    adapters: Annotated[
        list[str],
        typer.Argument(
            metavar="REPO_OR_FOLDER...",
            help="Adapter folders, folders of such, Hub repos OWNER/NAME[@REVISION], or 'OWNER/*'.",
            show_default=False,
        ),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder of the index; an older one is replaced.")],
    title: Annotated[str | None, typer.Option(help="Heading of the page.", show_default="Language adapters")] = None,
    note: Annotated[str | None, typer.Option(help="What a reader must know of the whole.", show_default=False)] = None,
    json: Json = False,
) -> None:
    """Describe adapters in one index.json and one index.html, which any static host or Hub repo can serve.

    Of repos only the list of files and the small descriptions are fetched, never weights. What cannot be indexed is
    left out, listed in the index with its reason, and the exit code is 1; where nothing can, nothing is written.

    Example: lexaug index build adapters/ my-org/lexaug-swa -o site
    """
    from lexaug.cli.index_tables import built_table
    from lexaug.hub.index.build import build_index
    from lexaug.hub.index.write import write_index

    with progress_bar("indexing", "adapters") as advance:
        index = build_index(adapters, output, title=title, note=note, progress=advance)
    write_index(index, output)
    left = [one.model_dump() for one in index.left_out]
    answer = {"output": str(output), "adapters": len(index.adapters), "left_out": left}
    emit(json, answer, lambda: built_table(index, output))
    if left:
        raise typer.Exit(FINDINGS)


def search(
    language: Annotated[
        str | None,
        typer.Argument(metavar="[LANG]", help="ISO 639-3 code, or a name in any script.", show_default=False),
    ] = None,
    family: Annotated[
        str | None, typer.Option(help="Name or glottocode of a family, at any level.", show_default=False)
    ] = None,
    base: Annotated[
        str | None, typer.Option(help="Base model: its Hub id, or the part after the owner.", show_default=False)
    ] = None,
    index: IndexPlace = None,
    json: Json = False,
) -> None:
    """Find adapters in an index by language, family and base model.

    A macrolanguage and its members are different languages: the one is not found for the other, but named beside it.
    Where there is nothing, the nearest in the tree of families are named. Exit code: 0 found, 1 nothing found.

    Example: lexaug search swa --base multilingual-e5-small --index spaces/my-org/adapters
    """
    from lexaug.cli.index_tables import found_tables
    from lexaug.hub.index.opening import open_index
    from lexaug.hub.index.search import Query
    from lexaug.hub.index.search import search as find_in

    query = Query(language, family, base)
    opened = open_index(index)
    found = find_in(opened.index, query)
    answer = {"index": opened.origin, "query": query.as_json(), **found.as_json()}
    emit(json, answer, lambda: found_tables(found, opened.origin))
    if not found.entries:
        raise typer.Exit(FINDINGS)
