"""What `pack.toml` may say."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

FILE_NAME = "pack.toml"


def _composed(value: Any) -> Any:  # noqa: ANN401
    """Bring all text in a value of TOML to NFC, as the words that it is compared with are."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [_composed(part) for part in value]
    if isinstance(value, dict):
        return {_composed(key): _composed(part) for key, part in value.items()}
    return value


Name = Annotated[str, Field(min_length=1)]
Words = Annotated[dict[str, Any], AfterValidator(_composed)]
"""A table of words and tags of the language, in NFC; names of files stay as they are."""


class Part(BaseModel):
    """A part of the description: knows all its keys and does not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class TextSource(Part):
    """A file of real text, one sentence or paragraph per line. `file` is relative to the pack's folder."""

    file: Annotated[str, Field(min_length=1, description="the file's path inside the pack")]
    licence: Annotated[str, Field(min_length=1, description="an SPDX expression; LicenseRef-unknown if it states none")]
    origin: str = ""


class TableSource(TextSource):
    """An inflection table; without `format` either is taken."""

    format: str | None = None


class LexiconSource(TableSource):
    """A lexicon from English into the language; `weight` multiplies those of its entries."""

    weight: Annotated[float, Field(gt=0, le=1e6, allow_inf_nan=False)] = 1.0


class PackDescription(Part):
    """The whole `pack.toml`.

    `exclude_licences` names licences (or families: "GPL") whose sources and rows are left out. `grammar` and `citation`
    are checked by `Grammar.parse` and `CitationRules.parse`.
    """

    language: Annotated[str, Field(min_length=1, description="the ISO 639-3 code of the pack's language")]
    name: str = ""
    version: str = "1"
    exclude_licences: tuple[Name, ...] = ()
    lexicon: tuple[LexiconSource, ...] = ()
    paradigms: tuple[TableSource, ...] = ()
    text: tuple[TextSource, ...] = ()
    grammar: Words = Field(default_factory=dict)
    citation: Words = Field(default_factory=dict)

    def sources(self) -> list[tuple[str, int, TextSource]]:
        """List (kind, place in its list, source) of all sources."""
        return [(kind, place, source) for kind, group in self.kinds() for place, source in enumerate(group)]

    def kinds(self) -> tuple[tuple[str, tuple[TextSource, ...]], ...]:
        """Give the sources by kind."""
        return ("lexicon", self.lexicon), ("paradigms", self.paradigms), ("text", self.text)
