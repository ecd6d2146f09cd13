"""Fixtures for all tests: where the third-party data lies, one torch thread, and a cache that is not the user's."""

import os
from pathlib import Path

import pytest

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("LEXAUG_CACHE", str(Path(__file__).resolve().parents[1] / ".pytest_cache" / "lexaug"))

DATA = Path(os.environ.get("LEXAUG_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))


@pytest.fixture(scope="session")
def data() -> Path:
    """Folder of the third-party data; the test is skipped where it is absent."""
    if not DATA.is_dir():
        pytest.skip(f"no third-party data at {DATA}: set LEXAUG_DATA to its folder")
    return DATA
