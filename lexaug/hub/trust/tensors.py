"""The tensors of the peft part: their names, their shapes, and whether they fit rank, backbone and each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from lexaug.hub.trust.bases import BaseShape
from lexaug.hub.trust.finding import Finding, shown
from lexaug.hub.trust.header import Tensor
from lexaug.hub.trust.hints import NO_FIT
from lexaug.hub.trust.limits import MAX_WIDTH
from lexaug.hub.trust.suspect import Suspect
from lexaug.training.part_files import PEFT_WEIGHTS

ROWS = "token_adapter.trainable_tokens_delta"
DOWN, UP = "lora_A.weight", "lora_B.weight"
_MAGNITUDES = ("lora_magnitude_vector", "lora_magnitude_vector.weight")
_LEAVES = (DOWN, UP, *_MAGNITUDES, ROWS)
_NAME = re.compile(
    rf"base_model\.model\.(?P<module>.+)\.(?P<leaf>{'|'.join(map(re.escape, sorted(_LEAVES, key=len)[::-1]))})"
)
_BLOCK = re.compile(r"\.(\d+)\.")

Module = dict[str, Tensor]


def check_tensors(suspect: Suspect) -> Iterator[Finding]:
    """Hold the weights file against the config: LoRA pairs of the declared rank, rows for the declared tokens."""
    tensors, config = suspect.header(PEFT_WEIGHTS), suspect.config
    if not tensors or not config:
        return
    modules: defaultdict[str, Module] = defaultdict(dict)
    for name, tensor in tensors.items():
        match = _NAME.fullmatch(name)
        if match is None:
            yield _refuse(
                "shape", f"holds the tensor {shown(name)}, which is no part of a LoRA adapter with token rows"
            )
            continue
        modules[match["module"]][match["leaf"]] = tensor
    rows = {module: parts.pop(ROWS) for module, parts in modules.items() if ROWS in parts}
    pairs = {module: parts for module, parts in modules.items() if parts}
    yield from _ranks(pairs, config.get("r"))
    yield from _rows(rows, config.get("trainable_token_indices"), suspect.measures)
    yield from _alike(pairs)
    yield from _fit(pairs, suspect.measures)


def hidden_size(suspect: Suspect) -> int | None:
    """Values per token as the weights show them: the width of token rows, else what every LoRA pair has a side of."""
    sides: set[int] | None = None
    down: dict[str, int] = {}
    for name, tensor in suspect.header(PEFT_WEIGHTS).items():
        if name.endswith(ROWS) and len(tensor.shape) == 2:
            return tensor.shape[1]
        module, _, leaf = name.partition(".lora_")
        if len(tensor.shape) == 2 and leaf == "A.weight":
            down[module] = tensor.shape[1]
        elif len(tensor.shape) == 2 and leaf == "B.weight" and module in down:
            pair = {down[module], tensor.shape[0]}
            sides = pair if sides is None else sides & pair
    return sides.pop() if sides and len(sides) == 1 else None


def _ranks(pairs: Mapping[str, Module], rank: object) -> Iterator[Finding]:
    for module, parts in pairs.items():
        if DOWN not in parts or UP not in parts:
            yield _refuse("shape", f"holds one half of a LoRA pair for {shown(module)}")
            continue
        down, up = parts[DOWN].shape, parts[UP].shape
        if len(down) != 2 or len(up) != 2 or down[0] != rank or up[1] != rank:
            yield _refuse(
                "shape", f"has shapes {down} and {up} at {shown(module)}, which are not of rank {shown(rank)}"
            )
        elif max(down[1], up[0]) > MAX_WIDTH or min(*down, *up) < 1 or down[0] > max(down[1], up[0]):
            yield _refuse("shape", f"has shapes {down} and {up} at {shown(module)}, which fit no backbone")
        elif any(parts[name].shape not in ((up[0],), (1, up[0])) for name in _MAGNITUDES if name in parts):
            yield _refuse("shape", f"has a magnitude of another width at {shown(module)}")


def _rows(rows: Mapping[str, Tensor], tokens: object, base: BaseShape | None) -> Iterator[Finding]:
    wanted = len(tokens) if isinstance(tokens, list) else 0
    if len(rows) != (wanted > 0):
        yield _refuse("shape", f"holds {len(rows)} tables of token rows, where its config names {wanted} tokens")
    for tensor in rows.values():
        if len(tensor.shape) != 2 or tensor.shape[0] != wanted:
            yield _refuse("shape", f"holds token rows of shape {tensor.shape} for {wanted} tokens")
        elif base and tensor.shape[1] != base.hidden:
            yield _refuse("shape", f"holds token rows of {tensor.shape[1]} values; the backbone has {base.hidden}")
    if base and isinstance(tokens, list) and any(type(token) is int and token >= base.vocabulary for token in tokens):
        yield _refuse("shape", f"has rows for tokens beyond the backbone's {base.vocabulary:,}")


def _alike(pairs: Mapping[str, Module]) -> Iterator[Finding]:
    """See that a layer has the same shape in every block."""
    seen: dict[str, tuple[int, int]] = {}
    for module, parts in pairs.items():
        if DOWN not in parts or UP not in parts or len(parts[DOWN].shape) != 2 or len(parts[UP].shape) != 2:
            continue
        shape = parts[DOWN].shape[1], parts[UP].shape[0]
        if seen.setdefault(_BLOCK.sub(".*.", module, count=1), shape) != shape:
            yield _refuse("shape", f"has {shape[0]} by {shape[1]} values at {shown(module)}, unlike the other blocks")


def _fit(pairs: Mapping[str, Module], base: BaseShape | None) -> Iterator[Finding]:
    """See that widths and block numbers are those of a backbone whose measures are known."""
    if base is None:
        return
    widths = {base.hidden, base.inner, 2 * base.inner, 3 * base.hidden}
    for module, parts in pairs.items():
        block = _BLOCK.search(module)
        if block is None or int(block[1][:6]) >= base.layers:
            yield _refuse("shape", f"adapts {shown(module)}; the backbone has {base.layers} blocks")
        sides = (
            [tensor.shape[place] for leaf, place in ((DOWN, 1), (UP, 0)) if len((tensor := parts[leaf]).shape) == 2]
            if {DOWN, UP} <= parts.keys()
            else []
        )
        if set(sides) - widths or (sides and base.hidden not in sides and 3 * base.hidden not in sides):
            yield _refuse(
                "shape", f"has widths {sides} at {shown(module)}; the backbone has {base.hidden} values per token"
            )


def _refuse(kind: str, message: str) -> Finding:
    return Finding(PEFT_WEIGHTS, kind, message, NO_FIT)
