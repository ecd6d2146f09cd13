"""Random numbers that depend on seed, purpose and place alone: a resumed run draws what an unbroken one drew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b

import numpy as np
import torch


def derive(seed: int, *purpose: object) -> int:
    """Hash a seed and a purpose (names, numbers) into 63 bits."""
    text = "\0".join(str(part) for part in (seed, *purpose))
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little") >> 1


def generator(seed: int, *purpose: object) -> np.random.Generator:
    """Make the generator of one purpose."""
    return np.random.Generator(np.random.PCG64(derive(seed, *purpose)))


@contextmanager
def seeded(seed: int, *purpose: object) -> Iterator[None]:
    """Seed torch's own generator for one purpose; the caller's state comes back afterwards."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(derive(seed, *purpose))
        yield
