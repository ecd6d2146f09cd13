"""An inflector as a folder: whole or absent, with what it was made from; read back by kind."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from unicodedata import normalize

from safetensors import safe_open

from lexaug import __version__
from lexaug.errors import FormatError, MissingError, StateError
from lexaug.files import atomic_folder, fingerprint, fingerprint_json, require_file, write_json
from lexaug.inflection.damage import FAULTS, not_whole
from lexaug.inflection.examples import ORDERS, read_examples, write_examples
from lexaug.inflection.inflector import Asked, Inflector, RuleAsked, StartedFrom
from lexaug.inflection.notation import Notation
from lexaug.inflection.rules import RuleInflector, RuleWeights
from lexaug.morphology.features import FeatureBundle

if TYPE_CHECKING:
    from lexaug.inflection.backbone import LoadedBackbone
    from lexaug.inflection.hub_model import HubLearner
    from lexaug.inflection.pointer import PointerLearner

METRICS, MANIFEST, ALPHABET, ROWS = "metrics.json", "inflector.json", "alphabet.json", "rows.tsv"
LEMMAS, BUNDLES = "lemmas.json", "bundles.json"
FORMAT: Final = 1
"""Of the folder; raised where older readers would read a new one wrongly."""
_RULES, _POINTER, _HUB = "rules", "pointer", "seq2seq"
_MODEL, _CONFIG = "model.safetensors", "config.json"
ADAPTER, ADAPTER_CONFIG = "adapter_model.safetensors", "adapter_config.json"
_COMMIT = re.compile("[0-9a-f]{40}")


def write_inflector(output: Path, inflector: Inflector, sources: Mapping[str, Path]) -> dict[str, Any]:
    """Write an inflector with metrics and the fingerprints of its sources; gives the metrics.

    Raises:
        StateError: the folder exists already, or could not be written.

    """
    metrics = {
        "lexaug": __version__,
        "method": inflector.method,
        "backbone": None if inflector.backbone is None else inflector.backbone.name,
        **inflector.metrics,
        "sources": {name: {"file": path.name, "sha256": fingerprint(path)} for name, path in sources.items()},
    }
    with atomic_folder(output) as folder:
        manifest = {"format": FORMAT, "method": inflector.method, "language": inflector.language}
        manifest |= _write(inflector, folder)
        if inflector.odd_letters:
            manifest["odd_letters"] = dict(inflector.odd_letters)
        write_json(folder / MANIFEST, manifest)
        write_json(folder / LEMMAS, None if inflector.lemmas is None else sorted(inflector.lemmas))
        write_json(folder / BUNDLES, sorted(map(str, inflector.notation.learnt)))
        write_json(folder / METRICS, metrics)
    return metrics


def load_inflector(folder: Path) -> Inflector:
    """Load an inflector that `lexaug inflect train` wrote.

    Raises:
        MissingError: there is none in the folder, or its backbone cannot be had.
        FormatError: a file of it is damaged, or it is of another format.
        StateError: the backbone is another than the one it was trained on.

    """
    manifest = _manifest(folder)
    try:
        read = {_RULES: _read_rules, _POINTER: _read_pointer, _HUB: _read_hub}[manifest["kind"]]
        asked = read(folder, manifest)
        lemmas, notation = _read_lemmas(folder), _read_notation(folder)
        backbone = StartedFrom(**manifest["backbone"]) if manifest.get("backbone") else None
    except FAULTS as fault:
        raise not_whole(folder, fault) from fault
    return Inflector(
        asked,
        manifest["method"],
        backbone,
        manifest.get("language"),
        lemmas=lemmas,
        notation=notation,
        odd_letters=manifest.get("odd_letters", {}),
    )


def check_inflector(folder: Path) -> Mapping[str, Any]:
    """See that an inflector is there and its files can be read, as far as that goes without loading it; what it says.

    Raises:
        MissingError: there is none in the folder.
        FormatError: a file of it is damaged, or it is of another format.

    """
    manifest = _manifest(folder)
    try:
        if manifest["kind"] == _RULES:
            _read_rules(folder, manifest)
        else:
            weights, config = (_MODEL, _CONFIG) if manifest["backbone"] is None else (ADAPTER, ADAPTER_CONFIG)
            with safe_open(require_file(folder / weights), "np") as found:
                found.keys()
            _read_json(folder / config)
        _read_lemmas(folder)
        _read_notation(folder)
    except FAULTS as fault:
        raise not_whole(folder, fault) from fault
    return manifest


def fingerprint_inflector(folder: Path) -> str:
    """SHA-256 over all files of an inflector but its metrics, in hexadecimal."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and path.name != METRICS)
    return fingerprint_json([[path.name, fingerprint(path)] for path in files])


