"""README.md: no markup that acts, and metadata that say of licence and backbone what the other files say."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from lexaug.hub.header import CARD
from lexaug.hub.trust.finding import Finding, shown
from lexaug.hub.trust.hints import DO_NOT_USE
from lexaug.hub.trust.suspect import Suspect
from lexaug.licences import hub_licence

_TAG = re.compile(r"<[\s/]*([A-Za-z][A-Za-z0-9:-]*)([^<>]*)>?")
_ADDRESS = re.compile(r"<(?:https?://|mailto:)[^\s<>]*>|<[^\s<>@]+@[^\s<>@]+>", re.IGNORECASE)
_LAYOUT = re.compile(
    "b|br|code|details|em|i|kbd|li|ol|p|pre|s|small|strong|sub|summary|sup|table|tbody|td|th|thead|tr|u|ul"
)
"""HTML that only lays text out; everything else, and any attribute with a value, is refused."""
_TARGET = re.compile(r"(?:\] ?[(:]|<)[ <]{0,3}((?:javascript|vbscript|data) ?:[^ )>]{0,60})", re.IGNORECASE)
_LONG_NUMBER = re.compile(r"&#[0-9a-fx]{9,}", re.IGNORECASE)
_STEERING = frozenset("\u202d\u202e")
"""Characters that turn the direction of what follows against its own (Unicode bidirectional overrides)."""


def check_card(suspect: Suspect) -> Iterator[Finding]:
    """Find what acts in the reader's browser, and what contradicts the other files."""
    metadata, body = suspect.card()
    if CARD not in suspect.files or suspect.fault(CARD):
        return
    if suspect.published and not metadata:
        yield _refuse("metadata", "has no metadata between lines of '---' at its head")
    yield from _markup(body)
    if any(letter in _STEERING or (unicodedata.category(letter) == "Cc" and letter not in "\t\r\n") for letter in body):
        yield _refuse("markup", "holds characters that steer the display")
    yield from _licence(metadata, suspect)
    yield from _backbone(metadata, suspect)


def _markup(body: str) -> Iterator[Finding]:
    text = _ADDRESS.sub("", body)
    for match in _TAG.finditer(text):
        if "=" in match[2] or not _LAYOUT.fullmatch(match[1].lower()):
            yield _refuse("markup", f"holds HTML that is more than layout: {shown(match[0])}")
            break
    if "<!" in text or "<?" in text:
        yield _refuse("markup", "holds an HTML declaration or comment, which hides text")
    plain = re.sub(r"[\x00-\x20\s]+", " ", html.unescape(_LONG_NUMBER.sub("", body)))
    if target := _TARGET.search(plain):
        yield _refuse("markup", f"links to {shown(target[1])}, which acts instead of leading somewhere")


def _licence(metadata: dict[str, object], suspect: Suspect) -> Iterator[Finding]:
    own = suspect.manifest.get("licence")
    if not suspect.published or not metadata:
        return
    wanted = hub_licence(str(own))
    for key in ("license", "license_name"):
        if metadata.get(key) != wanted.get(key):
            stated = shown(metadata.get(key))
            yield _refuse("licence", f"states {key} {stated}; the data are under {shown(own)} (manifest.json)")


def _backbone(metadata: dict[str, object], suspect: Suspect) -> Iterator[Finding]:
    stated, own = metadata.get("base_model"), suspect.config.get("base_model_name_or_path")
    names = stated if isinstance(stated, list) else [stated]
    if suspect.published and stated is not None and own is not None and own not in names:
        yield _refuse("backbone", f"states the backbone {shown(stated)}; adapter_config.json says {shown(own)}")


def _refuse(kind: str, message: str) -> Finding:
    return Finding(CARD, kind, message, DO_NOT_USE)
