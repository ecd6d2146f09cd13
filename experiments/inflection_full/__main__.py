"""All 10,000 examples, five CPU minutes: `python -m experiments.inflection_full`; again, to go on.

The methods without made-up examples on the five languages whose mean is judged, then the one that does best on dev,
and rules, on the others. Cells that are measured are passed over, so several runs add up: commit
docs/results/inflection_full after each. The methods that start from a backbone are measured where one is shipped.
"""

from __future__ import annotations

import argparse
import time

import torch

from experiments.inflection_cells import work_through
from experiments.inflection_full.page import FULL, cells_of_five, cells_of_further, write_page
from experiments.study import part_of, say


def main() -> None:
    """Measure cells until the time is over, then write the page."""
    arguments = _arguments()
    torch.set_num_threads(1)
    if left_out := [name for name in FULL.methods if name not in FULL.usable]:
        say(f"no backbone is shipped: {', '.join(left_out)} are left out")
    if not arguments.page:
        started = time.monotonic()
        for stage in (cells_of_five, cells_of_further):
            cells = [cell for cell in part_of(stage(FULL), arguments.part) if arguments.only in cell.name]
            left = arguments.until - (time.monotonic() - started) / 60
            if not work_through(cells, left, FULL):
                break
    write_page(FULL)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--until", type=float, default=1e9, metavar="MINUTES", help="start nothing that ends later")
    parser.add_argument("--part", default="", metavar="K/N", help="every N-th cell from the K-th")
    parser.add_argument(
        "--only", default="", metavar="TEXT", help="cells whose name holds it, such as tur-10000-scratch"
    )
    parser.add_argument("--page", action="store_true", help="write the page only")
    return parser.parse_args()


if __name__ == "__main__":
    main()
