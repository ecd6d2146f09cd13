"""From head scores to a dependency tree with one root."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float64]
Heads = npt.NDArray[np.intp]
NEVER = -1e9


def best_tree(scores: Scores) -> tuple[int, ...]:
    """Find a tree for scores [n, n + 1] of (word, head), head 0 being the root: heads of the n words, from 1.

    The best head of every word is taken; where that makes no tree with one root, the maximum spanning tree is found
    instead (Chu & Liu 1965, Edmonds 1967), once for each word that could plausibly be the root.
    """
    count = len(scores)
    if not count:
        return ()
    full: Scores = np.full((count + 1, count + 1), NEVER)
    full[1:] = scores
    np.fill_diagonal(full, NEVER)
    greedy = full.argmax(1)
    greedy[0] = 0
    if (greedy[1:] == 0).sum() == 1 and _cycle(greedy) is None:
        return tuple(int(head) for head in greedy[1:])
    return max((_rooted(full, root) for root in _roots(full)), key=lambda heads: _total(full, heads))


def _roots(full: Scores) -> list[int]:
    """Give the words that lose least by becoming the root, at most five."""
    loss = full[1:, 1:].max(1, initial=NEVER) - full[1:, 0]
    return [int(word) + 1 for word in np.argsort(loss, kind="stable")[:5]]


def _rooted(full: Scores, root: int) -> tuple[int, ...]:
    scores = full.copy()
    scores[:, 0] = NEVER
    scores[root] = NEVER
    scores[root, 0] = 0.0
    return tuple(int(head) for head in _edmonds(scores)[1:])


def _total(full: Scores, heads: tuple[int, ...]) -> float:
    return float(sum(full[word, head] for word, head in enumerate(heads, 1)))


def _cycle(heads: Heads) -> list[int] | None:
    """Find one cycle of words, if there is any; node 0 is the root and its own head."""
    seen = {0: 0}
    for start in range(1, len(heads)):
        node, path = start, []
        while node not in seen:
            seen[node] = start
            path.append(node)
            node = int(heads[node])
        if seen[node] == start and node in path:
            return path[path.index(node) :]
    return None


def _edmonds(scores: Scores) -> Heads:
    """Maximum spanning arborescence of scores [node, head] rooted in node 0."""
    heads: Heads = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    rest = [node for node in range(len(scores)) if node not in cycle]
    own = scores[cycle, heads[cycle]]
    into = scores[np.ix_(cycle, rest)] - own[:, None]  # gain of entering the cycle at a word from a head outside
    out = scores[np.ix_(rest, cycle)]
    size = len(rest)
    contracted = np.full((size + 1, size + 1), NEVER)
    contracted[:size, :size] = scores[np.ix_(rest, rest)]
    contracted[size, :size] = into.max(0)
    contracted[:size, size] = out.max(1)
    solved = _edmonds(contracted)
    result: Heads = heads.copy()
    for place in range(1, size):
        head = int(solved[place])
        result[rest[place]] = cycle[int(out[place].argmax())] if head == size else rest[head]
    outside = int(solved[size])
    entry = int(into[:, outside].argmax())
    result[cycle[entry]] = rest[outside]
    return result
