"""Adapters with made-up languages and scores, copied from one folder: to try an index, never to be believed.

`python -m experiments.made_up_adapters FOLDER [COUNT]` writes adapters into FOLDER/adapters and their index, which says
that they are made up, into FOLDER/site: the page of docs/index-example.png.
"""

from __future__ import annotations

import json
import random
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from safetensors.numpy import save_file

from lexaug.files import fingerprint
from lexaug.hub.index.build import build_index
from lexaug.hub.index.write import write_index
from lexaug.languages import codes, language

SCRIPTS = ("amh", "tir", "heb", "pes", "hin", "kat", "swa", "swh", "swc", "sme", "smj", "yue")
"""Languages that are always among them: several scripts, a macrolanguage and its members, near relatives."""
BASES = ("intfloat/multilingual-e5-small", "FacebookAI/xlm-roberta-base", "jhu-clsp/mmBERT-small")
LICENCES = ("CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0", "GPL-3.0-or-later", "CC-BY-NC-4.0")
NOTE = "An example: the adapters on this page do not exist, and their scores are made up."
METHODS = {"pos": "adapter_translate_train", "retrieval": "adapter"}


def main() -> None:
    """Write the adapters and their index."""
    folder = Path(sys.argv[1])
    with TemporaryDirectory() as name:
        make_up(tiny_adapter(Path(name) / "adapter"), folder / "adapters", int(sys.argv[2]) if sys.argv[2:] else 200)
    index = build_index([str(folder / "adapters")], folder / "site", note=NOTE)
    write_index(index, folder / "site")
    print(f"{len(index.adapters)} made-up adapters: {folder / 'site' / 'index.html'}")


def tiny_adapter(folder: Path) -> Path:
    """Write a LoRA adapter of one matrix: all that an index looks at."""
    folder.mkdir()
    matrices = {"lora_A": np.zeros((2, 8), np.float32), "lora_B": np.zeros((8, 2), np.float32)}
    save_file(matrices, folder / "adapter_model.safetensors")
    config = {"peft_type": "LORA", "r": 2, "target_modules": ["query"], "base_model_name_or_path": "made/up"}
    _write(folder / "adapter_config.json", config)
    (folder / "recipe.toml").write_text('name = "made up"\n', encoding="utf-8")
    files = {path.name: fingerprint(path) for path in sorted(folder.iterdir())}
    _write(folder / "manifest.json", {"language": "sme", "licence": "CC0-1.0", "files": files})
    _write(folder / "metrics.json", {})
    return folder


def make_up(adapter: Path, folder: Path, count: int, seed: int = 0) -> list[Path]:
    """Write `count` copies of an adapter folder that claim other languages, bases, licences and scores."""
    rng = random.Random(seed)
    made = []
    for code in _languages(count, rng):
        copy = folder / f"{code}-{len(made)}"
        shutil.copytree(adapter, copy)
        _change(copy / "adapter_config.json", base_model_name_or_path=rng.choice(BASES))
        _change(copy / "manifest.json", language=code, licence=rng.choice(LICENCES))
        _change(copy / "metrics.json", evaluation=list(_evaluations(code, rng)))
        made.append(copy)
    return made


def _languages(count: int, rng: random.Random) -> Iterator[str]:
    known = [spec.code for spec in map(language, codes()) if spec.autonym and spec.family]
    rng.shuffle(known)
    chosen = [*SCRIPTS, *(code for code in known if code not in SCRIPTS)]
    for place in range(count):
        yield chosen[place % len(chosen)]


def _evaluations(code: str, rng: random.Random) -> Iterator[dict[str, Any]]:
    tasks = rng.choices([("pos",), ("retrieval",), ("pos", "retrieval"), ()], weights=[12, 4, 3, 1])[0]
    return (_evaluation(code, task, rng) for task in tasks)


def _evaluation(code: str, task: str, rng: random.Random) -> dict[str, Any]:
    """Make up a report of `lexaug eval`: one adapter in two helps, some harm."""
    n, best = rng.randrange(100, 2000), METHODS[task]
    width, gain = rng.uniform(0.5, 2.4), rng.gauss(1.6, 2.6)
    low, high = gain - width, gain + width * 1.1
    against = "char_ngram" if gain > 0 else "zero_shot"
    frozen = rng.uniform(35, 70)
    rival = frozen if against == "zero_shot" else frozen + rng.uniform(3, 24)
    systems = {"zero_shot": frozen, against: rival, best: rival + gain}
    return {
        "task": task,
        "language": code,
        "n": n,
        "systems": {name: _figure(value, value - width, value + width) for name, value in systems.items()},
        "deltas": {
            f"{best}-{other}": _figure(*(edge + systems[against] - systems[other] for edge in (gain, low, high)))
            for other in dict.fromkeys(("zero_shot", against))
        },
        "verdict": "helps" if low > 0 else "harms" if high < 0 else "no_effect",
        "best": best,
        "against": against,
        "signature": f"made-up|task:{task}",
        "test": f"{code}-made-up.conllu",
    }


def _figure(value: float, low: float, high: float) -> dict[str, float | int]:
    return {"value": round(value, 4), "low": round(low, 4), "high": round(high, 4), "seeds": 2}


def _change(file: Path, **values: object) -> None:
    _write(file, {**json.loads(file.read_text(encoding="utf-8")), **values})


def _write(file: Path, value: object) -> None:
    file.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
