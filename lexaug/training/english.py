"""The English analyser on the offline backbone: for sources that are plain text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lexaug.training.backbone import Backbone

ANALYSED = (".conllu", ".conll")


def analyser_for(sources: Sequence[Path], backbone: Backbone | None = None) -> Any:  # noqa: ANN401
    """Give what analyses the sources, or None where all of them are CoNLL-U.

    Args:
        sources: the files of English sentences.
        backbone: one that is loaded already; it is used if it is the offline one, which the analyser was trained on.

    Raises:
        MissingError: the offline backbone or the analyser's files are not there.

    """
    if all(path.suffix in ANALYSED for path in sources):
        return None
    from lexaug.morphology.english.analyser import load_analyser, needed_layers
    from lexaug.training.backbone import OFFLINE, load_backbone
    from lexaug.training.encode import encode_words

    reader = backbone if backbone is not None and backbone.name == OFFLINE else load_backbone(OFFLINE)
    layers = needed_layers()
    return load_analyser(lambda sentences: encode_words(reader.model, reader.tokenizer, sentences, layers=layers))
