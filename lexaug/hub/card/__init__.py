"""The card of a published adapter: README.md, made of what its other files say and nothing else."""

from lexaug.hub.card.metadata import card_metadata
from lexaug.hub.card.render import render_card, template_hash

__all__ = ["card_metadata", "render_card", "template_hash"]
