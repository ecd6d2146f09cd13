"""Alphabet and shape of an inflector, as a transformers configuration."""

from __future__ import annotations

from typing import Any

from transformers import PretrainedConfig

from lexaug.inflection.alphabet import SPECIAL, Alphabet


class InflectorConfig(PretrainedConfig):  # type: ignore[misc]
    """Alphabet and shape of an inflector; the sizes count values.

    `followed` lets half of the heads that look at the lemma count from the next letter to copy instead of from the
    place in the form; see `trail`. `scaled` multiplies what embeddings give by the root of `hidden_size` (Vaswani et
    al. 2017), so that what a letter is does not drown in what the layers add to it.
    """

    model_type = "lexaug-inflector"

    def __init__(
        self,
        characters: tuple[str, ...] = (),
        values: tuple[str, ...] = (),
        nests: tuple[str, ...] = (),
        hidden_size: int = 128,
        encoder_layers: int = 2,
        decoder_layers: int = 2,
        num_heads: int = 4,
        intermediate_size: int = 256,
        dropout: float = 0.2,
        followed: bool = True,
        scaled: bool = False,
        **more: Any,  # noqa: ANN401
    ) -> None:
        more["is_encoder_decoder"] = True
        super().__init__(**more)
        self.characters, self.values, self.nests = list(characters), list(values), list(nests)
        self.hidden_size, self.num_heads, self.intermediate_size = hidden_size, num_heads, intermediate_size
        self.encoder_layers, self.decoder_layers, self.dropout = encoder_layers, decoder_layers, dropout
        self.followed, self.scaled = followed, scaled
        self._require_sizes()

    def _require_sizes(self) -> None:
        """Raise ValueError for sizes that no model can have: heads, and two that copy, rotate pairs of values."""
        for name in ("hidden_size", "encoder_layers", "decoder_layers", "num_heads", "intermediate_size"):
            value = getattr(self, name)
            if not isinstance(value, int) or value < 1:
                raise ValueError(f"{name} is {value!r}")
        if self.hidden_size % (2 * self.num_heads) or self.hidden_size % 4:
            raise ValueError(f"{self.num_heads} heads do not share {self.hidden_size} values evenly")

    @property
    def size(self) -> int:
        """Number of characters with the special ones."""
        return len(self.characters) + SPECIAL

    @property
    def embedding_scale(self) -> float:
        """What embeddings are multiplied by."""
        return float(self.hidden_size**0.5) if self.scaled else 1.0

    @property
    def alphabet(self) -> Alphabet:
        """The alphabet that the model was made for."""
        return Alphabet(tuple(self.characters), tuple(self.values), tuple(self.nests))
