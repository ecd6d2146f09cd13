"""An adapter merged into its backbone: a plain transformers model of one language."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lexaug.errors import LexaugError
from lexaug.files import atomic_folder, fingerprint, require_absent, write_json
from lexaug.hub.card.origin import licence_file
from lexaug.hub.data import read_data
from lexaug.hub.folder import read_adapter_folder
from lexaug.hub.header import CARD
from lexaug.hub.loading import load, locate
from lexaug.hub.merged_card import MergedFacts, render_merged_card
from lexaug.hub.package import LICENCE
from lexaug.hub.rights import derive_rights
from lexaug.recipe.settings import OFFLINE, is_path
from lexaug.training.part_files import PEFT_WEIGHTS

if TYPE_CHECKING:
    from lexaug.training.load import AdaptedModel

ORIGIN = "lexaug.json"
"""Says what a merged model was made of."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged model: where it lies, its language and backbone, and which parts of the adapter could not go into it."""

    path: Path
    language: str
    base_model: str
    left_out: tuple[str, ...]
    size: int

    def as_json(self) -> dict[str, Any]:
        """Give the JSON object of `lexaug export`."""
        return {
            "output": str(self.path),
            "language": self.language,
            "base_model": self.base_model,
            "left_out": list(self.left_out),
            "bytes": self.size,
        }


def export(adapter: str | Path, output: Path, *, base: str | None = None, index: str | Path | None = None) -> Merged:
    """Write the backbone with an adapter merged into it: token rows into the embedding, LoRA into the weights.

    `transformers.AutoModel` loads the folder, without peft and lexaug. The character part reads words, not tokens, and
    the label head reads an inner layer with it: neither has a place in a plain encoder; both are left out and named.

    Args:
        adapter: a folder or a language's code, as for `lexaug.load`.
        output: the folder to write.
        base: the backbone by name; the adapter's own if not given.
        index: the index to look a code up in, as for `lexaug.load`.

    Raises:
        StateError: something stands at the output already.
        LexaugError: as `lexaug.load`.

    """
    require_absent(output)
    folder = locate(adapter, base=base, index=index)
    adapted = load(folder, base=base)
    facts = _facts(folder, adapted)
    model = adapted.model.merge_and_unload(safe_merge=True)
    with atomic_folder(output) as place:
        model.save_pretrained(place)
        adapted.tokenizer.save_pretrained(place)
        write_json(place / ORIGIN, _origin(folder, adapted, facts))
        (place / CARD).write_text(render_merged_card(facts), encoding="utf-8")
        if facts.licence and (text := licence_file(facts.licence)) is not None:
            (place / LICENCE).write_text(text, encoding="utf-8")
    size = sum(file.stat().st_size for file in output.iterdir())
    return Merged(output, facts.language, facts.base, facts.left_out, size)


def _facts(folder: Path, adapted: AdaptedModel) -> MergedFacts:
    """Say what is known of the merged model; of a backbone that is a folder of this machine, no more than its name."""
    from lexaug.training.adapter import hub_id

    name = hub_id(adapted.backbone.name)
    return MergedFacts(
        language=str(adapted.manifest.get("language", "")),
        base=Path(name).name if is_path(name) else name,
        on_hub=not is_path(name),
        model_type=adapted.model.get_base_model().config.model_type,
        licence=_licence(folder),
        four_bits=adapted.backbone.name == OFFLINE,
        left_out=tuple(name for name in ("characters", "head") if getattr(adapted, name) is not None),
    )


def _licence(folder: Path) -> str | None:
    """Give the licence that follows from all sources; None where that of one is not known, as before packaging."""
    try:
        return derive_rights(read_data(read_adapter_folder(folder))).licence
    except LexaugError:
        return None


def _origin(folder: Path, adapted: AdaptedModel, facts: MergedFacts) -> dict[str, Any]:
    return {
        "adapter": {PEFT_WEIGHTS: fingerprint(folder / PEFT_WEIGHTS), "recipe": adapted.manifest.get("recipe")},
        "language": facts.language,
        "licence": facts.licence,
        "base_model": facts.base,
        "base_weights": adapted.backbone.weights_hash,
        "left_out": list(facts.left_out),
    }
