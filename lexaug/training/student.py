"""The adapted backbone while it learns: token rows, characters, LoRA and the label head in one forward pass."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import torch
from torch import Tensor

from lexaug.training.batches import Batch
from lexaug.training.character_part import CharacterPart, at_tokens
from lexaug.training.encode import pool_words
from lexaug.training.head import Head
from lexaug.training.token_rows import token_rows_of


@dataclass
class Reading:
    """What the student makes of a batch: hidden states per layer, and what objectives derive from them (once each)."""

    student: Student
    batch: Batch
    states: Sequence[Tensor]

    def words(self, layer: int) -> Tensor:
        """Word vectors [words, hidden] of a layer."""
        return pool_words(self.states[layer], self.batch.tokens.word_ids, self.batch.tokens.lengths)

    @cached_property
    def encoder_logits(self) -> Tensor:
        """Label scores [words, labels] of the encoder's head alone."""
        head = self.student.head
        if head is None:
            raise ValueError("a student without a head gives no label scores")
        scores: Tensor = head(torch.cat([self.words(layer) for layer in head.layers], -1))
        return scores

    @cached_property
    def character_logits(self) -> Tensor | None:
        """Label scores [words, labels] of characters alone, None where they are not used."""
        student, bags = self.student, self.batch.surroundings
        if student.characters is None or not student.use_characters or bags is None:
            return None
        return student.characters.label_scores(bags)

    @property
    def logits(self) -> Tensor:
        """Label scores [words, labels] of encoder and characters together."""
        added = self.character_logits
        return self.encoder_logits if added is None else self.encoder_logits + added

    @cached_property
    def sentences(self) -> Tensor:
        """Mean-pooled sentence vectors [batch, hidden] of the last layer."""
        mask = self.batch.tokens.attention_mask[:, :, None].to(self.states[-1].dtype)
        return (self.states[-1] * mask).sum(1) / mask.sum(1)


class Student(torch.nn.Module):
    """A peft-wrapped encoder with everything that is trained beside it.

    Args:
        model: the peft model.
        characters: the character part, or None.
        head: the label head, or None.

    """

    def __init__(
        self,
        model: Any,  # noqa: ANN401
        characters: CharacterPart | None,
        head: Head | None,
    ) -> None:
        super().__init__()
        self.peft = model
        self.characters = characters
        self.head = head
        self.use_characters = characters is not None
        self.token_rows = token_rows_of(model)

    def read(self, batch: Batch) -> Reading:
        """Run a batch through the adapted encoder."""
        vectors = self.token_rows(batch.tokens.input_ids)
        if self.characters is not None and self.use_characters and batch.looks is not None:
            added = _kept(self.characters.input_vectors(batch.looks), batch.kept)
            vectors = vectors + at_tokens(added, batch.tokens)
        encoder = self.peft.get_base_model().base_model
        out = encoder(inputs_embeds=vectors, attention_mask=batch.mask, output_hidden_states=True)
        return Reading(self, batch, out.hidden_states)

    def trained(self) -> dict[str, torch.nn.Parameter]:
        """Name the trainable parameters, without doubles, in a fixed order."""
        found: dict[int, tuple[str, torch.nn.Parameter]] = {}
        for name, parameter in self.named_parameters():
            if parameter.requires_grad:
                found.setdefault(id(parameter), (name, parameter))
        return dict(sorted(found.values(), key=lambda pair: pair[0]))


def _kept(vectors: Tensor, kept: Tensor | None) -> Tensor:
    return vectors if kept is None else vectors * kept[:, None]
