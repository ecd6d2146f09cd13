"""Peak memory of writing a corpus: flat however many sentences go through."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path

from experiments.benchmarks.measure import Figure
from experiments.packs import ENGLISH, WORK, make_pack

SMALL, LARGE = 10_000, 1_000_000


def memory() -> list[Figure]:
    """Write a corpus from 10,000 and from 1,000,000 sentences, each in a process of its own."""
    small, large = _peak(SMALL), _peak(LARGE)
    note = f"{large:,.0f} MiB against {small:,.0f} MiB; below 1.1 counts as flat"
    return [Figure("synthesis, peak memory at 1M sentences", "MiB", large, small, "at 10k sentences", None, note)]


def _peak(sentences: int) -> float:
    command = (sys.executable, "-m", "experiments.benchmarks.memory", str(sentences))
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(answer.stdout.split()[-1])


def write_and_measure(sentences: int) -> float:
    """Write a corpus in this process and give its peak memory in MiB."""
    from lexaug.pack import load_pack
    from lexaug.synthesis.corpus import write_corpus

    WORK.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=WORK) as folder:
        source = Path(folder) / "english.conllu"
        with source.open("w", encoding="utf-8") as stream:
            stream.writelines(islice(_renamed(ENGLISH / "en_ewt-ud-train.conllu"), sentences))
        write_corpus(load_pack(make_pack("sme")), [source], Path(folder) / "corpus")
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _renamed(treebank: Path) -> Iterator[str]:
    """Give the treebank's sentences again and again as CoNLL-U blocks, each under an id of its own."""
    number = count(1)
    while True:
        block: list[str] = []
        with treebank.open(encoding="utf-8") as stream:
            for line in stream:
                if line == "\n":
                    yield f"# sent_id = s{next(number)}\n{''.join(block)}\n"
                    block = []
                elif line[0] != "#":
                    block.append(line)


if __name__ == "__main__":
    print(write_and_measure(int(sys.argv[1])))
