"""A misspelt name is answered with the nearest one."""

import pytest

from lexaug.errors import ConfigError
from lexaug.registry import Registry


def test_a_near_miss_is_suggested() -> None:
    registry = Registry("format", {"gatitos": 1, "tei": 2})
    with pytest.raises(ConfigError, match="did you mean 'gatitos'"):
        registry["gatitso"]


def test_a_far_miss_lists_what_is_known() -> None:
    with pytest.raises(ConfigError, match="known: gatitos, tei"):
        Registry("format", {"gatitos": 1, "tei": 2})["qqqqq"]
