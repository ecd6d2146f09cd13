"""A pre-trained pointer-generator as the inflector of a language that it has learnt, without more training."""

from __future__ import annotations

from lexaug.errors import ConfigError
from lexaug.inflection.backbone import find_backbone, load_inflection_backbone
from lexaug.inflection.inflector import Inflector, StartedFrom
from lexaug.registry import unknown

PRETRAINED = "pretrained"


def pretrained(name: str, language: str) -> Inflector:
    """Give a backbone as it stands, as the inflector of one of its languages.

    Args:
        name: its name or folder.
        language: ISO 639-3 code.

    Raises:
        ConfigError: it tells no languages apart, or has not learnt this one.
        MissingError, FormatError: it cannot be had.

    """
    from lexaug.inflection.pointer import PointerLearner

    found = find_backbone(name)
    if not found.pointer:
        raise ConfigError(f"{name} has learnt to inflect no language", hint="train on it: lexaug inflect train")
    base = load_inflection_backbone(found)
    alphabet = base.model.config.alphabet
    if language not in alphabet.languages:
        raise unknown(f"language of {name}", language, alphabet.languages)
    asked = PointerLearner(base.model, alphabet, language=language)
    return Inflector(asked, PRETRAINED, StartedFrom(base.name, base.identity), language)
