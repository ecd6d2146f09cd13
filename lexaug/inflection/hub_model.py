"""A sequence-to-sequence model of the Hub (ByT5, mT5) as something that learns and inflects."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

import numpy as np
import torch
from torch import Tensor

from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.rules import Candidate

BATCH = 64
"""Rows inflected at once."""
LONGER = 48
"""Tokens that a form may have more than the longest input of its batch."""
_IGNORED = -100


class HubLearner:
    """Trains and asks a sequence-to-sequence model, bare or with an adapter: it reads `V;PST: walk`, writes `walked`.

    Args:
        model: the model, or a peft model around it.
        tokenizer: its tokenizer.

    """

    notes: Mapping[str, str] = MappingProxyType({})

    def __init__(self, model: Any, tokenizer: Any) -> None:  # noqa: ANN401
        self.module = model
        self.tokenizer = tokenizer

    def loss(self, rows: Sequence[InflectionExample], random: np.random.Generator) -> Tensor:
        """Give the mean loss over the tokens of the rows' forms."""
        wanted = self._tokens([row.form or "" for row in rows])
        labels = wanted["input_ids"].masked_fill(wanted["attention_mask"] == 0, _IGNORED)
        loss: Tensor = self.module(**self._asked(rows), labels=labels).loss
        return loss

    def inflect(self, rows: Sequence[InflectionExample]) -> list[Candidate]:
        """Give each row's form and its probability, in order; forms in the rows are not read."""
        order = sorted(range(len(rows)), key=lambda place: len(_question(rows[place])))
        found: dict[int, Candidate] = {}
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            found.update(zip(places, self._inflect([rows[place] for place in places]), strict=True))
        return [found[place] for place in range(len(rows))]

    @torch.inference_mode()
    def _inflect(self, rows: Sequence[InflectionExample]) -> list[Candidate]:
        asked = self._asked(rows)
        made = self.module.generate(
            **asked,
            max_new_tokens=asked["input_ids"].shape[1] + LONGER,
            do_sample=False,
            num_beams=1,
            output_scores=True,
            return_dict_in_generate=True,
        )
        texts = self.tokenizer.batch_decode(made.sequences, skip_special_tokens=True)
        return [Candidate(_printable(text), share) for text, share in zip(texts, self._shares(made), strict=True)]

    def _shares(self, made: Any) -> list[float]:  # noqa: ANN401
        """Give the probability of each written form: the product over its tokens up to the end."""
        tokens = made.sequences[:, 1:]
        scores = torch.stack(made.scores, 1).log_softmax(-1).gather(2, tokens[..., None])[..., 0]
        over = (tokens == self.tokenizer.eos_token_id).cumsum(1)
        there = (over == 0) | ((over == 1) & (tokens == self.tokenizer.eos_token_id))
        shares: list[float] = torch.where(there, scores, 0.0).sum(1).exp().tolist()
        return shares

    def _asked(self, rows: Sequence[InflectionExample]) -> dict[str, Tensor]:
        return self._tokens([_question(row) for row in rows])

    def _tokens(self, texts: list[str]) -> dict[str, Tensor]:
        found = self.tokenizer(texts, padding=True, return_tensors="pt")
        return {name: found[name] for name in ("input_ids", "attention_mask")}


def _printable(text: str) -> str:
    """Leave out control characters, which models of bytes may write: a tab or a line end would break a table's row."""
    return "".join(letter for letter in text if unicodedata.category(letter) != "Cc").strip()


def _question(row: InflectionExample) -> str:
    return f"{row.bundle}: {row.lemma}"
