"""How the Hub names a licence in a card's metadata."""

from __future__ import annotations

import re

from lexaug.licences.catalogue import hub_names

OTHER = "other"


def hub_licence(expression: str) -> dict[str, str]:
    """Give the metadata of a licence: its name on the Hub, or `other` with the expression and a file that explains it.

    The names are those of the Hub's list of licences (`[hub]` in resources/licences.toml).
    """
    if name := hub_names().get(expression):
        return {"license": name}
    slug = re.sub(r"[^a-z0-9.-]+", "-", expression.casefold()).strip("-")
    return {"license": OTHER, "license_name": slug, "license_link": "LICENSE"}
