"""Training an adapter from a recipe and a pack: one call, which continues where an earlier one was killed."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lexaug.errors import ConfigError, StateError
from lexaug.files import fingerprint_json
from lexaug.inflection.choice import describe_inflector, require_inflector
from lexaug.inflection.trust import describe_trust
from lexaug.pack.provenance import describe_data
from lexaug.synthesis.manifest import describe_sources
from lexaug.synthesis.tagged import TaggedSentence
from lexaug.training.backbone import Backbone, hash_weights, load_backbone
from lexaug.training.excerpt import excerpt
from lexaug.training.fit import require_fit, require_unseen
from lexaug.training.loop import Loop
from lexaug.training.machine import processor
from lexaug.training.material import Material, gather, require_sources
from lexaug.training.objectives import OBJECTIVES
from lexaug.training.output import TrainingResult, describe, read_result, write_output
from lexaug.training.progress import Progress
from lexaug.training.setup import Prepared, prepare
from lexaug.training.workplace import CHECKPOINTS, finished, state_folder, workplace

if TYPE_CHECKING:
    from lexaug.pack import LanguagePack
    from lexaug.recipe import Recipe

READ_REAL_TEXT = frozenset(("labels", "mlm"))
"""Objectives that learn from real text of the language: from the labels that the student gives it, from its gaps."""


def train(
    recipe: Recipe,
    pack: LanguagePack,
    output: Path,
    *,
    backbone: Backbone | None = None,
    dev: Sequence[TaggedSentence] | None = None,
    progress: Progress | None = None,
) -> TrainingResult:
    """Train an adapter; the same call continues an interrupted run and ends in the same weights.

    Args:
        recipe: what to do.
        pack: the facts of the language.
        output: the adapter folder to write; state lies beside it until then.
        backbone: the frozen encoder; loaded by the recipe's name if not given. It is bare again afterwards.
        dev: gold-tagged sentences of the language that decide when to stop and which weights to keep, where the
            recipe learns labels.
        progress: is told where the run stands.

    Raises:
        ConfigError: a setting does not fit the backbone or the pack.
        MissingError, FormatError: there is no inflector where the recipe names one, or it is damaged.
        LeakError: a dev sentence also stands in the pack's texts or in a source.
        StateError: the output is in use, belongs to another run, the run's checkpoints are damaged, or it diverged.

    """
    started = time.monotonic()
    weights = _objectives(recipe)
    require_sources(recipe)
    require_inflector(recipe.synthesis.inflector, pack.language.code)
    inflector = describe_inflector(recipe.synthesis.inflector)
    sources = describe_sources(map(Path, recipe.synthesis.sources))
    if backbone is None:
        backbone = load_backbone(
            recipe.backbone.name, revision=recipe.backbone.revision, head="mlm" if "mlm" in weights else "none"
        )
    identity = fingerprint_json(
        [
            recipe.hash,
            pack.fingerprint,
            [*sources, inflector],
            backbone.weights_hash,
            [[s.tokens, s.upos] for s in dev or ()],
        ]
    )
    if finished(output, identity):
        shutil.rmtree(state_folder(output), ignore_errors=True)
        return read_result(output)
    require_fit(recipe.training, backbone)
    require_unseen(dev or (), pack, [Path(name) for name in recipe.synthesis.sources])
    with workplace(output, identity) as folder:
        material = gather(recipe, pack, backbone, hold_out=not (dev and "labels" in weights))
        prepared = prepare(recipe, pack, backbone, material, dev or (), progress, folder)
        try:
            metrics = {**_run(prepared, folder, progress, started), **_real_text(material)}
            after, tuned = _unchanged(backbone), [sentence.tokens for sentence in dev or ()]
            described = describe(recipe, pack, backbone, identity, sources, after, tuned)
            manifest = {**described, "data": describe_data(pack), "sample": excerpt(material)}
            manifest["inflector"] = {"chosen": inflector, "trust": describe_trust(material.synthesis.trust)}
            result = write_output(output, prepared.student, recipe, manifest, metrics)
        finally:
            prepared.student.peft.unload()
        shutil.rmtree(folder)
    return result


def _objectives(recipe: Recipe) -> dict[str, float]:
    weights = recipe.training.active
    if recipe.training.text_share > 0 and not weights.keys() & READ_REAL_TEXT:
        raise ConfigError(
            "text_share is set, but no objective reads real text",
            hint=f"give one of {', '.join(sorted(READ_REAL_TEXT))} a weight, or set it to 0",
        )
    if not weights:
        raise ConfigError("no objective has a weight above zero", hint=f"known: {', '.join(OBJECTIVES)}")
    return weights


def _run(prepared: Prepared, folder: Path, progress: Progress | None, started: float) -> dict[str, Any]:
    loop = Loop(
        prepared.student,
        prepared.objectives,
        prepared.samples,
        prepared.batcher,
        prepared.dev,
        prepared.plan,
        folder / CHECKPOINTS,
        progress,
        started,
    )
    position = loop.run()
    return {
        "passes": position.passes,
        "steps": position.step,
        "tokens": position.tokens,
        "seconds": round(position.seconds, 1),
        "wall_seconds": round(position.wall_seconds, 1),
        "tokens_per_second": round(position.tokens / max(position.seconds, 1e-9), 1),
        "history": position.history,
        **prepared.sizes(),
        **prepared.dev_scores(),
        "processor": processor(),
        "workers": prepared.plan.workers,
    }


def _real_text(material: Material) -> dict[str, Any]:
    real = material.real
    return {"real_text": {"sentences": len(real.sentences), "left_out": dict(real.left_out)}} if real.sentences else {}


def _unchanged(backbone: Backbone) -> str:
    after = hash_weights(backbone.model)
    if after != backbone.weights_hash:
        raise StateError("the frozen weights of the backbone have changed", hint="this is a fault of lexaug: report it")
    return after
