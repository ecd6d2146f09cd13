"""Which part of a shared task a file holds, by the names the organisers have used."""

from __future__ import annotations

import re
from pathlib import Path

_NAMES = {
    "train": r"\.(trn|train)$|[-_]train([-_](low|medium|high))?(\.txt)?$",
    "dev": r"\.dev$|[-_]dev(-covered)?(\.txt)?$",
    "test": r"\.(tst|test|gold|covered)$|[-_](covered-|uncovered-)?test(-covered)?(\.txt)?$",
}


def split_of(path: Path) -> str | None:
    """Give `train`, `dev` or `test` where the file's name says so (2016-2023 conventions), else None."""
    return next((split for split, pattern in _NAMES.items() if re.search(pattern, path.name)), None)
