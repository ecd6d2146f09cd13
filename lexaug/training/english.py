"""The English analyser by name, joined to the backbone whose vectors it reads."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lexaug.conllu import SUFFIXES
from lexaug.errors import ConfigError
from lexaug.files import resource
from lexaug.morphology.english.choice import SHIPPED, resolve_analyser

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from lexaug.morphology.english.analysis import Analyser
    from lexaug.training.backbone import Backbone


def analyser_for(
    sources: Sequence[Path], backbone: Backbone | None = None, *, name: str | None = None
) -> Analyser | None:
    """Give the analyser of that name, else the shipped one; None (without loading torch) where all is CoNLL-U."""
    if all(path.suffix in SUFFIXES for path in sources):
        return None
    return english_analyser(name or SHIPPED, backbone=backbone)


def english_analyser(name: str = SHIPPED, *, backbone: Backbone | None = None) -> Analyser:
    """Load an English analyser.

    Args:
        name: `shipped`; `spacy:MODEL` or `stanza:PACKAGE` for one that the user has installed, `@VERSION` behind it
            where only that one will do; `auto` for what is installed, else the shipped one.
        backbone: the offline backbone where it is loaded already.

    Raises:
        ConfigError: no such analyser.
        MissingError: what it needs is not installed.

    """
    from lexaug.morphology.english.analyser import load_analyser, needed_layers
    from lexaug.morphology.english.external import load_external
    from lexaug.training.backbone import OFFLINE, load_backbone
    from lexaug.training.encode import encode_words

    if (named := resolve_analyser(name)) != SHIPPED:
        return load_external(named)
    if backbone is None or backbone.name != OFFLINE:
        backbone = load_backbone(OFFLINE)
    _check(backbone)
    layers = needed_layers()
    encoder, tokenizer = lower_layers(backbone, max(layers)), backbone.tokenizer

    def encode(sentences: list[list[str]]) -> list[npt.NDArray[np.float32]]:
        return encode_words(encoder, tokenizer, sentences, layers=layers)

    return load_analyser(encode)


def _check(backbone: Backbone) -> None:
    from lexaug.morphology.english.analyser import INVENTORY, RESOURCE
    from lexaug.morphology.english.inventory import Inventory

    if Inventory.read(resource(RESOURCE) / INVENTORY).backbone != backbone.weights_hash:
        raise ConfigError(
            "the shipped English analyser was trained on other backbone weights",
            hint="load the backbone 'offline' anew; python -m experiments.english_analyser trains the analyser",
        )


def lower_layers(backbone: Backbone, count: int) -> Any:  # noqa: ANN401
    """Give the offline encoder's first layers as a model that shares its weights: the same vectors for less work.

    Only weights are shared, not modules: transformers hooks the modules of each model to collect hidden states.
    """
    from lexaug.training.offline_model import bert_model

    config = copy(backbone.model.config)
    config.num_hidden_layers = count
    upper = tuple(f"encoder.layer.{layer}." for layer in range(count, backbone.layers))
    weights = {name: weight for name, weight in backbone.model.state_dict().items() if not name.startswith(upper)}
    return bert_model(config, weights)