def _manifest(folder: Path) -> dict[str, Any]:
    if not (folder / MANIFEST).is_file():
        raise MissingError(f"holds no inflector: {MANIFEST}", file=folder, hint="lexaug inflect train makes one")
    try:
        manifest = _read_json(folder / MANIFEST)
        if not isinstance(manifest, dict):
            raise ValueError("no object")
        if type(found := manifest.get("format")) is not int or found != FORMAT:
            told = f"format {found}" if type(found) is int else "no known format"
            hint = "train it again, or take the lexaug that trained it"
            raise FormatError(f"is an inflector of {told}; this lexaug reads {FORMAT}", file=folder, hint=hint)
        if not isinstance(manifest["method"], str) or manifest["kind"] not in (_RULES, _POINTER, _HUB):
            raise ValueError(f"unknown kind {manifest['kind']!r}")
        if not isinstance(manifest["language"], str | None) or not isinstance(manifest.get("backbone"), dict | None):
            raise ValueError("language is no code, or backbone no object")
        odd = manifest.get("odd_letters", {})
        if not isinstance(odd, dict) or any(normalize("NFC", spelt) != letter for letter, spelt in odd.items()):
            raise ValueError("odd_letters does not hold other spellings of letters")
        _require_parts(folder, manifest)
    except FAULTS as fault:
        raise not_whole(folder, fault) from fault
    return manifest


