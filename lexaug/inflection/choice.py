"""What inflects lemmas that no table lists: rules learnt from the table, nothing, or a trained inflector."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Final

from lexaug.errors import ConfigError
from lexaug.inflection.believed import Believed, believe_or_rules, believe_rules
from lexaug.morphology.table import ParadigmTable

RULES: Final = "rules"
NONE: Final = "none"
INFLECTORS: Final = (RULES, NONE)


def require_inflector(name: str, language: str) -> None:
    """See that a choice can be used for a language, without loading anything.

    Args:
        name: `rules`, `none`, or the folder of a trained inflector.
        language: ISO 639-3 code of what it is to inflect.

    Raises:
        MissingError: there is no inflector in the folder.
        FormatError: a file of it is damaged.
        ConfigError: it says that it inflects another language.

    """
    if name in INFLECTORS:
        return
    from lexaug.inflection.folder import check_inflector  # knows of weights: whoever only names a choice need not

    stated = check_inflector(Path(name)).get("language")
    if stated not in (None, language):
        hint = "train one for this language, or choose rules"
        raise ConfigError(f"inflects {stated!r}, the pack is of {language!r}", file=name, hint=hint)


def describe_inflector(name: str) -> str | dict[str, str]:
    """Give what a manifest says of a choice: the word, or a folder's name and SHA-256, never where it lies."""
    if name in INFLECTORS:
        return name
    from lexaug.inflection.folder import fingerprint_inflector

    return {"name": Path(name).name, "sha256": fingerprint_inflector(Path(name))}


def believer(name: str, table: ParadigmTable) -> Callable[[str], Believed] | None:
    """Give what makes a choice ready for a part of speech (UniMorph's) of a table; None where nothing is to inflect.

    A trained inflector is loaded when it is first asked for; rules of the table stand in for the whole part of speech
    where it is sure enough nowhere.
    """
    if name == NONE:
        return None
    if name == RULES:
        return lambda pos: believe_rules(table, pos)
    from lexaug.inflection.folder import load_inflector

    loaded = cache(lambda: load_inflector(Path(name)))
    return lambda pos: believe_or_rules(loaded(), table, pos)
