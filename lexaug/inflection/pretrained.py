"""A pre-trained pointer-generator as the inflector of a language that it has learnt, without more training."""

from __future__ import annotations

from lexaug.errors import ConfigError, MissingError
from lexaug.inflection.backbone import SHIPPED, find_backbone, load_inflection_backbone
from lexaug.inflection.inflector import Inflector, StartedFrom

PRETRAINED = "pretrained"
_TRAIN = "lexaug inflect train makes an inflector of it"


def pretrained(name: str, language: str) -> Inflector:
    """Give a backbone as it stands, as the inflector of one of its languages.

    Args:
        name: its name or folder.
        language: ISO 639-3 code.

    Raises:
        ConfigError: it is no pointer-generator, or has not learnt this language.
        MissingError, FormatError: it cannot be had.

    """
    from lexaug.inflection.pointer import PointerLearner

    found = find_backbone(name)
    if found.folder is None:
        raise MissingError("no such folder", file=name, hint=f"give {SHIPPED}, or the folder of a pointer-generator")
    if not found.pointer:
        raise ConfigError("has learnt to inflect no language", file=name, hint=_TRAIN)
    base = load_inflection_backbone(found)
    alphabet = base.model.config.alphabet
    if language not in alphabet.languages:
        raise ConfigError(
            f"{found.name} has not learnt {language!r}",
            hint=f"{_TRAIN}; learnt are: {', '.join(alphabet.languages) or 'none'}",
        )
    asked = PointerLearner(base.model, alphabet, language=language)
    return Inflector(asked, PRETRAINED, StartedFrom(base.name, base.identity), language)
