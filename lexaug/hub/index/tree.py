"""The languages of an index as a tree of families: Glottolog's, without the branches where nothing divides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lexaug.hub.index.schema import Entry

UNPLACED = "unplaced"
"""Branch of the languages whose family is not known."""


@dataclass(slots=True)
class Branch:
    """A family: its sub-branches by glottocode, and how many adapters each language directly in it has."""

    glottocode: str
    name: str
    branches: dict[str, Branch] = field(default_factory=dict)
    languages: dict[str, list[Entry]] = field(default_factory=dict)

    @property
    def adapters(self) -> int:
        """Count the adapters in and below this branch."""
        return sum(map(len, self.languages.values())) + sum(branch.adapters for branch in self.branches.values())

    def walk(self) -> Iterator[Branch]:
        """Give this branch and all below it."""
        yield self
        for branch in self.branches.values():
            yield from branch.walk()


def family_tree(entries: Iterable[Entry]) -> list[Branch]:
    """Give the highest families by name, each divided only where its languages divide; the unplaced come last."""
    root = Branch("", "")
    for entry in entries:
        branch = root
        for family in entry.families:
            branch = branch.branches.setdefault(family.glottocode, Branch(family.glottocode, family.name))
        if branch is root:
            branch = root.branches.setdefault(UNPLACED, Branch(UNPLACED, "Family not known"))
        branch.languages.setdefault(entry.code, []).append(entry)
    tops = [_sorted(_with_divisions(branch)) for branch in root.branches.values()]
    return sorted(tops, key=lambda branch: (branch.glottocode == UNPLACED, branch.name, branch.glottocode))


def paths(tree: Iterable[Branch]) -> dict[str, tuple[str, ...]]:
    """Map each language's code to the branches of the tree that it stands in, the highest first."""
    found: dict[str, tuple[str, ...]] = {}
    waiting: list[tuple[Branch, tuple[str, ...]]] = [(branch, (branch.glottocode,)) for branch in tree]
    while waiting:
        branch, path = waiting.pop()
        found |= dict.fromkeys(branch.languages, path)
        waiting += [(below, (*path, below.glottocode)) for below in branch.branches.values()]
    return found


def _with_divisions(branch: Branch) -> Branch:
    """Lift what stands below a branch with a single child, all the way down, so that every branch left divides."""
    below = [_with_divisions(child) for child in branch.branches.values()]
    kept = Branch(branch.glottocode, branch.name, languages=dict(branch.languages))
    for child in below:
        if len(child.branches) + len(child.languages) > 1:
            kept.branches[child.glottocode] = child
        else:
            kept.branches |= child.branches
            kept.languages |= child.languages
    if len(kept.branches) == 1 and not kept.languages:
        (only,) = kept.branches.values()
        kept.branches, kept.languages = only.branches, only.languages
    return kept


def _sorted(branch: Branch) -> Branch:
    below = sorted(map(_sorted, branch.branches.values()), key=lambda child: (child.name, child.glottocode))
    branch.branches = {child.glottocode: child for child in below}
    branch.languages = dict(sorted(branch.languages.items(), key=lambda item: (item[1][0].name, item[0])))
    return branch
