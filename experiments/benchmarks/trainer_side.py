"""`transformers.Trainer` with peft on lexaug's objectives; loss and gradients of a batch are those of lexaug."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain

import torch
from torch import Tensor
from torch.utils.data import Dataset

from experiments.benchmarks.training_setup import FOLDER, TOKENS_PER_BATCH, Meter, Setup
from lexaug.training.batch import TokenizedWords, tokenize_words
from lexaug.training.batches import Batch, Batcher, plan, token_lengths
from lexaug.training.depth import lower_blocks
from lexaug.training.samples import Item
from lexaug.training.seeds import generator
from lexaug.training.setup import Prepared
from lexaug.training.student import Reading


@dataclass(frozen=True)
class _Groups(Dataset[list[int]]):
    """Numbers of sentences: one in each group, or those of one of lexaug's own batches."""

    groups: list[list[int]]

    def __len__(self) -> int:
        return len(self.groups)

    def __getitem__(self, place: int) -> list[int]:
        return self.groups[place]


@dataclass(frozen=True)
class _Collator:
    """Pads the sentences of a batch to its longest, with lexaug's own batcher."""

    batcher: Batcher
    items: list[Item]
    tokenized: list[TokenizedWords]

    def __call__(self, groups: list[list[int]]) -> dict[str, Batch]:
        places = list(chain.from_iterable(groups))
        return {"batch": self.batcher.make([self.items[n] for n in places], [self.tokenized[n] for n in places])}


class TrainerModule(torch.nn.Module):
    """The peft model with peft's own layers, and the loss of lexaug's objectives on its hidden states."""

    def __init__(self, prepared: Prepared) -> None:
        super().__init__()
        self.student = prepared.student
        self.objectives = prepared.objectives
        self.tokens = 0

    def train(self, mode: bool = True) -> TrainerModule:
        """Leave dropout off, as lexaug does."""
        super().train(mode)
        self.student.peft.eval()
        return self

    def forward(self, batch: Batch) -> dict[str, Tensor]:
        """Give the weighted sum of the losses."""
        inputs = {"input_ids": batch.tokens.input_ids, "attention_mask": batch.mask}
        states = self.student.peft(**inputs, output_hidden_states=True).hidden_states
        reading, random = Reading(self.student, batch, states), generator(0)
        losses = [(weight, objective.loss(reading, random)) for weight, objective in self.objectives.values()]
        self.tokens += batch.real_tokens
        return {"loss": torch.stack([weight * loss for weight, loss in losses if loss is not None]).sum()}


def train_with_trainer(prepared: Prepared, setup: Setup, meter: Meter) -> None:
    """Train until the meter is full; the plain peft layers compute, the pass of sentences is there already."""
    from transformers import Trainer, TrainerCallback

    items = prepared.samples.of_pass(0)
    tokenized = tokenize_words(prepared.batcher.tokenizer, [item.words for item in items])
    groups, size = _groups(token_lengths(tokenized, prepared.batcher.max_length), setup.grouped)
    module = TrainerModule(prepared)

    class Watch(TrainerCallback):
        def on_step_end(self, args, state, control, **_: object) -> None:  # noqa: ANN001
            control.should_training_stop = meter.full(module.tokens)

    trainer = Trainer(
        model=module,
        args=_arguments(size),
        data_collator=_Collator(prepared.batcher, items, tokenized),
        train_dataset=_Groups(groups),
        callbacks=[Watch()],
    )
    encoder = prepared.student.peft.get_base_model()
    with lower_blocks(encoder, prepared.plan.depth if setup.cut else encoder.config.num_hidden_layers):
        trainer.train()


def _groups(lengths: list[int], grouped: bool) -> tuple[list[list[int]], int]:
    """Give groups of sentences, and how many groups make a batch: single sentences, or lexaug's batches one by one."""
    if grouped:
        return plan(lengths, TOKENS_PER_BATCH, generator(0, "order", 0)), 1
    return [[place] for place in range(len(lengths))], round(TOKENS_PER_BATCH * len(lengths) / sum(lengths))


def _arguments(batch_size: int):  # noqa: ANN202
    """Set what a careful user would: a batch of lexaug's size on average, no log, no evaluation, no checkpoint."""
    from transformers import TrainingArguments

    return TrainingArguments(
        output_dir=str(FOLDER / "trainer"),
        per_device_train_batch_size=batch_size,
        learning_rate=5e-4,
        num_train_epochs=100,
        save_strategy="no",
        logging_strategy="no",
        report_to="none",
        disable_tqdm=True,
        use_cpu=True,
        dataloader_pin_memory=False,
        remove_unused_columns=False,
    )
