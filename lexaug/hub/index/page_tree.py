"""The tree of families as nested lists that open and close without any script."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from lexaug.hub.index.page_text import visible
from lexaug.hub.index.schema import Entry
from lexaug.hub.index.tree import Branch


def render_tree(tree: Iterable[Branch]) -> str:
    """Give the list of the highest families."""
    return f"<ul>{''.join(_branch(branch) for branch in tree)}</ul>"


def _branch(branch: Branch) -> str:
    if not branch.branches and len(branch.languages) == 1:
        return _lone(branch, *branch.languages.values())
    below = "".join(_branch(child) for child in branch.branches.values())
    languages = "".join(_language(entries) for entries in branch.languages.values())
    everything = _button(branch.glottocode, branch.name, f"all of {branch.name}", branch.adapters)
    return (
        f"<li><details><summary>{visible(branch.name)} {_count(branch.adapters)}</summary>"
        f"<ul><li>{everything}</li>{below}{languages}</ul></details></li>"
    )


def _lone(branch: Branch, entries: list[Entry]) -> str:
    name = entries[0].name
    label = name if branch.name == name else f"{branch.name}: {name}"
    return f"<li>{_button(entries[0].code, name, label, len(entries))}</li>"


def _language(entries: list[Entry]) -> str:
    first = entries[0]
    return f"<li>{_button(first.code, first.name, first.name, len(entries))}</li>"


def _button(branch: str, name: str, label: str, count: int) -> str:
    return (
        f'<button type="button" data-branch="{escape(branch)}" data-name="{visible(name)}" aria-pressed="false">'
        f"{visible(label)} {_count(count)}</button>"
    )


def _count(count: int) -> str:
    return f'<span class="n">{count:,}</span>'
