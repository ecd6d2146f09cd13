"""Make resources/languages.tsv and resources/languages.families.tsv from five public packages.

Run once when the sources change (README.md beside this file has the two commands). Nothing here is imported by lexaug.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import cldr
import glottolog
import iso639
import uriel
import wiktionary
from wheels import Wheels

HEADER = (
    "code",
    "aliases",
    "scope",
    "type",
    "name",
    "autonym",
    "scripts",
    "macrolanguage",
    "glottocode",
    "branch",
    "word_order",
    "other_names",
)


@dataclass(frozen=True)
class Sources:
    """Everything that is read, keyed by ISO 639-3 code."""

    codes: dict[str, iso639.Code]
    lects: dict[str, glottolog.Lect]
    orders: dict[str, str]
    wiktionary: dict[str, wiktionary.Names]


def main() -> None:
    """Read the wheels, write the two tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheels", type=Path, help="folder with the downloaded wheels")
    parser.add_argument("-o", "--output", type=Path, default=Path(__file__).parents[2] / "resources")
    options = parser.parse_args()
    wheels = Wheels(options.wheels)
    codes = iso639.read(wheels)
    forest = glottolog.read(wheels)
    lects = glottolog.place(forest, iso639.members(codes))
    sources = Sources(codes, lects, uriel.read(wheels), wiktionary.read(wheels, iso639.two_letter(codes)))
    write(options.output / "languages.tsv", HEADER, [row(code, sources) for code in sorted(codes)])
    branches = {lect.branch for code, lect in lects.items() if code in codes}
    write(options.output / "languages.families.tsv", ("glottocode", "parent", "name"), forest.ancestry(branches))


def row(code: str, sources: Sources) -> tuple[str, ...]:
    """Give one language's row in the order of `HEADER`."""
    entry = sources.codes[code]
    tags = cldr.read(entry.two_letter or code)
    lect = sources.lects.get(code, glottolog.UNKNOWN)
    names = sources.wiktionary.get(code, wiktionary.NONE)
    scripts = dict.fromkeys((*tags.scripts, *names.scripts)) or inherited(entry.macrolanguage, sources)
    others = dict.fromkeys(name for name in (*entry.names, tags.english, *names.names) if name and name != entry.name)
    return (
        code,
        " ".join(entry.aliases),
        entry.scope,
        entry.type,
        entry.name,
        tags.autonym,
        " ".join(scripts),
        entry.macrolanguage,
        lect.glottocode,
        lect.branch,
        sources.orders.get(code, ""),
        "; ".join(others),
    )


def inherited(macrolanguage: str, sources: Sources) -> tuple[str, ...]:
    """Give the script CLDR states for the macrolanguage, for members that have none of their own."""
    return cldr.read(sources.codes[macrolanguage].two_letter or macrolanguage).scripts if macrolanguage else ()


def write(path: Path, header: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Write a tab-separated table; the same rows give the same bytes."""
    lines = ["\t".join(cells) for cells in (header, *rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{path}: {len(rows)} rows, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
