"""How the Hub names repos, models among them: letters, digits, `.`, `_` and `-`, with an owner before a slash."""

from __future__ import annotations

import re

_PART = r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}"
_REVISION = r"[A-Za-z0-9][A-Za-z0-9._/-]{0,199}"

MODEL = re.compile(rf"(?:{_PART}/)?{_PART}")
"""A model's id; the oldest have no owner."""
REPO = re.compile(rf"(?:(?P<kind>dataset|space)s/)?(?P<name>{_PART}/{_PART})(?:@(?P<revision>{_REVISION}))?")
"""A repo, with its kind if it holds no model, and a revision if one is wanted."""
OWNER = re.compile(rf"(?P<owner>{_PART})/\*")
"""All repos of an owner."""
