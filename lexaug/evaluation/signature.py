"""Everything needed to get an evaluation's numbers again, in one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import lexaug
from lexaug.evaluation.adapters import shared_hash

if TYPE_CHECKING:
    from lexaug.evaluation.adapters import Run
    from lexaug.pack import LanguagePack


def sign(
    task: str, runs: Sequence[Run], pack: LanguagePack | None, facts: Mapping[str, str], chosen: Mapping[str, object]
) -> str:
    """Join what an evaluation rests on: `key:value` facts, then `system(settings)` for each system with settings.

    Args:
        task: what was evaluated.
        runs: the adapters, seeds of one recipe.
        pack: the language's pack, where it was at hand.
        facts: further facts of the task.
        chosen: by system, the settings that were chosen for it.

    """
    recipe = runs[0].recipe
    shared = {
        "lexaug": lexaug.__version__,
        "task": task,
        "recipe": shared_hash(recipe)[:12],
        "backbone": recipe.backbone.name,
        "seeds": ",".join(str(run.seed) for run in runs),
        "weights": ",".join(run.weights[:8] for run in runs),
        "pack": pack.fingerprint[:12] if pack else "none",
    }
    said = [f"{key}:{value}" for key, value in {**shared, **facts}.items()]
    return "|".join([*said, *(f"{name}({settings})" for name, settings in chosen.items())])
