"""The whole way on the shipped Maltese pack: pseudo-text, adapter, measurement. No network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lexaug.errors import StateError
from lexaug.files import resource

if TYPE_CHECKING:
    from lexaug.evaluation.report import EvalReport
    from lexaug.pack import LanguagePack
    from lexaug.recipe import Recipe
    from lexaug.synthesis.example import PseudoExample
    from lexaug.training.progress import TrainingProgress

PACK = "demo"
ENGLISH = "english.conllu"
PASSES = 12
"""So few sentences want more passes than the preset's."""
SHOWN = 8
"""Pseudo-sentences that are shown."""
NOTE = "These numbers are scored on sentences written for the demo: an illustration, not evidence."


@dataclass(frozen=True, slots=True)
class DemoResult:
    """What the demo made: where the adapter lies, some pseudo-sentences, and both evaluations."""

    adapter: Path
    examples: tuple[PseudoExample, ...]
    reports: tuple[EvalReport, ...]

    def as_json(self) -> dict[str, Any]:
        """Give the object that `lexaug demo --json` prints."""
        return {
            "adapter": str(self.adapter),
            "note": NOTE,
            "reports": [report.as_json() for report in self.reports],
        }


def train_demo(output: Path, progress: Callable[[TrainingProgress], None] | None = None) -> Path:
    """Train the demo's adapter and give its folder; the same call goes on where an earlier one stopped.

    Raises:
        MissingError: the offline backbone is not installed.
        StateError: `output` is a file, or holds something else than a demo.

    """
    from lexaug.pack import load_pack
    from lexaug.training.train import train
    from lexaug.training.workplace import state_folder

    if output.exists() and not output.is_dir():
        raise StateError("is a file, a folder is needed", file=output, hint="choose another -o")
    adapter = output / "adapter"
    if output.is_dir() and any(output.iterdir()) and not (adapter.exists() or state_folder(adapter).exists()):
        raise StateError("is not empty, and no demo has been run there", file=output, hint="choose another -o")
    return train(_recipe(), load_pack(resource(PACK)), adapter, progress=progress).output


def measure_demo(adapter: Path, progress: Callable[[str, int, int], None] | None = None) -> DemoResult:
    """Score the demo's adapter in tagging and retrieval, beside everything simpler."""
    from lexaug.evaluation.pos import evaluate_pos
    from lexaug.evaluation.retrieval import evaluate_retrieval
    from lexaug.pack import load_pack

    folder = resource(PACK)
    pack = load_pack(folder)
    kept = adapter.parent / "answers"
    pos = evaluate_pos([adapter], pack, folder / ENGLISH, folder / "eval.pos.txt", progress=progress, cache=kept)
    retrieval = evaluate_retrieval([adapter], folder / "eval.mlt.txt", folder / "eval.eng.txt", progress=progress)
    return DemoResult(adapter, _examples(pack), (pos, retrieval))


def _recipe() -> Recipe:
    from lexaug.recipe import Recipe, SynthesisSettings, TrainingSettings

    folder = resource(PACK)
    return Recipe(
        name="demo",
        pack=str(folder),
        synthesis=SynthesisSettings(sources=(str(folder / ENGLISH),)),
        training=TrainingSettings.make(preset="general", passes=PASSES),
    )


def _examples(pack: LanguagePack) -> tuple[PseudoExample, ...]:
    from lexaug.synthesis.source import read_conllu
    from lexaug.synthesis.synthesizer import build_synthesizer

    recipe = _recipe()
    settings = recipe.synthesis
    synthesizer = build_synthesizer(pack, mode=settings.mode, seed=recipe.seed, inflector=settings.inflector)
    made = (synthesizer(sentence) for sentence in read_conllu(pack.path / ENGLISH))
    return tuple(islice((example for example in made if example is not None), SHOWN))
