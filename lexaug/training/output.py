"""Writing an adapter folder: whole or absent, with what it was made from."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lexaug import __version__
from lexaug.errors import FormatError
from lexaug.files import atomic_folder, fingerprint, inside
from lexaug.pack.plain import sentence_key
from lexaug.training.adapter import hub_id, save_adapter
from lexaug.training.backbone import Backbone
from lexaug.training.part_files import METRICS, RECIPE, REMEDY, not_whole, read_object
from lexaug.training.student import Student
from lexaug.training.workplace import MANIFEST

if TYPE_CHECKING:
    from lexaug.pack import LanguagePack
    from lexaug.recipe import Recipe


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
    """Read what an earlier call of the same run wrote.

    Raises:
        FormatError: a file of the adapter is gone or damaged.

    """
    read_manifest(output)
    return TrainingResult(output, read_object(output / METRICS, "the adapter's metrics"))


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read an adapter's manifest and see that its files are those that training wrote; the recipe may be edited.

    Raises:
        FormatError: there is no manifest, it is none of an adapter, or a file is gone or differs.

    """
    facts = read_object(folder / MANIFEST, "the adapter's manifest")
    files = facts.get("files")
    if not isinstance(files, dict):
        raise not_whole(folder / MANIFEST, "the adapter's manifest", "it names no files")
    for name, digest in files.items():
        if name == RECIPE:
            continue
        path = inside(folder, str(name))
        if not path.is_file() or fingerprint(path) != digest:
            raise FormatError("is not the file that was written by training", file=folder / name, hint=REMEDY)
    return facts


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
