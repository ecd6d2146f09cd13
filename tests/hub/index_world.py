"""Indexes for tests: of made-up adapters, and of entries written by hand."""

import json
from pathlib import Path

from experiments.made_up_adapters import NOTE, make_up
from lexaug.hub.index.build import build_index
from lexaug.hub.index.schema import Entry, Family, Figure, Gain, Index, Result
from lexaug.hub.index.write import write_index
from lexaug.languages import language, lineage

COMMIT = "a" * 40


def make_site(trained: Path, folder: Path, count: int) -> Path:
    """Write an index of made-up adapters, and say on it that they are made up."""
    make_up(trained, folder / "adapters", count)
    write_index(build_index([str(folder / "adapters")], folder / "site", note=NOTE), folder / "site")
    return folder / "site"


def result(gain: float = 2.0, verdict: str = "helps", **values: object) -> Result:
    """Give a result on POS of a system that has 80 without the adapter."""
    figures = {
        "frozen": Figure(system="zero_shot", value=50, low=48, high=52),
        "rival": Figure(system="char_ngram", value=80, low=78, high=82),
        "adapted": Figure(system="fused", value=80 + gain, low=78 + gain, high=82 + gain),
        "gain": Gain(value=gain, low=gain - 1, high=gain + 1),
    }
    return Result(**{"task": "pos", "n": 500, "seeds": 2, "verdict": verdict, **figures, **values})


def entry(code: str, **values: object) -> Entry:
    """Give the entry of an adapter in a repo."""
    spec = language(code)
    usual = {
        "code": code,
        "name": spec.name,
        "autonym": spec.autonym or None,
        "macrolanguage": spec.macrolanguage,
        "families": [Family(glottocode=glottocode, name=name) for glottocode, name in lineage(code)],
        "kind": "repo",
        "place": f"org/{code}",
        "link": f"https://hub.example/org/{code}",
        "revision": COMMIT,
        "base_model": "intfloat/multilingual-e5-small",
        "licence": "CC-BY-4.0",
        "results": [result()],
        "weights": 1_000_000,
        "size": 1_200_000,
        "digest": "0" * 64,
    }
    return Entry(**{**usual, **values})


def index_of(*entries: Entry, **values: object) -> Index:
    """Give an index of entries."""
    return Index(adapters=entries, **values)


def rewrite(file: Path, **values: object) -> None:
    """Change keys of a JSON file."""
    file.write_text(json.dumps({**json.loads(file.read_text()), **values}))
