"""How far a lemma has been followed: the place of the next letter to copy, as what is written so far tells.

Where the form goes through the lemma letter by letter, this is where the decoder stands in it, whatever prefixes or
suffixes were written in between; hard monotonic attention (Aharoni and Goldberg 2017) learns such places, here they are
read off.
"""

from __future__ import annotations

import torch
from torch import Tensor

from lexaug.inflection.alphabet import PAD

SKIPPED = 2
"""Letters of the lemma that may be passed over to find the one that was written."""


def follow(place: Tensor, written: Tensor, copies: Tensor) -> Tensor:
    """Go on by one written character.

    Args:
        place: next letter of the lemma [batch], counted from 0.
        written: the character [batch], unknown ones in their own numbers.
        copies: the lemmas [batch, letters], in the same numbers.

    """
    ahead = place[:, None] + torch.arange(SKIPPED + 1, device=place.device)
    seen = copies.gather(1, ahead.clamp(max=copies.shape[1] - 1))
    same = (seen == written[:, None]) & (ahead < copies.shape[1]) & (written != PAD)[:, None]
    return torch.where(same.any(1), place + same.to(torch.uint8).argmax(1) + 1, place)


def trail(before: Tensor, copies: Tensor) -> Tensor:
    """Give the place of the next letter [batch, places] after each of the characters written before."""
    places = [torch.zeros(len(before), dtype=torch.long, device=before.device)]
    for written in before[:, 1:].unbind(1):
        places.append(follow(places[-1], written, copies))
    return torch.stack(places, 1)
