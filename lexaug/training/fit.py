"""Whether a recipe fits its backbone, its machine and its dev set: asked before a run leaves anything behind."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lexaug.errors import ConfigError, LeakError
from lexaug.pack.leaks import SHORTEST
from lexaug.pack.plain import sentence_key
from lexaug.synthesis.tagged import UPOS, TaggedSentence
from lexaug.training.adapter import require_lora
from lexaug.training.backbone import Backbone
from lexaug.training.batch import frame, max_tokens
from lexaug.training.layers import choose_layers
from lexaug.training.learned import learned_sentences

if TYPE_CHECKING:
    from lexaug.pack import LanguagePack
    from lexaug.recipe import TrainingSettings

LEAST_ROOM = 4
"""Tokens that a sentence must have beside its frame and prefix: fewer hold no two words."""
WORKERS_PER_CORE = 2


def require_fit(settings: TrainingSettings, backbone: Backbone) -> None:
    """Check settings against a backbone and this machine.

    Raises:
        ConfigError: a layer, a target or a rank that the backbone does not have, no room for words beside the prefix,
            or more workers than the machine can run.

    """
    require_lora(backbone, rank=settings.rank, targets=settings.targets, layers=settings.layers)
    depth = choose_layers(settings, backbone).depth
    if settings.layers is not None and min(settings.layers) > depth:
        raise ConfigError(
            f"layers {list(settings.layers)} are not read: the objectives read the first {depth}",
            hint=f"choose layers from 1 to {depth}, or leave them out",
        )
    _require_room(settings, backbone)
    most = WORKERS_PER_CORE * (os.cpu_count() or 1)
    if settings.workers > most:
        raise ConfigError(
            f"{settings.workers} workers are too many for this machine", hint=f"workers = {most} at most, one per core"
        )


def require_unseen(dev: Sequence[TaggedSentence], pack: LanguagePack, sources: Sequence[Path]) -> None:
    """Check that dev sentences can decide anything.

    Raises:
        LeakError: one of them also stands in a text of the pack or in a source (its file and line are given).
        ConfigError: none of their words carries a tag of `UPOS`.

    """
    if not dev:
        return
    if not any(tag in UPOS for sentence in dev for tag in sentence.upos):
        raise ConfigError("no word of the dev sentences carries a UPOS tag", hint=f"known: {', '.join(UPOS)}")
    known = {key: sentence for sentence in dev if len(key := sentence_key(sentence.tokens)) >= SHORTEST}
    for found in learned_sentences(pack, sources) if known else ():
        if (sentence := known.get(found.key)) is not None:
            at = f" (line {sentence.line} of its file)" if sentence.line else ""
            raise LeakError(
                f"dev sentence {sentence.id!r}{at} also stands here, where it would be learned from",
                file=found.file,
                line=found.line,
                hint="take it out here, or out of dev",
            )


def _require_room(settings: TrainingSettings, backbone: Backbone) -> None:
    before, after = frame(backbone.tokenizer, settings.prefix)
    limit = max_tokens(backbone.tokenizer, settings.max_length)
    room = limit - len(before) - len(after)
    if room < LEAST_ROOM:
        raise ConfigError(
            f"prefix and frame leave {max(0, room)} of {limit} tokens for words",
            hint="raise max_length or shorten prefix",
        )
