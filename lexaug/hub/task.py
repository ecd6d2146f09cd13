"""A task adapter on top of language adapters: trained on English, used in every language of the same backbone.

The idea is that of MAD-X (Pfeiffer et al. 2020, "MAD-X: An Adapter-Based Framework for Multi-Task Cross-Lingual
Transfer") with LoRA in place of bottleneck layers: the products of the language's adapter and of the task's are added
in every layer, and the language is exchanged at inference while the task stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from lexaug.errors import ConfigError, FormatError
from lexaug.files import atomic_folder
from lexaug.hub.languages import Languages, fill
from lexaug.hub.trust import require_trusted
from lexaug.training.batch import batches, collate, tokenize_words
from lexaug.training.encode import Floats
from lexaug.training.head import Head, start_from_probe
from lexaug.training.load import fitting, read_config
from lexaug.training.part_files import PEFT_WEIGHTS, read_weights
from lexaug.training.seeds import seeded

TOKENS = 1024
"""Padded tokens of a batch."""


@dataclass
class Task:
    """A task adapter in a set of languages: its name among the peft adapters, and the head that scores labels."""

    languages: Languages
    name: str
    head: Head
    prefix: str = "query: "

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of `scores`, in order."""
        return self.head.labels

    def scores(self, texts: Sequence[str], language: str | None = None) -> Floats:
        """Score labels of texts: float32 [texts, labels]; None as language is the backbone alone, e.g. for English."""
        scores = np.zeros((len(texts), len(self.labels)), np.float32)
        with torch.inference_mode():
            for places in self._batches(texts):
                vectors = self._vectors([texts[place] for place in places], language, (self.name,))
                scores[places] = self.head(vectors).numpy()
        return scores

    def predict(self, texts: Sequence[str], language: str | None = None) -> list[str]:
        """Give the likeliest label of each text."""
        return [self.labels[number] for number in self.scores(texts, language).argmax(-1)]

    def save(self, folder: str | Path) -> None:
        """Write the adapter as a folder that plain peft loads, with its head beside it."""
        from peft import get_peft_model_state_dict
        from safetensors.torch import save_file

        model = self.languages.model
        weights = get_peft_model_state_dict(model, adapter_name=self.name, save_embedding_layers=False)
        with atomic_folder(Path(folder)) as place:
            model.peft_config[self.name].save_pretrained(str(place))
            save_file({name: tensor.contiguous() for name, tensor in weights.items()}, place / PEFT_WEIGHTS)
            self.head.save(place)

    def _batches(self, texts: Sequence[str]) -> Iterator[list[int]]:
        split = tokenize_words(self.languages.backbone.tokenizer, [text.split() for text in texts])
        return batches([len(tokens.ids) for tokens in split], TOKENS)

    def _vectors(self, texts: Sequence[str], language: str | None, tasks: Sequence[str]) -> Tensor:
        """Mean vectors [texts, hidden] of the layer that the head reads."""
        languages = self.languages
        batch = collate(languages.backbone.tokenizer, [text.split() for text in texts], prefix=self.prefix)
        languages.use(language, *tasks)
        out = languages.model(
            inputs_embeds=languages.input_vectors(batch, language),
            attention_mask=batch.attention_mask,
            output_hidden_states=True,
        )
        mask = batch.attention_mask[:, :, None].float()
        states: Tensor = out.hidden_states[self.head.layers[0]]
        return (states * mask).sum(1) / mask.sum(1)


def train_task(
    languages: Languages,
    texts: Sequence[str],
    labels: Sequence[str],
    *,
    name: str = "task",
    over: str | None = None,
    rank: int = 8,
    alpha: float = 16.0,
    passes: int = 2,
    rate: float = 5e-4,
    seed: int = 0,
) -> Task:
    """Train a task adapter on labelled texts, mostly English; nothing else changes.

    Args:
        languages: the adapters that it is to be stacked on.
        texts: the texts.
        labels: a label for each.
        name: what the task adapter is called.
        over: the language adapter under it while training, frozen; None trains over the bare backbone.
        rank: width of its LoRA products.
        alpha: their scale is alpha / rank.
        passes: passes through all texts; with 0 the head is a linear probe on frozen vectors.
        rate: learning rate of AdamW, falling to zero.
        seed: decides the initial weights and the order.

    Raises:
        ConfigError: the labels are not one for each text, there is none, or the name is taken or not usable.

    """
    from peft import LoraConfig

    if not texts or len(texts) != len(labels):
        raise ConfigError(f"{len(texts)} texts, but {len(labels)} labels", hint="give a label for each text")
    languages.require_new_name(name)
    pattern = next(iter(languages.model.peft_config.values())).target_modules
    config = LoraConfig(r=rank, lora_alpha=alpha, target_modules=pattern)
    with seeded(seed, "task"):
        languages.model.add_adapter(name, config)
    base = next(iter(languages.model.peft_config.values()))
    config.base_model_name_or_path, config.revision = base.base_model_name_or_path, base.revision
    layer = languages.backbone.layers
    task = Task(languages, name, Head(languages.backbone.hidden_size, (layer,), sorted(set(labels))))
    numbers = np.array(task.head.numbers(labels), dtype=np.int64)
    _start(task, texts, numbers, over)
    _fit(task, texts, numbers, over, passes, rate, seed)
    return task


def load_task(languages: Languages, folder: str | Path, *, name: str = "task") -> Task:
    """Load what `Task.save` wrote into a set of languages.

    Raises:
        ConfigError: the name is taken or not usable.
        UnsafeError: it is not to be trusted.
        FormatError: it is no task adapter, or does not fit the backbone.

    """
    folder = Path(folder)
    languages.require_new_name(name)
    require_trusted(folder, published=False)
    head = Head.load(folder)
    if head is None or len(head.layers) != 1:
        raise FormatError("holds no head of a task", file=folder, hint="name a folder that Task.save wrote")
    weights = read_weights(folder / PEFT_WEIGHTS, "the task adapter")
    with fitting(languages.backbone, folder):
        languages.model.add_adapter(name, read_config(folder))
        fill(languages.model, name, weights)
    return Task(languages, name, head)


def _start(task: Task, texts: Sequence[str], numbers: Any, over: str | None) -> None:  # noqa: ANN401
    """Start the head as a linear probe on what the encoder makes of the texts without the task."""
    features = np.zeros((len(texts), task.languages.backbone.hidden_size), np.float32)
    with torch.no_grad():
        for places in task._batches(texts):
            features[places] = task._vectors([texts[place] for place in places], over, ()).numpy()
    start_from_probe(task.head, features, numbers)


def _fit(task: Task, texts: Sequence[str], numbers: Any, over: str | None, passes: int, rate: float, seed: int) -> None:  # noqa: ANN401
    if not passes:
        return
    groups = list(task._batches(texts))
    task.languages.use(over, task.name)
    parameters = [p for key, p in task.languages.model.named_parameters() if f".{task.name}." in key]
    for parameter in (*parameters, *task.head.parameters()):
        parameter.requires_grad_(True)
    optimiser = torch.optim.AdamW([{"params": parameters}, {"params": list(task.head.parameters())}], lr=rate)
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.0, total_iters=passes * len(groups))
    random = np.random.default_rng(seed)
    for _ in range(passes):
        for group in random.permutation(len(groups)):
            places = groups[group]
            scores = task.head(task._vectors([texts[place] for place in places], over, (task.name,)))
            loss = torch.nn.functional.cross_entropy(scores, torch.from_numpy(numbers[places]))
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
            schedule.step()
    task.head.requires_grad_(False)
    task.languages.model.requires_grad_(False)
