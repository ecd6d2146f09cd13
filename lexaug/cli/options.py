"""Flags that several verbs share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

PackFolder = Annotated[Path, typer.Argument(help="The pack folder (see `lexaug pack init`).", show_default=False)]
Sources = Annotated[
    list[Path],
    typer.Option("--source", metavar="FILE", help="English: analysed .conllu, or plain .txt with a sentence per line."),
]
Mode = Annotated[
    str,
    typer.Option(
        help="lexicon: replace words; morph: inflect them as the table says; random-inflection: the control.",
        metavar="lexicon|morph|random-inflection",
    ),
]
Inflector = Annotated[
    str,
    typer.Option(
        help="What inflects words that the table lacks: rules learnt from it, nothing, or a trained inflector.",
        metavar="rules|none|FOLDER",
    ),
]
Sentences = Annotated[
    int | None, typer.Option(min=1, max=10**9, help="Use the first N source sentences only.", show_default="all")
]
Samples = Annotated[int, typer.Option(min=1, max=1000, help="Pseudo-sentences per source sentence.")]
Seed = Annotated[int, typer.Option(min=0, max=2**63 - 1, help="All randomness comes from it.")]
IndexPlace = Annotated[
    str | None,
    typer.Option(
        "--index",
        metavar="FOLDER|ADDRESS|REPO",
        help="index.json or its folder; an https address of either; OWNER/NAME, datasets/OWNER/NAME or "
        "spaces/OWNER/NAME on the Hub, with @REVISION if wanted.",
        show_default="$LEXAUG_INDEX",
    ),
]
Analyser = Annotated[
    str,
    typer.Option(
        help="What analyses plain English; auto: Stanza or spaCy where installed with a model, else what is shipped.",
        metavar="auto|shipped|spacy:MODEL|stanza",
    ),
]
