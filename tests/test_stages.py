"""The folders of lexaug are stages: each imports only from those before it, from what all share, and what is lent."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import lexaug

PACKAGE = Path(lexaug.__file__).parent
STAGES = ("lexicon", "morphology", "inflection", "pack", "recipe", "synthesis", "training", "evaluation", "hub", "cli")
SHARED = {
    "conllu",
    "described",
    "doubles",
    "errors",
    "files",
    "languages",
    "licences",
    "registry",
    "scripts",
    "temporary",
    "written",
}
LENT = {
    "inflection": {
        "lexaug.evaluation.statistics",
        "lexaug.training.backbone.commit_of",
        "lexaug.training.fused",
        "lexaug.training.optimiser.rate_share",
        "lexaug.training.precision",
        "lexaug.training.safe_weights",
    },
    "recipe": {"lexaug.training.objectives"},
}
"""What an earlier stage takes from later ones: both train, and both are measured."""


def imported(path: Path) -> Iterator[str]:
    """Give the dotted names that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{name.name}" for name in node.names)


def ahead(stage: str) -> set[str]:
    """Give what a stage imports from later ones."""
    later = tuple(f"lexaug.{name}." for name in STAGES[STAGES.index(stage) + 1 :])
    return {name for path in (PACKAGE / stage).rglob("*.py") for name in imported(path) if name.startswith(later)}


def test_whatever_is_no_stage_is_shared_by_all():
    found = {path.stem for path in PACKAGE.glob("[!_]*.py")} | {
        path.parent.name for path in PACKAGE.glob("*/__init__.py")
    }
    assert found == SHARED | set(STAGES) | {"demo"}, "the demo goes all the way"


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_imports_from_earlier_ones_and_what_is_lent(stage):
    lent = LENT.get(stage, set())
    taken = {name if name in lent else name.rpartition(".")[0] for name in ahead(stage)}
    assert taken == lent


def test_what_all_share_imports_from_no_stage():
    stages = tuple(f"lexaug.{name}." for name in STAGES)
    files = [path for name in SHARED for path in (*PACKAGE.glob(f"{name}.py"), *PACKAGE.glob(f"{name}/**/*.py"))]
    assert not [name for path in files for name in imported(path) if name.startswith(stages)]
