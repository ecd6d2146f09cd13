"""What an adapter was trained on, so that its time means something."""

from __future__ import annotations

import platform
from pathlib import Path

_CPUS = Path("/proc/cpuinfo")


def processor() -> str:
    """Name the processor as the system does: its model on Linux, else its architecture."""
    try:
        lines = _CPUS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    models = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(models, "") or platform.processor() or platform.machine()
