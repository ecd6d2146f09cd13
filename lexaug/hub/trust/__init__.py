"""Everything that comes from elsewhere is hostile until checked: static checks that load and run nothing."""

from lexaug.hub.trust.bases import BaseShape
from lexaug.hub.trust.examine import CHECKS, examine, require_sound_config, require_trusted
from lexaug.hub.trust.finding import Finding, to_owner, to_stranger
from lexaug.hub.trust.layout import check_listing
from lexaug.hub.trust.names import examine_name, odd_file_name

__all__ = [
    "CHECKS",
    "BaseShape",
    "Finding",
    "check_listing",
    "examine",
    "examine_name",
    "odd_file_name",
    "require_sound_config",
    "require_trusted",
    "to_owner",
    "to_stranger",
]
