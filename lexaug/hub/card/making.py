"""What a card says of how an adapter was made: training, sizes, pseudo-text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lexaug.hub.card.text import code, plain
from lexaug.hub.folder import AdapterFolder

PARTS = {
    "adapter_values": "values of the plain peft adapter",
    "token_rows": "rows of its own for input tokens",
    "character_values": "values of the character part",
    "head_values": "values of the label head",
}
PASSES = ("steps", "passes", "tokens")
NO_SAMPLE = "No sample was kept with this adapter."
MODES = {
    "morph": "words replaced and inflected as the table says",
    "lexicon": "words replaced, not inflected",
    "random-inflection": "words replaced and inflected at random: a control, no product",
}


def describe_making(folder: AdapterFolder) -> str:
    """Say what was trained, on what, with which settings."""
    synthesis, training = _table(folder.recipe, "synthesis"), _table(folder.recipe, "training")
    mode = str(synthesis.get("mode", ""))
    objectives = ", ".join(f"{plain(name)} {weight:g}" for name, weight in _objectives(training))
    lines = [
        f"English sentences became pseudo-sentences ({plain(MODES.get(mode, mode))}); the base model stayed frozen.",
        "",
        f"- objectives: {objectives or 'not named'}",
        f"- LoRA rank {plain(folder.config.get('r'))}, alpha {plain(folder.config.get('lora_alpha'))}",
        *(f"- {folder.metrics[key]:,} {words}" for key, words in PARTS.items() if _count(folder.metrics, key)),
        *_trained(folder.metrics),
        *_dev(folder.metrics),
        f"- seed {plain(folder.recipe.get('seed', 0))}; every setting stands in `recipe.toml`, every fingerprint in "
        "`manifest.json`",
    ]
    return "\n".join(lines)


def describe_sample(folder: AdapterFolder) -> str:
    """Show the pseudo-sentences that the adapter keeps, and how each word came."""
    kept = folder.manifest.get("sample")
    shown = [_example(entry) for entry in kept if isinstance(entry, dict)] if isinstance(kept, list) else []
    return "\n\n".join(shown) or NO_SAMPLE


def _example(entry: Mapping[str, Any]) -> str:
    source, target, ops = (list(entry.get(key, ())) for key in ("source", "target", "ops"))
    words = " · ".join(f"{plain(word)} {code(op)}" for word, op in zip(target, ops, strict=False))
    return f"> {plain(' '.join(map(str, source)))}  \n> **{plain(' '.join(map(str, target)))}**  \n> {words}"


def _trained(metrics: Mapping[str, Any]) -> list[str]:
    counts = [f"{key} {metrics[key]:,}" for key in PASSES if _count(metrics, key)]
    return [f"- {', '.join(counts)}"] if counts else []


def _dev(metrics: Mapping[str, Any]) -> list[str]:
    value = metrics.get("dev_accuracy")
    if not isinstance(value, int | float):
        return []
    return [f"- {value:.1f}% of the words of the dev sentences that chose its weights: no result, it flatters"]


def _objectives(training: Mapping[str, Any]) -> list[tuple[str, float]]:
    found = _table(training, "objectives")
    return [(name, weight) for name, weight in found.items() if isinstance(weight, int | float) and weight > 0]


def _table(values: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    table = values.get(key, {})
    return table if isinstance(table, Mapping) else {}


def _count(metrics: Mapping[str, Any], key: str) -> bool:
    value = metrics.get(key)
    return isinstance(value, int) and not isinstance(value, bool) and value > 0
