"""`lexaug export`: an adapter merged into its backbone, as a plain transformers model."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lexaug.cli.console import Json, emit
from lexaug.cli.options import IndexPlace

if TYPE_CHECKING:
    from rich.console import RenderableType

    from lexaug.hub.merge import Merged


def export(
    adapter: Annotated[str, typer.Argument(metavar="DIR|CODE", help="An adapter folder, or a code in the index.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The model folder to make.")],
    base: Annotated[
        str | None, typer.Option(metavar="offline|ID|DIR", help="The backbone.", show_default="the adapter's own")
    ] = None,
    index: IndexPlace = None,
    json: Json = False,
) -> None:
    """Merge an adapter into its backbone and write a plain model that transformers.AutoModel loads.

    Token rows go into the input embedding, LoRA into the weights: whoever has neither peft nor lexaug can use it. The
    character part and the label head have no place in a plain encoder and are left out; the answer names them. The
    adapter stays as it is.

    Examples: lexaug export adapters/sme -o models/sme; lexaug export sme --index my-org/adapters -o models/sme
    """
    from lexaug.hub.merge import export as run

    done = run(adapter, output, base=base, index=index)
    emit(json, done.as_json(), lambda: _told(done))


def _told(done: Merged) -> RenderableType:
    left = f"; left out: {', '.join(done.left_out)}" if done.left_out else ""
    return f"{done.path}: {done.base_model} for {done.language}, {done.size / 1e6:,.0f} MB{left}"
