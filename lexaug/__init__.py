"""lexaug: from a word list and an inflection table to a measured language adapter."""

from typing import Any

__version__ = "0.1.0"
__all__ = ["__version__", "load"]


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Resolve `lexaug.load` on first use, so that `import lexaug` stays free of torch."""
    if name == "load":
        from lexaug.hub.loading import load

        return load
    raise AttributeError(f"module 'lexaug' has no attribute {name!r}")
