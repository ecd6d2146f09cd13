"""Gold analyses from a CoNLL-U treebank."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from lexaug.files import read_lines
from lexaug.morphology.english.analysis import Analysis

SPLITS = ("train", "dev", "test")


def read_treebank(path: Path) -> list[Analysis]:
    """Read the syntactic words of every sentence; multiword-token ranges and empty nodes are left out."""
    return list(_sentences(path))


def _sentences(path: Path) -> Iterator[Analysis]:
    text, rows = "", []
    for _, line in read_lines(path):
        if line.startswith("# text = "):
            text = line.removeprefix("# text = ")
        elif line and not line.startswith("#"):
            columns = line.split("\t")
            if columns[0].isdigit():
                rows.append(columns)
        elif not line and rows:
            yield _analysis(rows, text)
            text, rows = "", []
    if rows:
        yield _analysis(rows, text)


def _analysis(rows: list[list[str]], text: str) -> Analysis:
    _, tokens, lemmas, upos, _, feats, heads, deprels, *_ = zip(*rows, strict=True)
    return Analysis(
        tokens=tokens,
        lemmas=lemmas,
        upos=upos,
        feats=tuple(parse_feats(value) for value in feats),
        heads=tuple(int(head) for head in heads),
        deprels=deprels,
        text=text,
    )


def parse_feats(value: str) -> dict[str, str]:
    """Read `A=x|B=y`; `_` is empty."""
    return {} if value == "_" else dict(pair.split("=", 1) for pair in value.split("|"))


def treebank_file(folder: Path, split: str) -> Path:
    """Find the file of a split in a treebank folder."""
    return next(iter(sorted(folder.glob(f"*-ud-{split}.conllu"))), folder / f"{split}.conllu")
