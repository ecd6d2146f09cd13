"""What a card says of the data of an adapter and of the licence that follows from it."""

from __future__ import annotations

from lexaug.hub.card.text import code, plain, table
from lexaug.hub.data import read_data
from lexaug.hub.folder import AdapterFolder
from lexaug.hub.rights import derive_rights
from lexaug.licences import hub_licence
from lexaug.licences.hub_names import OTHER

KINDS = {
    "lexicon": "bilingual lexicon",
    "paradigms": "inflection table",
    "text": "text of the language",
    "english": "English sentences",
}


def describe_data(folder: AdapterFolder) -> str:
    """List every source with licence, origin and fingerprint."""
    rows = [
        (
            plain(entry["name"]),
            plain(KINDS.get(entry["kind"], entry["kind"])),
            plain(entry["licence"]),
            plain(entry["origin"]),
            code(entry["sha256"][:12]),
        )
        for entry in read_data(folder)
    ]
    return table(("source", "kind", "licence", "origin", "SHA-256"), rows)


def describe_rights(folder: AdapterFolder) -> str:
    """Say under which licence the adapter stands, and what that means for whoever uses it."""
    whole = derive_rights(read_data(folder))
    meaning = [
        "What is made from it must be given on under the same terms." if whole.share_alike else "",
        "" if whole.commercial else "**No commercial use**: a source forbids it.",
    ]
    follows = (
        "It follows from the licences of all sources by lexaug's table; that is a careful reading, not legal advice."
    )
    return " ".join(
        part for part in (f"The adapter stands under **{plain(whole.licence)}**.", follows, *meaning) if part
    )


def licence_file(licence: str) -> str | None:
    """Write the LICENSE file for a licence that the Hub has no name for; None for one that needs no such file."""
    if hub_licence(licence)["license"] != OTHER:
        return None
    names = [name for name in licence.replace("(", " ").replace(")", " ").split() if name not in ("AND", "OR")]
    links = "".join(f"  {name}: https://spdx.org/licenses/{name}.html\n" for name in dict.fromkeys(names))
    return f"It stands under {licence} (SPDX expression).\nThe licences' texts:\n{links}"
