"""Which English analyser a name means: the tool, its model, and the version that is installed."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from types import MappingProxyType
from typing import Final

from lexaug.conllu import SUFFIXES
from lexaug.errors import ConfigError
from lexaug.registry import unknown

AUTO: Final = "auto"
SHIPPED: Final = "shipped"
SPACY: Final = "spacy"
STANZA: Final = "stanza"
DEFAULT_MODELS: Final[Mapping[str, str]] = MappingProxyType({SPACY: "en_core_web_sm", STANZA: "default"})
SPACY_MODELS: Final = ("en_core_web_lg", "en_core_web_md", "en_core_web_sm")
"""What `auto` takes of spaCy, the best first. The transformer model is left to those who name it: it is slow."""


@dataclass(frozen=True, slots=True)
class AnalyserChoice:
    """An analyser: `auto`, `shipped`, or a tool with its model; `version` is "" where any will do."""

    tool: str
    model: str = ""
    version: str = ""

    def __str__(self) -> str:
        """Write as `TOOL[:MODEL][@VERSION]`, which `parse` reads."""
        return self.tool + (f":{self.model}" if self.model else "") + (f"@{self.version}" if self.version else "")

    @property
    def package(self) -> str:
        """The Python package whose version decides the analyses: spaCy's models are packages, Stanza's are not."""
        return self.model if self.tool == SPACY else self.tool

    @classmethod
    def parse(cls, name: str) -> AnalyserChoice:
        """Read a name.

        Raises:
            ConfigError: no such analyser, or a folder where the name of an installed model is due.

        """
        rest, _, wanted = name.partition("@")
        tool, _, model = rest.partition(":")
        if tool not in (AUTO, SHIPPED, *DEFAULT_MODELS):
            raise unknown("analyser", tool, (AUTO, SHIPPED, *DEFAULT_MODELS))
        if tool not in DEFAULT_MODELS and tool != name:
            raise ConfigError(f"the analyser {tool!r} takes no model and no version", hint=f"write {tool!r}")
        if Path(model).name != model:
            raise ConfigError(f"{model!r} is no name of a model", hint="install the model and give its name")
        return cls(tool, model or DEFAULT_MODELS.get(tool, ""), wanted)


def resolve_analyser(name: str) -> str:
    """Name an analyser in full: `auto` becomes what is installed, a tool without a version gets the installed one.

    The name is all that decides which analyses come out, so that it can be written down beside what was made of them.

    Raises:
        ConfigError: no such analyser.

    """
    choice = AnalyserChoice.parse(name)
    if choice.tool == AUTO:
        choice = _installed()
    if choice.tool != SHIPPED and not choice.version:
        choice = replace(choice, version=installed_version(choice.package))
    return str(choice)


def analyser_of(sources: Iterable[Path], name: str | None = None) -> str | None:
    """Name in full what analyses the plain text among source files: the shipped analyser where no other is named.

    None where all sources are CoNLL-U; the name is checked even so.

    Raises:
        ConfigError: no such analyser.

    """
    AnalyserChoice.parse(name or SHIPPED)
    return None if all(path.suffix in SUFFIXES for path in sources) else resolve_analyser(name or SHIPPED)


def installed_version(package: str) -> str:
    """Give the version of an installed package, "" where it is not there."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _installed() -> AnalyserChoice:
    """Choose Stanza, whose relations are UD's own, before spaCy, and either before the shipped analyser."""
    if installed_version(STANZA) and _stanza_english():
        return AnalyserChoice(STANZA, DEFAULT_MODELS[STANZA])
    if installed_version(SPACY):
        for model in SPACY_MODELS:
            if installed_version(model):
                return AnalyserChoice(SPACY, model)
    return AnalyserChoice(SHIPPED)


def _stanza_english() -> bool:
    """Tell whether Stanza's English parser was downloaded; importing Stanza to ask it would load torch."""
    folder = Path(os.environ.get("STANZA_RESOURCES_DIR") or Path.home() / "stanza_resources")
    return any((folder / "en" / "depparse").glob("*.pt"))
