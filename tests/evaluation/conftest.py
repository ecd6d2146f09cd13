"""Fixtures of the evaluation tests: a tiny backbone, a tiny pack, a tiny adapter per seed."""

from pathlib import Path
from types import ModuleType

import pytest
import tiny as tiny_models
import torch

torch.set_num_threads(1)

ENGLISH = """the/DET cat/NOUN sees/VERB the/DET dog/NOUN ./PUNCT
a/DET red/ADJ dog/NOUN eats/VERB ./PUNCT
the/DET big/ADJ cat/NOUN eats/VERB the/DET red/ADJ dog/NOUN ./PUNCT
the/DET dog/NOUN sees/VERB a/DET big/ADJ red/ADJ cat/NOUN ./PUNCT"""
TARGET = """busku/NOUN oaidn/VERB beanat/NOUN ./PUNCT
rukses/ADJ beanat/NOUN borr/VERB ./PUNCT
stuoris/ADJ busku/NOUN borr/VERB rukses/ADJ beanat/NOUN ./PUNCT
beanat/NOUN oaidn/VERB stuoris/ADJ rukses/ADJ busku/NOUN ./PUNCT
busku/NOUN borr/VERB busku/NOUN ./PUNCT"""
LEXICON = (
    "english\ttarget\tpos\tsource\ncat\tbusku\tn\tx\ndog\tbeanat\tn\tx\nsee\toaidn\tv\tx\neat\tborr\tv\tx\n"
    "red\trukses\tadj\tx\nbig\tstuoris\tadj\tx\n"
)
LEMMAS = {"sees": "see", "eats": "eat"}


def conllu(lines: str, repeat: int = 1) -> str:
    """Make CoNLL-U of `word/TAG` lines; every word hangs on the first."""
    blocks = []
    for number, line in enumerate(lines.split("\n") * repeat):
        rows = [f"# sent_id = s{number}"]
        for place, pair in enumerate(line.split(), start=1):
            word, tag = pair.split("/")
            head, relation = (0, "root") if place == 1 else (1, "dep")
            rows.append(f"{place}\t{word}\t{LEMMAS.get(word, word)}\t{tag}\t_\t_\t{head}\t{relation}\t_\t_")
        blocks.append("\n".join(rows) + "\n")
    return "\n".join(blocks)


@pytest.fixture(scope="session")
def facts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with train.conllu (English), test.conllu, dev.txt, lexicon.tsv."""
    folder = tmp_path_factory.mktemp("facts")
    (folder / "train.conllu").write_text(conllu(ENGLISH, repeat=4))
    (folder / "test.conllu").write_text(conllu(TARGET))
    dev = "busku/NOUN oaidn/VERB rukses/ADJ beanat/NOUN ./PUNCT\nstuoris/ADJ beanat/NOUN borr/VERB ./PUNCT"
    (folder / "dev.txt").write_text(
        "\n\n".join(line.replace(" ", "\n").replace("/", " ") for line in dev.split("\n")) + "\n"
    )
    (folder / "lexicon.tsv").write_text(LEXICON)
    return folder


@pytest.fixture(scope="session")
def tiny() -> ModuleType:
    """The training tests' module that makes tiny backbones."""
    return tiny_models


@pytest.fixture(scope="session")
def tiny_folder(tiny: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a tiny BERT with its tokenizer."""
    return tiny.write_backbone(tmp_path_factory.mktemp("tiny"))


@pytest.fixture(scope="session")
def pack(facts: Path, tmp_path_factory: pytest.TempPathFactory):
    """A pack of six words and no table."""
    from lexaug.pack import init_pack

    output = tmp_path_factory.mktemp("packs") / "sme"
    return init_pack("sme", lexicons=[(facts / "lexicon.tsv", None)], licences="CC0-1.0", output=output)


@pytest.fixture(scope="session")
def adapters(facts: Path, tiny_folder: Path, pack, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two adapters that differ in their seed."""
    from lexaug.recipe import Recipe
    from lexaug.training.train import train

    folder = tmp_path_factory.mktemp("adapters")
    made = []
    for seed in (1, 2):
        recipe = Recipe.make(
            pack=str(pack.path),
            backbone={"name": str(tiny_folder)},
            synthesis={"sources": [str(facts / "train.conllu")], "mode": "lexicon"},
            training={
                "preset": "tagging",
                "rank": 2,
                "teacher_layers": [1, 2],
                "head_layers": [2],
                "passes": 1,
                "character_buckets": 512,
                "character_head_buckets": 512,
                "character_size": 4,
                "max_length": 32,
            },
            seed=seed,
        )
        output = folder / f"seed{seed}"
        train(recipe, pack, output)
        made.append(output)
    return made
