"""The command line: parse, call, print. Nothing else in lexaug imports it."""

from lexaug.cli.app import main, run

__all__ = ["main", "run"]
