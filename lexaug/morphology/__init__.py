"""Inflection facts: feature bundles, paradigm tables, and what is read from them."""

from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.leaks import find_leaks, require_no_leaks
from lexaug.morphology.readers.read import read_table
from lexaug.morphology.table import ParadigmTable

__all__ = ["FeatureBundle", "ParadigmTable", "find_leaks", "read_table", "require_no_leaks"]
