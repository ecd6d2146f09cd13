"""Readers for inflection tables: UniMorph files of three or four columns, SIGMORPHON shared-task files of all years."""

from lexaug.morphology.readers.read import FORMATS, TableReading, read_table
from lexaug.morphology.readers.splits import split_of

__all__ = ["FORMATS", "TableReading", "read_table", "split_of"]
