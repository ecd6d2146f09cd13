"""From a recipe and gathered material to everything the loop needs: teacher, student, objectives, dev."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from lexaug.synthesis.tagged import UPOS, TaggedSentence
from lexaug.training.adapter import adapter_size, token_row_parameter
from lexaug.training.backbone import Backbone
from lexaug.training.batches import Batcher
from lexaug.training.dev import Dev, HeldOutDev, TaggedDev
from lexaug.training.head import Head, start_from_probe
from lexaug.training.layers import Layers, choose_layers
from lexaug.training.material import Material
from lexaug.training.objectives import OBJECTIVES, Objective, Setting
from lexaug.training.optimiser import Rates
from lexaug.training.progress import Progress, TrainingProgress
from lexaug.training.pupil import make_student
from lexaug.training.run import Plan
from lexaug.training.samples import Item, Samples
from lexaug.training.self_labels import SelfLabels
from lexaug.training.student import Student
from lexaug.training.teacher import Teacher, read_teacher

if TYPE_CHECKING:
    from lexaug.pack import LanguagePack
    from lexaug.recipe import Recipe, TrainingSettings


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the loop runs on."""

    student: Student
    objectives: dict[str, tuple[float, Objective]]
    samples: Samples
    batcher: Batcher
    dev: Dev | None
    plan: Plan

    def sizes(self) -> dict[str, int]:
        """Count trained values: of the plain adapter, of the character part, of the head."""
        rows = token_row_parameter(self.student.peft)
        parts = {"characters": self.student.characters, "head": self.student.head}
        beside = {name: 0 if part is None else adapter_size(part) for name, part in parts.items()}
        return {
            "adapter_values": adapter_size(self.student.peft),
            "token_rows": 0 if rows is None else len(rows),
            "character_values": beside["characters"],
            "head_values": beside["head"],
        }

    def dev_scores(self) -> dict[str, float]:
        """Score the student as it is on dev, with and without characters."""
        if self.dev is None:
            return {}
        scores = {self.dev.name: self.dev.score(self.student)}
        if self.student.characters is not None:
            self.student.use_characters = False
            scores[f"{self.dev.name}_without_characters"] = self.dev.score(self.student)
            self.student.use_characters = True
        return scores


def prepare(
    recipe: Recipe,
    pack: LanguagePack,
    backbone: Backbone,
    material: Material,
    dev: Sequence[TaggedSentence],
    progress: Progress | None = None,
    folder: Path | None = None,
) -> Prepared:
    """Encode the teacher's vectors, attach the adapter, build all parts; the backbone's model is wrapped in place.

    The labels that the student gives to real text are kept in `folder`; without one it gives none.
    """
    settings = recipe.training
    layers = choose_layers(settings, backbone)
    if progress is not None:
        progress(TrainingProgress("teacher", 0.0))
    teacher = _teacher(settings, layers, backbone, material)
    head = Head(backbone.hidden_size, layers.head, UPOS) if "labels" in settings.active else None
    if head is not None:
        _start(head, teacher, material)
    student = make_student(recipe, pack, backbone, material, head, layers.depth)
    objectives = {
        name: (weight, OBJECTIVES[name](Setting(teacher, layers.teacher, backbone.masked)))
        for name, weight in settings.active.items()
    }
    batcher = Batcher(
        backbone.tokenizer,
        teacher.starts,
        student.characters,
        settings.character_dropout,
        settings.prefix,
        settings.max_length,
    )
    labels = SelfLabels(folder, batcher) if folder is not None and head is not None else None
    samples = _samples(recipe, material, head, labels)
    return Prepared(
        student,
        objectives,
        samples,
        batcher,
        _dev(dev, head, batcher, samples, material, objectives),
        _plan(settings, recipe.seed, layers.depth),
    )


def _teacher(settings: TrainingSettings, layers: Layers, backbone: Backbone, material: Material) -> Teacher:
    sentences = [sentence.tokens for sentence in (*material.sources, *material.held_out)]
    kept = sorted({*layers.teacher, *layers.head})
    wanted = "sentence" in settings.active
    return read_teacher(backbone, sentences, kept, prefix=settings.prefix, with_sentences=wanted)


def _start(head: Head, teacher: Teacher, material: Material) -> None:
    tags = [tag for sentence in material.sources for tag in sentence.upos]
    vectors = teacher.vectors(np.arange(len(tags)), head.layers).flatten(1)
    start_from_probe(head, vectors.numpy(), np.array(head.numbers(tags)))


def _samples(recipe: Recipe, material: Material, head: Head | None, labels: SelfLabels | None) -> Samples:
    settings = recipe.training
    return Samples(
        sources=material.sources,
        synthesis=material.synthesis,
        numbers=head.numbers if head is not None else Head(1, (0,), UPOS).numbers,
        texts=material.real.sentences,
        english_share=settings.english_share if head is not None else 0.0,
        text_share=settings.text_share,
        gaps="mlm" in settings.active,
        versions=recipe.synthesis.samples,
        fresh=recipe.synthesis.fresh,
        seed=recipe.seed,
        labels=labels,
    )


def _dev(
    dev: Sequence[TaggedSentence],
    head: Head | None,
    batcher: Batcher,
    samples: Samples,
    material: Material,
    objectives: dict[str, tuple[float, Objective]],
) -> Dev | None:
    if dev and head is not None:
        return TaggedDev(batcher, [Item(s.tokens, head.numbers(s.upos)) for s in dev])
    first = len(material.sources)
    items: list[Item] = []
    for place, sentence in enumerate(material.held_out):
        if (example := material.synthesis(sentence, 0)) is not None:
            labels = samples.numbers(example.upos)
            items.append(Item(example.target, labels, first + place, example.alignment))
    measured = {name: part for name, part in objectives.items() if name != "mlm"}  # gaps are drawn in training alone
    return HeldOutDev(batcher, items, measured) if items and measured else None


def _plan(settings: TrainingSettings, seed: int, depth: int) -> Plan:
    rates = Rates(
        lora=settings.learning_rate,
        rows=settings.row_learning_rate,
        characters=settings.character_learning_rate,
        head=settings.head_learning_rate,
    )
    return Plan(
        passes=settings.passes,
        tokens_per_batch=settings.tokens_per_batch,
        rates=rates,
        weight_decay=settings.weight_decay,
        warmup=settings.warmup,
        decay=settings.decay,
        minutes=settings.minutes,
        patience=settings.patience,
        checkpoint_seconds=settings.checkpoint_seconds,
        seed=seed,
        depth=depth,
        workers=settings.workers,
    )
