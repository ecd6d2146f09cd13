"""The English analyser by name, joined to the backbone whose vectors it reads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from lexaug.morphology.english.analysis import Analyser
    from lexaug.training.backbone import Backbone

ANALYSED = (".conllu", ".conll")
SHIPPED = "offline"


def analyser_for(sources: Sequence[Path], backbone: Backbone | None = None) -> Analyser | None:
    """Give the shipped analyser where a source is plain text, None (without loading torch) where all are CoNLL-U."""
    return None if all(path.suffix in ANALYSED for path in sources) else english_analyser(backbone=backbone)


def english_analyser(name: str = SHIPPED, *, backbone: Backbone | None = None) -> Analyser:
    """Load an English analyser.

    Args:
        name: "offline" for the shipped one, or `spacy:MODEL`, `stanza:PACKAGE` for one that the user has installed.
        backbone: the offline backbone where it is loaded already.

    Raises:
        ConfigError: no such analyser.
        MissingError: what it needs is not installed.

    """
    from lexaug.morphology.english.analyser import load_analyser, needed_layers
    from lexaug.morphology.english.external import load_external
    from lexaug.training.backbone import OFFLINE, load_backbone
    from lexaug.training.encode import encode_words

    if name != SHIPPED:
        return load_external(name)
    if backbone is None or backbone.name != OFFLINE:
        backbone = load_backbone(OFFLINE)
    layers = needed_layers()
    encoder, tokenizer = lower_layers(backbone, max(layers)), backbone.tokenizer

    def encode(sentences: list[list[str]]) -> list[npt.NDArray[np.float32]]:
        return encode_words(encoder, tokenizer, sentences, layers=layers)

    return load_analyser(encode)


def lower_layers(backbone: Backbone, count: int) -> Any:  # noqa: ANN401
    """Give the offline encoder's first layers as a model that shares its weights: the same vectors for less work."""
    import torch

    with torch.device("meta"):
        config = type(backbone.model.config)(**{**backbone.model.config.to_dict(), "num_hidden_layers": count})
        model = type(backbone.model)(config, add_pooling_layer=False)
    model.embeddings = backbone.model.embeddings
    model.encoder.layer = backbone.model.encoder.layer[:count]
    return model.eval().requires_grad_(False)
