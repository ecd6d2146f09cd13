"""`lexaug train`: one adapter from a pack and English sentences, or from a recipe."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lexaug.cli.console import Json, emit, training_bar
from lexaug.cli.options import Analyser, Inflector, Mode, Samples, Seed, Sentences
from lexaug.errors import ConfigError

if TYPE_CHECKING:
    from lexaug.recipe import Recipe

Target = Annotated[Path, typer.Argument(help="A pack folder, or a recipe file (.toml).", show_default=False)]
FLAGS = ("source", "analyser", "mode", "inflector", "sentences", "samples", "dev", "backbone", "preset", "seed")


def train(
    context: typer.Context,
    target: Target,
    output: Annotated[Path, typer.Option("-o", "--output", help="The adapter folder to make.")],
    source: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="English sentences: .conllu, or plain .txt.")
    ] = None,
    analyser: Analyser = "auto",
    mode: Mode = "morph",
    inflector: Inflector = "rules",
    sentences: Sentences = None,
    samples: Samples = 1,
    dev: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Gold-tagged sentences of the language: decide when to stop.")
    ] = None,
    backbone: Annotated[str, typer.Option(metavar="offline|ID|DIR", help="The frozen encoder.")] = "offline",
    preset: Annotated[str, typer.Option(metavar="tagging|retrieval|general", help="What it is for.")] = "tagging",
    seed: Seed = 0,
    json: Json = False,
) -> None:
    """Train a LoRA adapter on a frozen backbone. Run the same command again to continue an interrupted run.

    In: a pack (`lexaug pack init`) and English sentences; or a recipe that names both and every setting. Out: a folder
    that plain peft loads: weights as safetensors, recipe, manifest and metrics.

    Example: lexaug train packs/sme --source en_ewt-ud-train.conllu --sentences 6000 -o adapters/sme
    """
    from lexaug.cli.render import training_table
    from lexaug.cli.sources import require_outside, tell_analyser, tell_equal_sources
    from lexaug.pack import load_pack
    from lexaug.synthesis.tagged import read_tagged
    from lexaug.training.train import train as run

    recipe = _recipe(context, target)
    tell_analyser(recipe.synthesis.analyser)
    tell_equal_sources([Path(name) for name in recipe.synthesis.sources])
    facts = load_pack(Path(recipe.pack))
    require_outside(output, facts.path)
    gold = read_tagged(Path(recipe.evaluation.dev)) if recipe.evaluation.dev else None
    with training_bar() as advance:
        result = run(recipe, facts, output, dev=gold, progress=advance)
    emit(json, {"output": str(output), **result.metrics}, lambda: training_table(result))


def _recipe(context: typer.Context, target: Path) -> Recipe:
    from lexaug.cli.sources import as_path, inflector_place
    from lexaug.recipe import BackboneSettings, EvaluationSettings, Recipe, SynthesisSettings, TrainingSettings

    if target.suffix == ".toml":
        _refuse_flags(context, target)
        return Recipe.load(target)
    flags = context.params  # what `train` was called with, by the names of its parameters
    return Recipe.make(
        name=target.name,
        pack=str(target),
        backbone=BackboneSettings.make(name=as_path(flags["backbone"])),
        synthesis=SynthesisSettings.make(
            sources=tuple(str(path) for path in flags["source"] or ()),
            analyser=flags["analyser"],
            mode=flags["mode"],
            inflector=inflector_place(flags["inflector"]),
            sentences=flags["sentences"],
            samples=flags["samples"],
        ),
        training=TrainingSettings.make(preset=flags["preset"]),
        evaluation=EvaluationSettings.make(dev=str(flags["dev"]) if flags["dev"] else None),
        seed=flags["seed"],
    )


def _refuse_flags(context: typer.Context, recipe: Path) -> None:
    """Refuse flags beside a recipe: it says everything itself, and a flag would be a second truth."""
    for name in FLAGS:
        source = context.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            raise ConfigError(f"--{name} and a recipe exclude each other", file=recipe, hint="write it into the recipe")
