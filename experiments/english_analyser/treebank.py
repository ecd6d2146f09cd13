"""Gold analyses from a CoNLL-U treebank."""

from __future__ import annotations

from pathlib import Path

from lexaug.conllu import Block, read_blocks
from lexaug.morphology.english.analysis import Analysis

SPLITS = ("train", "dev", "test")


def read_treebank(path: Path) -> list[Analysis]:
    """Read the syntactic words of every sentence."""
    return [_analysis(block) for block in read_blocks(path)]


def _analysis(block: Block) -> Analysis:
    _, tokens, lemmas, upos, _, feats, heads, deprels, *_ = zip(*block.rows, strict=True)
    return Analysis(
        tokens=tokens,
        lemmas=lemmas,
        upos=upos,
        feats=tuple(parse_feats(value) for value in feats),
        heads=tuple(int(head) for head in heads),
        deprels=deprels,
        text=block.text,
    )


def parse_feats(value: str) -> dict[str, str]:
    """Read `A=x|B=y`; `_` is empty."""
    return {} if value == "_" else dict(pair.split("=", 1) for pair in value.split("|"))


def treebank_file(folder: Path, split: str) -> Path:
    """Find the file of a split in a treebank folder."""
    return next(iter(sorted(folder.glob(f"*-ud-{split}.conllu"))), folder / f"{split}.conllu")
