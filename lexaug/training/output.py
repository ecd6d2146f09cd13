"""Writing an adapter folder: whole or absent, with what it was made from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lexaug import __version__
from lexaug.files import atomic_folder, fingerprint
from lexaug.pack.plain import sentence_key
from lexaug.training.adapter import hub_id, save_adapter
from lexaug.training.backbone import Backbone
from lexaug.training.student import Student
from lexaug.training.workplace import MANIFEST

if TYPE_CHECKING:
    from lexaug.pack import LanguagePack
    from lexaug.recipe import Recipe

METRICS = "metrics.json"
RECIPE = "recipe.toml"


@dataclass(frozen=True, slots=True)
class TrainingResult:
    """Where the adapter lies and what `metrics.json` says of it."""

    output: Path
    metrics: dict[str, Any]


def write_output(
    output: Path,
    student: Student,
    recipe: Recipe,
    manifest: Mapping[str, Any],
    metrics: Mapping[str, Any],
) -> TrainingResult:
    """Write the adapter folder atomically: peft files, character part, head, recipe, manifest, metrics."""
    with atomic_folder(output) as folder:
        save_adapter(student.peft, folder)
        if student.characters is not None:
            student.characters.save(folder)
        if student.head is not None:
            student.head.save(folder)
        recipe.dump(folder / RECIPE)
        files = {path.name: fingerprint(path) for path in sorted(folder.iterdir())}
        _write(folder / METRICS, metrics)
        _write(folder / MANIFEST, {**manifest, "files": files})
    return TrainingResult(output, dict(metrics))


def read_result(output: Path) -> TrainingResult:
    """Read what an earlier call of the same run wrote."""
    return TrainingResult(output, json.loads((output / METRICS).read_text(encoding="utf-8")))


def sentence_mark(words: Iterable[str]) -> str:
    """Hash a sentence, spelling of capitals and spacing aside: enough to know it again, too little to read it."""
    return sha256(sentence_key(words).encode()).hexdigest()[:16]


def describe(
    recipe: Recipe,
    pack: LanguagePack,
    backbone: Backbone,
    identity: str,
    sources: Sequence[Mapping[str, str]],
    after: str,
    dev: Iterable[Iterable[str]] = (),
) -> dict[str, Any]:
    """Say what the adapter was made from and of.

    `after` is the backbone's weight hash after training. The sentences of `dev` chose the weights: their marks are
    kept, so that an evaluation can refuse to score on them.
    """
    return {
        "lexaug": __version__,
        "identity": identity,
        "language": pack.language.code,
        "licence": pack.licence,
        "pack": {"fingerprint": pack.fingerprint},
        "sources": list(sources),
        "recipe": recipe.hash,
        "dev": sorted({sentence_mark(words) for words in dev}),
        "backbone": {
            "name": backbone.name,
            "hub_id": hub_id(backbone.name),
            "revision": backbone.revision,
            "weights_before": backbone.weights_hash,
            "weights_after": after,
        },
    }


def _write(path: Path, value: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
