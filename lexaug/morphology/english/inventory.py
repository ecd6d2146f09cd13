"""What the analyser chooses among: tags with features, lemma scripts, relations; and the shape of its network."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lexaug.errors import FormatError
from lexaug.files import require_file, write_json
from lexaug.morphology.english.lemma_scripts import LemmaScript

if TYPE_CHECKING:
    from lexaug.morphology.english.network import Sizes


@dataclass(frozen=True, slots=True)
class Inventory:
    """Choices in the order of the network's outputs, and `layers`: the encoder layers whose vectors it reads.

    A label is `UPOS|Feature=Value|…`. `sizes` are the keyword arguments of `network.Sizes`; `backbone` is the weights
    hash of the encoder that the heads were trained on.
    """

    labels: tuple[str, ...]
    scripts: tuple[LemmaScript, ...]
    deprels: tuple[str, ...]
    layers: tuple[int, ...]
    sizes: Mapping[str, int]
    backbone: str = ""

    def network_sizes(self) -> Sizes:
        """Give the sizes of the network that these choices belong to."""
        from lexaug.morphology.english.network import Sizes

        return Sizes(**self.sizes)

    def write(self, path: Path) -> None:
        """Write as JSON."""
        write_json(path, asdict(self) | {"scripts": [str(script) for script in self.scripts]})

    @classmethod
    def read(cls, path: Path) -> Inventory:
        """Read what `write` wrote.

        Raises:
            MissingError: no such file.
            FormatError: something else stands in it.

        """
        try:
            value = json.loads(require_file(path).read_text("utf-8"))
            return cls(
                tuple(value["labels"]),
                tuple(LemmaScript.parse(script) for script in value["scripts"]),
                tuple(value["deprels"]),
                tuple(value["layers"]),
                value["sizes"],
                value["backbone"],
            )
        except (ValueError, KeyError, TypeError) as fault:
            raise FormatError(f"is no analyser inventory: {fault}", file=path) from fault


def label_of(upos: str, feats: Mapping[str, str]) -> str:
    """Join a tag and its features into a label; features in alphabetical order, as UD has them."""
    return "|".join([upos, *(f"{name}={value}" for name, value in sorted(feats.items(), key=_ud_order))])


def parts_of(label: str) -> tuple[str, dict[str, str]]:
    """Split a label into its tag and its features."""
    upos, *pairs = label.split("|")
    return upos, dict(pair.split("=", 1) for pair in pairs)


def _ud_order(item: tuple[str, str]) -> str:
    return item[0].lower()
