"""Kazakh 2022 by what training has seen of a row: `python -m experiments.inflection_overlap`; again, to go on.

Cells that are measured are passed over, so several runs add up: commit docs/results/inflection_overlap after each.
"""

from __future__ import annotations

import argparse

import torch

from experiments.inflection_cells import work_through
from experiments.inflection_overlap.page import KAZAKH, write_page
from experiments.study import part_of


def main() -> None:
    """Measure cells until the time is over, then write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--until", type=float, default=1e9, metavar="MINUTES", help="start nothing that ends later")
    parser.add_argument("--part", default="", metavar="K/N", help="every N-th cell from the K-th")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    work_through(part_of([*KAZAKH.cells()], arguments.part), arguments.until, KAZAKH)
    write_page(KAZAKH)


if __name__ == "__main__":
    main()
