"""adapter_config.json: only the keys that a LoRA adapter with token rows needs may say anything."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from lexaug.hub.trust.finding import Finding, shown
from lexaug.hub.trust.hints import DO_NOT_USE
from lexaug.hub.trust.limits import MAX_ALPHA, MAX_RANK, MAX_VOCABULARY
from lexaug.hub.trust.names import HUB_ID, look_alikes
from lexaug.hub.trust.suspect import Suspect
from lexaug.training.part_files import CONFIG

Check = Callable[[object], bool]

REVISION = re.compile(r"[0-9a-f]{40}")
"""A commit; a branch or a tag can be moved to other weights."""
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+){0,15}")
_ALTERNATIVES = r"\(\?:(?:[A-Za-z0-9_]|\\\.|\||\\d\+){1,2000}\)"
_PATTERN = re.compile(
    rf"(?:\(\?:\.\*\\\.\)\?)?{_ALTERNATIVES}\\\.{_ALTERNATIVES}\\\.(?:\(\?:\.\*\\\.\)\?)?{_ALTERNATIVES}"
)
"""The one regular expression that is accepted: (any.)blocks.numbers.(any.)layers. Others can take forever to match."""
_LIBRARY = re.compile(r"transformers\.models\.[a-z0-9_]+\.modeling_[a-z0-9_]+")
_VERSION = re.compile(r"[0-9][0-9a-zA-Z.+-]{0,40}")
_TASKS = (None, "FEATURE_EXTRACTION", "TOKEN_CLS", "SEQ_CLS")


def check_config(suspect: Suspect) -> Iterator[Finding]:
    """Hold every key against what it may say."""
    config = suspect.config
    if not config:
        return
    for key in sorted({"peft_type", "r", "target_modules", "base_model_name_or_path"} - config.keys()):
        yield _refuse(f"does not say {key!r}")
    for key, value in config.items():
        if finding := _of_key(key, value):
            yield finding
    yield from _base(suspect)
    yield from _revision(suspect)


def _of_key(key: str, value: object) -> Finding | None:
    allowed = _ALLOWED.get(key)
    if allowed is not None:
        return None if allowed(value) else _refuse(f"says {key} = {shown(value)}")
    if key in _NAMES_CODE:
        return _refuse(f"has the key {key!r}, which names code to import")
    if _says_nothing(value):
        return None if key in _INERT else _warn(f"has the unknown key {shown(key)}, which says nothing")
    return _refuse(f"says {shown(key)} = {shown(value)}, which no adapter here needs")


def _base(suspect: Suspect) -> Iterator[Finding]:
    name = suspect.config.get("base_model_name_or_path")
    if not isinstance(name, str):
        return
    if not HUB_ID.fullmatch(name) or ".." in name:
        if suspect.published:
            yield _refuse(f"names the backbone {shown(name)}, which is no model of the Hub but a path")
        return
    for what in look_alikes(name):
        yield _warn(f"names the backbone {shown(name)}, which {what}")


def _revision(suspect: Suspect) -> Iterator[Finding]:
    revision = suspect.config.get("revision")
    if revision is None or not suspect.published:
        return
    if not isinstance(revision, str) or not REVISION.fullmatch(revision):
        yield _refuse(f"pins the backbone to {shown(revision)}, which is no commit hash and can be moved")


def _says_nothing(value: object) -> bool:
    return value is None or value is False or value in ({}, [], "")


def _number(value: object, low: float, high: float) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return low <= value <= high


def _count(value: object, high: int) -> bool:
    return type(value) is int and 1 <= value <= high


def _targets(value: object) -> bool:
    if isinstance(value, str):
        return bool(_WORD.fullmatch(value) or _PATTERN.fullmatch(value))
    return isinstance(value, list) and 0 < len(value) <= 64 and all(map(_word, value))


def _word(value: object) -> bool:
    return isinstance(value, str) and len(value) <= 200 and _WORD.fullmatch(value) is not None


def _tokens(value: object) -> bool:
    if value is None:
        return True
    if not isinstance(value, list) or not value or any(type(token) is not int for token in value):
        return False
    return min(value) >= 0 and max(value) < MAX_VOCABULARY and len(set(value)) == len(value)


def _mapping(value: object) -> bool:
    if value is None:
        return True
    return (
        isinstance(value, dict)
        and set(value) == {"base_model_class", "parent_library"}
        and (_word(value["base_model_class"]) and bool(_LIBRARY.fullmatch(str(value["parent_library"]))))
    )


def _switch(value: object) -> bool:
    return isinstance(value, bool)


_ALLOWED: Mapping[str, Check] = MappingProxyType(
    {
        "peft_type": lambda value: value == "LORA",
        "task_type": lambda value: value in _TASKS,
        "base_model_name_or_path": lambda value: isinstance(value, str) and 0 < len(value) <= 500,
        "revision": lambda value: value is None or (isinstance(value, str) and len(value) <= 100),
        "r": lambda value: _count(value, MAX_RANK),
        "lora_alpha": lambda value: _number(value, -MAX_ALPHA, MAX_ALPHA),
        "lora_dropout": lambda value: _number(value, 0, 1),
        "target_modules": _targets,
        "trainable_token_indices": _tokens,
        "auto_mapping": _mapping,
        "bias": lambda value: value == "none",
        "init_lora_weights": _switch,
        "inference_mode": _switch,
        "use_rslora": _switch,
        "use_dora": _switch,
        "qalora_group_size": lambda value: _count(value, 1 << 20),
        "megatron_core": lambda value: value in (None, "megatron.core"),
        "peft_version": lambda value: value is None or bool(_VERSION.fullmatch(str(value))),
    }
)
"""Keys that may say something, and what. `init_lora_weights` by name would compute on the backbone while loading."""
_NAMES_CODE = ("auto_map", "custom_modules", "trust_remote_code", "modeling_file")
_INERT = frozenset(
    (
        "alora_invocation_tokens",
        "alpha_pattern",
        "arrow_config",
        "corda_config",
        "ensure_weight_tying",
        "eva_config",
        "exclude_modules",
        "fan_in_fan_out",
        "kasa_config",
        "layer_replication",
        "layers_pattern",
        "layers_to_transform",
        "loftq_config",
        "lora_bias",
        "lora_ga_config",
        "megatron_config",
        "modules_to_save",
        "monteclora_config",
        "rank_pattern",
        "target_parameters",
        "use_bdlora",
        "use_qalora",
        "velora_config",
    )
)
"""Keys of peft's LoRA that are written and say nothing; anything they could say is refused."""


def _refuse(message: str) -> Finding:
    return Finding(CONFIG, "config", message, DO_NOT_USE)


def _warn(message: str) -> Finding:
    return Finding(CONFIG, "config", message, "compare it with the card", refused=False)
