"""The parts beside the peft adapter: characters and label head, their settings against their weights and each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lexaug.hub.trust.finding import Finding, shown
from lexaug.hub.trust.hints import ASK
from lexaug.hub.trust.limits import MAX_LABELS, MAX_LAYERS, MAX_WIDTH
from lexaug.hub.trust.suspect import CHARACTER_WEIGHTS, CHARACTERS, HEAD, HEAD_WEIGHTS, Suspect
from lexaug.hub.trust.tensors import hidden_size
from lexaug.recipe.training import MAX_BUCKETS

_CHARACTER_BOUNDS = {
    "input_buckets": (1, MAX_BUCKETS),
    "head_buckets": (1, MAX_BUCKETS),
    "size": (1, 4096),
    "hidden": (1, MAX_WIDTH),
    "labels": (0, MAX_LABELS),
    "radius": (0, 16),
}
_MAX_LABEL = 100

Shapes = dict[str, tuple[int, ...]]


def check_parts(suspect: Suspect) -> Iterator[Finding]:
    """See that settings are within bounds, that weights have the shapes they say, and that the parts fit together."""
    yield from _pair(suspect, CHARACTERS, CHARACTER_WEIGHTS, _character_shapes)
    yield from _pair(suspect, HEAD, HEAD_WEIGHTS, _head_shapes)
    yield from _together(suspect)


def _pair(suspect: Suspect, settings: str, weights: str, shapes: Any) -> Iterator[Finding]:  # noqa: ANN401
    there = [name for name in (settings, weights) if name in suspect.files]
    if len(there) == 1:
        yield Finding(there[0], "missing", f"stands alone: {settings} and {weights} belong together", ASK)
    if len(there) < 2 or suspect.fault(settings) or suspect.fault(weights):
        return
    wanted = shapes(suspect.table(settings))
    if isinstance(wanted, str):
        yield Finding(settings, "shape", wanted, ASK)
        return
    found = {name: tensor.shape for name, tensor in suspect.header(weights).items()}
    if found != wanted:
        odd = sorted(name for name in found.keys() | wanted.keys() if found.get(name) != wanted.get(name))[0]
        message = f"tensor {shown(odd)} has shape {found.get(odd)}; {settings} says {wanted.get(odd)}"
        yield Finding(weights, "shape", message, ASK)


def _character_shapes(settings: dict[str, Any]) -> Shapes | str:
    if set(settings) != set(_CHARACTER_BOUNDS):
        return f"does not say just {', '.join(_CHARACTER_BOUNDS)}"
    for name, (low, high) in _CHARACTER_BOUNDS.items():
        if type(settings[name]) is not int or not low <= settings[name] <= high:
            return f"says {name} = {shown(settings[name])}; {low} to {high:,} is possible"
    size, hidden, labels = settings["size"], settings["hidden"], max(settings["labels"], 1)
    return {
        "input_bag.weight": (settings["input_buckets"], size),
        "widen.weight": (hidden, size),
        "head_bag.weight": (settings["head_buckets"], labels),
    }


def _head_shapes(settings: dict[str, Any]) -> Shapes | str:
    if set(settings) != {"hidden", "layers", "labels"}:
        return "does not say just layers, labels and hidden"
    hidden, layers, labels = settings["hidden"], settings["layers"], settings["labels"]
    if type(hidden) is not int or not 1 <= hidden <= MAX_WIDTH:
        return f"says hidden = {shown(hidden)}; 1 to {MAX_WIDTH:,} is possible"
    if not _numbers(layers) or not _names(labels):
        return "has no sound list of layers or of labels"
    return {"linear.weight": (len(labels), hidden * len(layers)), "linear.bias": (len(labels),)}


def _numbers(layers: Any) -> bool:  # noqa: ANN401
    if not isinstance(layers, list) or not 1 <= len(layers) <= MAX_LAYERS:
        return False
    return all(type(layer) is int and 0 <= layer <= MAX_LAYERS for layer in layers)


def _names(labels: Any) -> bool:  # noqa: ANN401
    if not isinstance(labels, list) or not 1 <= len(labels) <= MAX_LABELS or len(set(map(str, labels))) < len(labels):
        return False
    return all(isinstance(label, str) and label.isprintable() and 0 < len(label) <= _MAX_LABEL for label in labels)


def _together(suspect: Suspect) -> Iterator[Finding]:
    base = suspect.measures
    hidden = base.hidden if base else hidden_size(suspect)
    for name in (CHARACTERS, HEAD):
        own = suspect.table(name).get("hidden")
        if hidden is not None and own is not None and own != hidden:
            yield Finding(name, "shape", f"is for {shown(own)} values per token; the adapter has {hidden}", ASK)
    layers = suspect.table(HEAD).get("layers")
    if base and _numbers(layers) and layers and max(layers) > base.layers:
        yield Finding(HEAD, "shape", f"reads layer {max(layers)}; the backbone has {base.layers}", ASK)
    labels = suspect.table(HEAD).get("labels")
    scored = suspect.table(CHARACTERS).get("labels")
    if isinstance(labels, list) and scored is not None and scored != len(labels):
        yield Finding(CHARACTERS, "shape", f"scores {shown(scored)} labels; {HEAD} names {len(labels)}", ASK)
