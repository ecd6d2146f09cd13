"""A fingerprint of what an adapter computes: its numbers for a few sentences, which anyone can compute again."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lexaug.errors import FormatError

if TYPE_CHECKING:
    from lexaug.training.load import AdaptedModel

KEY = "logits"
"""Key of `manifest.json`."""
TOLERANCE = 1e-3
"""Part of the largest number of a sentence by which numbers may differ: other processors and libraries round
otherwise (some 1e-5 in float32), another adapter differs by far more."""
VALUES = 32
"""Numbers kept of each vector: any change of weights below moves them all."""
SENTENCES = (
    ("The", "dog", "sees", "two", "red", "birds", "."),
    ("Öt", "ember", "ül", "a", "fűben", "."),
    ("Собака", "видит", "красную", "птицу", "."),
    ("የውሻ", "ቤት", "፣", "123"),
)
"""Written for this purpose; the pseudo-sentences that an adapter keeps stand beside them."""
SAMPLES = 2
MAX_SENTENCES, MAX_WORDS, MAX_LETTERS = 32, 64, 1000
"""A stranger's fingerprint that asks for more computation than this is none."""


def sentences_for(manifest: Mapping[str, Any]) -> list[list[str]]:
    """Choose the sentences of a new fingerprint: the fixed ones, and the first that the adapter itself keeps."""
    sample = manifest.get("sample")
    kept = [entry.get("target") for entry in sample if isinstance(entry, dict)] if isinstance(sample, list) else []
    texts = [words for words in kept if isinstance(words, list) and all(isinstance(word, str) for word in words)]
    return [*map(list, SENTENCES), *(list(words) for words in texts[:SAMPLES] if words)]


def compute_logits(adapted: AdaptedModel, sentences: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Compute the fingerprint in float32.

    `hidden` has, per sentence, the first values of the mean last hidden state through the plain peft adapter;
    `labels` the label scores of the first words through the whole adapter, None where it has no label head.
    """
    scores = adapted.tag_logits(sentences)
    return {
        "sentences": [list(words) for words in sentences],
        "tolerance": TOLERANCE,
        "hidden": [_hidden(adapted, words) for words in sentences],
        "labels": None if scores is None else [_rounded(rows.ravel()) for rows in scores],
    }


def require_same(known: Mapping[str, Any], found: Mapping[str, Any]) -> None:
    """Raise FormatError where two fingerprints of the same sentences differ by more than their tolerance."""
    for part in ("hidden", "labels"):
        before, after = known.get(part), found.get(part)
        if (before is None) != (after is None) or not _alike(before or [], after or []):
            raise FormatError(
                f"the adapter does not compute what its publisher stored: {_distance(before, after)} in {part!r}",
                hint="the files, the base model or the libraries are not those that it was published with",
            )


def read_logits(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Give the stored fingerprint.

    Raises:
        FormatError: there is none, or it is not well-formed.

    """
    stored = manifest.get(KEY)
    try:
        if not isinstance(stored, dict) or not stored["sentences"]:
            raise TypeError
        sentences = [[str(word) for word in words] for words in stored["sentences"]]
        rows = [stored["hidden"], *([stored["labels"]] if stored["labels"] is not None else [])]
        if any(len(part) != len(sentences) for part in rows) or len(sentences) > MAX_SENTENCES:
            raise TypeError
        if any(len(words) > MAX_WORDS or len(" ".join(words)) > MAX_LETTERS for words in sentences):
            raise TypeError
        [[float(value) for value in row] for part in rows for row in part]
    except (KeyError, TypeError, ValueError):
        raise FormatError(
            "the manifest holds no fingerprint of what the adapter computes", hint="publish it anew with lexaug publish"
        ) from None
    return stored


def _hidden(adapted: AdaptedModel, words: Sequence[str]) -> list[float]:
    import torch

    encoded = adapted.tokenizer(" ".join(words), return_tensors="pt")
    inputs = {name: encoded[name] for name in ("input_ids", "attention_mask")}
    with torch.inference_mode():
        states = adapted.model(**inputs).last_hidden_state[0]
    return _rounded(states.float().mean(dim=0).numpy())


def _rounded(values: Any) -> list[float]:  # noqa: ANN401
    """Keep the first values, with the seven digits that float32 has."""
    return [float(f"{value:.7g}") for value in values[:VALUES].tolist()]


def _alike(before: Sequence[Sequence[float]], after: Sequence[Sequence[float]]) -> bool:
    if len(before) != len(after):
        return False
    for old, new in zip(before, after, strict=True):
        room = TOLERANCE * max(1.0, *map(abs, old)) if old else 0.0
        if len(old) != len(new) or not all(
            math.isclose(a, b, rel_tol=0, abs_tol=room) for a, b in zip(old, new, strict=True)
        ):
            return False
    return True


def _distance(before: Any, after: Any) -> str:  # noqa: ANN401
    try:
        gaps = [abs(a - b) for old, new in zip(before, after, strict=True) for a, b in zip(old, new, strict=True)]
    except (TypeError, ValueError):
        return "other parts are there"
    return f"numbers are up to {max(gaps):.2g} apart" if gaps else "nothing is there"
