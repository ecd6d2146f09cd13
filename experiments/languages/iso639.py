"""The ISO 639-3 code table, names, macrolanguages and retired codes (SIL, by way of python-iso639)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from wheels import Wheels

PACKAGE = "python_iso639"
SCOPES = {"I": "individual", "M": "macrolanguage", "S": "special"}
TYPES = {"L": "living", "E": "extinct", "A": "ancient", "H": "historical", "C": "constructed", "S": "special"}


@dataclass(frozen=True)
class Code:
    """One code and what the registration authority says of it."""

    name: str
    names: tuple[str, ...]
    two_letter: str
    aliases: tuple[str, ...]
    scope: str
    type: str
    macrolanguage: str


def read(wheels: Wheels) -> dict[str, Code]:
    """Read all active codes; `aliases` are their ISO 639-1 and 639-2 codes and the retired codes they replace."""
    names = _collect(wheels, "Name_Index.tab", "Id", "Print_Name")
    retired = _collect(wheels, "Retirements.tab", "Change_To", "Id")
    macro = {
        row["I_Id"]: row["M_Id"] for row in wheels.rows(PACKAGE, "macrolanguages.tab") if row.get("I_Status") == "A"
    }
    codes = {}
    for row in wheels.rows(PACKAGE, "iso-639-3.tab"):
        code = row["Id"]
        aliases = dict.fromkeys((row["Part1"], row["Part2b"], row["Part2t"], *retired.get(code, ())))
        codes[code] = Code(
            name=row["Ref_Name"],
            names=tuple(names.get(code, ())),
            two_letter=row["Part1"],
            aliases=tuple(alias for alias in aliases if alias and alias != code),
            scope=SCOPES[row["Scope"]],
            type=TYPES[row["Language_Type"]],
            macrolanguage=macro.get(code, ""),
        )
    return codes


def members(codes: Mapping[str, Code]) -> dict[str, list[str]]:
    """Group the individual languages by their macrolanguage."""
    groups: dict[str, list[str]] = defaultdict(list)
    for code, entry in sorted(codes.items()):
        if entry.macrolanguage:
            groups[entry.macrolanguage].append(code)
    return groups


def two_letter(codes: Mapping[str, Code]) -> dict[str, str]:
    """Map ISO 639-1 codes to ISO 639-3."""
    return {entry.two_letter: code for code, entry in codes.items() if entry.two_letter}


def _collect(wheels: Wheels, name: str, key: str, value: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in wheels.rows(PACKAGE, name):
        if row.get(key):
            found[row[key]].append(row[value])
    return found
