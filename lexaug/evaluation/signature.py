"""Everything needed to get an evaluation's numbers again, in one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import lexaug
from lexaug.files import fingerprint

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
        "recipe": recipe.shared_hash[:12],
        "backbone": recipe.backbone.name,
        "seeds": ",".join(str(run.seed) for run in runs),
        "weights": ",".join(run.weights[:8] for run in runs),
        "pack": pack.fingerprint[:12] if pack else "none",
    }
    return "|".join([*_said({**shared, **facts}), *(f"{name}({settings})" for name, settings in chosen.items())])


def sign_files(task: str, files: Mapping[str, Sequence[Path]], facts: Mapping[str, str]) -> str:
    """Join what an evaluation of files rests on: the start of the SHA-256 of each file by its part, and facts."""
    marks = {part: ",".join(fingerprint(path)[:12] for path in paths) for part, paths in files.items() if paths}
    return "|".join(_said({"lexaug": lexaug.__version__, "task": task, **marks, **facts}))


def _said(facts: Mapping[str, str]) -> list[str]:
    return [f"{key}:{value}" for key, value in facts.items()]
