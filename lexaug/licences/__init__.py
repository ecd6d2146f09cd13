"""Licences of data: which identifiers there are, what an expression says, what the licence of a whole is."""

from lexaug.licences.catalogue import UNKNOWN, Licence, catalogue
from lexaug.licences.combine import Conflict, Whole, combine
from lexaug.licences.expression import alternatives, check_licence, is_excluded
from lexaug.licences.hub_names import hub_licence

__all__ = [
    "UNKNOWN",
    "Conflict",
    "Licence",
    "Whole",
    "alternatives",
    "catalogue",
    "check_licence",
    "combine",
    "hub_licence",
    "is_excluded",
]
