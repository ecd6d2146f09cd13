"""What the backbone learns from: the train splits of many languages."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from experiments.inflection_backbone.store import Store
from experiments.packs import WORK
from experiments.shared_task import Source, backbone_sources, draw
from experiments.study import say
from lexaug.files import fingerprint_json, write_json
from lexaug.inflection.alphabet import Alphabet
from lexaug.inflection.examples import InflectionExample, read_examples, read_training

MOST = 30_000
"""Rows of a file that are used at most."""
LEAST = 30
"""Rows that a character must occur in; rarer ones are read as unknown, and copied."""
DEV_ROWS = 300
"""Rows of a dev split that can be scored."""
SEED = 0
FOLDER = WORK / "inflection_backbone"
ISO = {"mao": "mri", "jap": "jpn"}
"""ISO 639-3 codes of languages that the shared tasks' files call otherwise."""


@dataclass(frozen=True, slots=True)
class Material:
    """Rows to learn from and rows of dev to score, their sources in the same order, and the alphabet of the first."""

    sources: tuple[Source, ...]
    alphabet: Alphabet
    train: Store
    dev: Store

    @property
    def languages(self) -> list[str]:
        """ISO 639-3 codes of the languages, those of both years once."""
        return sorted(set(map(language_of, self.sources)))


def language_of(source: Source) -> str:
    """Give the language's ISO 639-3 code: unvocalised Hebrew is Hebrew."""
    code = source.code.partition("_")[0]
    return ISO.get(code, code)


def gather(only: Sequence[str] = ()) -> Material:
    """Read every source (or those of some codes), or what was kept of it when it was read before."""
    folder = FOLDER / fingerprint_json([sorted(only), MOST, LEAST, DEV_ROWS, SEED, ISO])[:8]
    if not (folder / "sources.json").is_file():
        _keep(_read(only), folder)
    facts = json.loads((folder / "sources.json").read_text(encoding="utf-8"))
    return Material(
        sources=tuple(Source(code, year) for code, year in facts["sources"]),
        alphabet=Alphabet(*(tuple(facts[name]) for name in ("characters", "values", "nests"))),
        train=Store.load(folder / "train.npz"),
        dev=Store.load(folder / "dev.npz"),
    )


def _read(only: Sequence[str]) -> Material:
    say("reading the tables")
    sources = tuple(source for source in backbone_sources() if not only or source.code in only)
    train = {source: draw(read_training(source.train), MOST, SEED) for source in sources}
    dev = {source: draw(read_examples(source.dev).rows, DEV_ROWS, SEED) for source in sources}
    languages = dict.fromkeys(map(language_of, sorted(sources, key=lambda source: source.code)))
    rows = (row for source in train.values() for row in source)
    alphabet = Alphabet.of(rows, least=LEAST, languages=languages)
    return Material(sources, alphabet, _store(train, alphabet, learnable=True), _store(dev, alphabet, learnable=False))


def _store(rows: Mapping[Source, list[InflectionExample]], alphabet: Alphabet, *, learnable: bool) -> Store:
    return Store.of(((language_of(source), found) for source, found in rows.items()), alphabet, learnable=learnable)


def _keep(material: Material, folder: Path) -> None:
    material.train.save(folder / "train.npz")
    material.dev.save(folder / "dev.npz")
    alphabet = material.alphabet
    facts = {"characters": alphabet.characters, "values": alphabet.values, "nests": alphabet.nests}
    write_json(folder / "sources.json", {"sources": [(x.code, x.year) for x in material.sources], **facts})