def _require_parts(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Raise ValueError where a file without which nothing can be read is not there."""
    own = (ROWS,) if manifest["kind"] == _RULES else (_CONFIG,)
    if manifest.get("backbone"):
        own = (ADAPTER, ADAPTER_CONFIG, *((ALPHABET,) if manifest["kind"] == _POINTER else ()))
    names = (*own, LEMMAS, BUNDLES)
    if lacking := [name for name in names if not (folder / name).is_file()]:
        raise ValueError(f"no file {lacking[0]}")


def _read_lemmas(folder: Path) -> frozenset[str] | None:
    """Read the marks of the lemmas that it was trained on; None where these were not known."""
    found = _read_json(folder / LEMMAS)
    return None if found is None else frozenset(_texts(found, LEMMAS))


def _read_notation(folder: Path) -> Notation:
    """Read the bundles that it was trained on."""
    known = _texts(_read_json(folder / BUNDLES), BUNDLES)
    try:
        return Notation(frozenset(map(FeatureBundle.parse, known)))
    except FormatError as fault:
        raise ValueError(f"{BUNDLES}: {fault}") from fault


def _read_json(path: Path) -> Any:  # noqa: ANN401
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as fault:
        raise ValueError(f"{path.name}: {fault}") from fault


def _texts(found: Any, name: str) -> list[str]:  # noqa: ANN401
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise ValueError(f"{name}: no list of texts")
    return found


def _write(inflector: Inflector, folder: Path) -> dict[str, Any]:
    asked: Any = inflector.asked
    if isinstance(asked, RuleAsked):
        write_examples(folder / ROWS, asked.rows, ORDERS[0])
        weights = asked.rules.weights
        return {"kind": _RULES, "weights": {"end": weights.end, "start": weights.start}}
    from lexaug.inflection.backbone import quiet

    kind = _POINTER if hasattr(asked, "alphabet") else _HUB
    if not hasattr(asked.module, "peft_config"):
        quiet()
        asked.module.save_pretrained(folder)
        if kind == _HUB:
            asked.tokenizer.save_pretrained(folder)
        return {"kind": kind, "backbone": None}
    from lexaug.inflection.adapter import save_adapter

    assert inflector.backbone is not None
    asked.module.peft_config["default"].base_model_name_or_path = inflector.backbone.name
    save_adapter(asked.module, folder)
    if kind == _POINTER:
        names = ("characters", "values", "nests")
        write_json(folder / ALPHABET, {name: list(getattr(asked.alphabet, name)) for name in names})
    return {"kind": kind, "backbone": asdict(inflector.backbone)}


def _read_rules(folder: Path, manifest: Mapping[str, Any]) -> Asked:
    rows = read_examples(folder / ROWS, order=ORDERS[0]).rows
    if not rows:
        raise ValueError(f"{ROWS}: empty")
    weights = RuleWeights(**{name: float(value) for name, value in manifest["weights"].items()})
    if not (0 < weights.end < math.inf and 0 < weights.start < math.inf):
        raise ValueError(f"weights of {weights.end} and {weights.start}")
    return RuleAsked(RuleInflector(rows, weights), rows)


def _read_pointer(folder: Path, manifest: Mapping[str, Any]) -> PointerLearner:
    from lexaug.inflection.adapter import merged
    from lexaug.inflection.alphabet import Alphabet
    from lexaug.inflection.backbone import load_pointer
    from lexaug.inflection.extend import extend
    from lexaug.inflection.pointer import PointerLearner

    language = manifest["language"]
    if manifest["backbone"] is None:
        model = load_pointer(folder)
        return PointerLearner(model, model.config.alphabet, language=language)
    parts = _read_json(folder / ALPHABET)
    alphabet = Alphabet(*(tuple(parts[name]) for name in ("characters", "values", "nests")))
    base = _same_backbone(folder, manifest, _POINTER).model
    return PointerLearner(merged(extend(base, alphabet), folder), alphabet, language=language)


def _read_hub(folder: Path, manifest: Mapping[str, Any]) -> HubLearner:
    from lexaug.inflection.adapter import merged
    from lexaug.inflection.backbone import load_seq2seq
    from lexaug.inflection.hub_model import HubLearner

    if manifest["backbone"] is None:
        return HubLearner(*load_seq2seq(str(folder), local=True))
    backbone = _same_backbone(folder, manifest, _HUB)
    return HubLearner(merged(backbone.model, folder), backbone.tokenizer)


def _same_backbone(folder: Path, manifest: Mapping[str, Any], kind: str) -> LoadedBackbone:
    """Load the backbone that was trained on: one of the Hub at its commit, one on disk if it is still the same."""
    from lexaug.inflection.backbone import SHIPPED, find_backbone, load_inflection_backbone

    wanted = StartedFrom(**manifest["backbone"])
    hint = "bring back the backbone that it was trained on, or train again"
    elsewhere = wanted.name == SHIPPED or _COMMIT.fullmatch(wanted.identity)
    if not elsewhere and not Path(wanted.name).is_dir():
        raise MissingError(f"was trained on {wanted.name!r}, which is not here", file=folder, hint=hint)
    found = find_backbone(wanted.name)
    base = load_inflection_backbone(found, commit=wanted.identity)
    if base.identity != wanted.identity:
        raise StateError(f"was trained on another backbone {found.name!r}", file=folder, hint=hint)
    if (base.tokenizer is None) != (kind == _POINTER):
        raise ValueError(f"{MANIFEST}: says {kind}, its backbone is another kind of model")
    return base
