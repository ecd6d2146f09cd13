"""A small world in which training works: pack, English, tiny backbone, adapter, as files of one folder."""

from pathlib import Path

import tiny

from lexaug.cli import run

RECIPE = """pack = "pack"
[backbone]
name = "./backbone"
[synthesis]
sources = ["tiny.conllu"]
[training]
rank = 2
teacher_layers = [1, 2]
head_layers = [2]
character_buckets = 256
character_head_buckets = 256
character_size = 4
passes = 1
"""


def put(folder: Path, name: str, content: str | bytes) -> None:
    """Write a file of the world."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())


def make_trained(folder: Path, files: dict[str, str]) -> Path:
    """Write the given files, what they are trained with (the lexicon is the tiny model's own), and the adapter."""
    rows = [f"{word}\t{target}\t{tiny.WORDS[word]}\town" for word, target in tiny.FOREIGN.items()]
    put(folder, "pack/lexicon.tsv", "\n".join(["english\ttarget\tpos\tsource", *rows]) + "\n")
    put(folder, "recipe.toml", RECIPE)
    put(folder, "tiny.conllu", "\n".join(_conllu(sentence) for sentence in tiny.sentences(30)))
    put(folder, "odd.txt", "busku FOO\nborr BAR\n")
    for name, content in files.items():
        put(folder, name, content)
    tiny.write_backbone(folder / "backbone")
    assert run(["train", str(folder / "recipe.toml"), "-o", str(folder / "adapter"), "--json"]) == 0
    return folder


def _conllu(sentence: object) -> str:
    rows = zip(sentence.tokens, sentence.upos, strict=True)
    return "".join(
        f"{number}\t{word}\t{word}\t{tag}\t_\t_\t{number - 1}\t{'dep' if number > 1 else 'root'}\t_\t_\n"
        for number, (word, tag) in enumerate(rows, start=1)
    )
