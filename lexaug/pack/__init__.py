"""Language packs: one folder of facts with a `pack.toml` that names them."""

from lexaug.pack.check import check_pack
from lexaug.pack.exclude import exclude_licences
from lexaug.pack.init import init_pack
from lexaug.pack.leaks import Leak, find_pack_leaks, require_no_pack_leaks
from lexaug.pack.load import load_pack
from lexaug.pack.pack import LanguagePack
from lexaug.pack.report import Finding, PackReport, SourceReport

__all__ = [
    "Finding",
    "LanguagePack",
    "Leak",
    "PackReport",
    "SourceReport",
    "check_pack",
    "exclude_licences",
    "find_pack_leaks",
    "init_pack",
    "load_pack",
    "require_no_pack_leaks",
]
