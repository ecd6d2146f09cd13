"""`lexaug pack`: gather a language's facts into one folder, check them, show them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lexaug.cli.console import Json, emit

app = typer.Typer(no_args_is_help=True, help="Gather a language's facts into one folder, check them, show them.")

PackArgument = Annotated[Path, typer.Argument(help="The pack folder.", show_default=False)]


@app.command("init")
def init(
    code: Annotated[str, typer.Argument(help="ISO 639-3 code of the language, e.g. sme.", show_default=False)],
    lexicon: Annotated[
        list[str],
        typer.Option(
            metavar="FILE[:FORMAT]",
            help="Bilingual lexicon: tsv, pairs, pairs-reverse, gatitos, tei, dix, wiktionary-tsv, kaikki or cldf.",
        ),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="The pack folder to make.")],
    license_: Annotated[
        list[str],
        typer.Option("--license", metavar="SPDX|FILE=SPDX", help="Licence of all sources, or of one file."),
    ],
    paradigms: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE[:FORMAT]|CODE:unimorph",
            help="Inflection table: unimorph or sigmorphon; train splits only. CODE:unimorph takes UniMorph's own.",
        ),
    ] = None,
    text: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="Real text of the language, a sentence per line.")
    ] = None,
    json: Json = False,
) -> None:
    """Copy lexicons, inflection tables and texts into a pack and describe them in its pack.toml.

    Every source is read to its end first; nothing is written where one is not usable. UniMorph's own tables are looked
    for in the folder that UNIMORPH names (else ~/.unimorph) and downloaded into it where they are not there.

    Example: lexaug pack init sme --lexicon en_se.tsv --paradigms sme:unimorph --license CC-BY-SA-4.0 -o packs/sme
    """
    from rich.console import Group
    from rich.text import Text

    from lexaug.cli.sources import parse_licences, parse_source
    from lexaug.pack import init_pack
    from lexaug.pack.render import pack_table

    notices: list[str] = []
    pack = init_pack(
        code,
        lexicons=[parse_source(item) for item in lexicon],
        paradigms=[parse_source(item) for item in paradigms or ()],
        texts=list(text or ()),
        licences=parse_licences(license_),
        output=output,
        notice=notices.append,
    )
    emit(json, {**pack.as_json(), "notices": notices}, lambda: Group(*map(Text, notices), pack_table(pack)))


@app.command("check")
def check(
    pack: PackArgument,
    strict: Annotated[bool, typer.Option("--strict", help="Unknown feature tags are errors.")] = False,
    source: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="English to measure coverage on: .conllu or text; else frequent words."),
    ] = None,
    held_out: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="What is to be scored on: tables, treebanks, text. None of it may leak."),
    ] = None,
    json: Json = False,
) -> None:
    """Read every source and report rows, rejections, coverage and the licence of the whole.

    Exit code 0: fine. 1: readable, with findings. 2: unreadable or unsafe.

    Example: lexaug pack check packs/sme --held-out sme.tst --held-out sme_giella-ud-test.conllu
    """
    from lexaug.pack import check_pack
    from lexaug.pack.render import report_table

    report = check_pack(pack, strict=strict, sources=source or (), held_out=held_out or ())
    emit(json, report.as_json(), lambda: report_table(report))
    raise typer.Exit(report.exit_code)


@app.command("show")
def show(pack: PackArgument, json: Json = False) -> None:
    """Show what a pack holds: language, sources, licences, grammar.

    Example: lexaug pack show packs/sme
    """
    from lexaug.pack import load_pack
    from lexaug.pack.render import pack_table

    loaded = load_pack(pack)
    emit(json, loaded.as_json(), lambda: pack_table(loaded))


@app.command("exclude")
def exclude(
    pack: PackArgument,
    licence: Annotated[
        list[str], typer.Argument(metavar="SPDX...", help="Licences, or families such as GPL.", show_default=False)
    ],
    json: Json = False,
) -> None:
    """Leave out sources and rows under a licence, so that the rest can be given on under terms of its own.

    Writes exclude_licences into pack.toml; take a name out of it there to use its sources again. Adapters trained
    before keep the licence they have: train anew.

    Example: lexaug pack exclude packs/sme GPL
    """
    from lexaug.pack import exclude_licences
    from lexaug.pack.render import pack_table

    changed = exclude_licences(pack, licence)
    emit(json, changed.as_json(), lambda: pack_table(changed))
