"""The table of a lemma: where its known cells come from, and how it is shown."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rich.table import Table

from lexaug.cli.console import stderr
from lexaug.errors import ConfigError

if TYPE_CHECKING:
    from lexaug.inflection.paradigm import Paradigm
    from lexaug.morphology.table import ParadigmTable


def known_table(pack: Path | None, table: Path | None) -> ParadigmTable:
    """Read the table of a pack, or a table; says on stderr which rows of a table are left out.

    Raises:
        ConfigError: neither or both are given.

    """
    if (pack is None) == (table is None):
        raise ConfigError("one source of cells is needed", hint="give --pack or --table, or --inflector alone")
    if pack is not None:
        from lexaug.pack import load_pack

        return load_pack(pack).paradigms()
    from lexaug.morphology.readers.read import read_table
    from lexaug.morphology.table import ParadigmTable

    assert table is not None
    reading = read_table(table, lang="und")
    if reading.rejected:
        first = reading.rejected[0]
        stderr.print(
            f"{table}: rows left out: {len(reading.rejected):,}, the first at line {first.line}: {first.reason}",
            markup=False,
        )
    return ParadigmTable("und", reading.rows)


def paradigm_table(found: Paradigm) -> Table:
    """Show the cells of a lemma: features, forms, and how each came."""
    predicted = any(not cell.known for cell in found.cells)
    told = f"predicted by {found.way}" if predicted else "all cells are known"
    table = Table(title=f"{found.lemma} ({found.pos}; {told})", title_justify="left")
    for name in ("features", "form", "source", "probability"):
        table.add_column(name, overflow="fold")
    for cell in found.cells:
        probability = "" if cell.probability is None else f"{cell.probability:.2f}"
        table.add_row(str(cell.bundle), ", ".join(cell.forms), "known" if cell.known else "predicted", probability)
    return table
