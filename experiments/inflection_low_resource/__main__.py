"""Few examples, five languages, every method: `python -m experiments.inflection_low_resource`; again, to go on.

Cells that are measured are passed over, so several runs add up: commit docs/results/inflection_low_resource after each.
CPU minutes are those of a machine, which newer cells name: keep a grid on machines of one kind.
"""

from __future__ import annotations

import argparse

import torch

from experiments.inflection_cells import work_through
from experiments.inflection_low_resource.page import LOW_RESOURCE, write_page
from experiments.study import part_of


def main() -> None:
    """Measure cells until the time is over, then write the page."""
    arguments = _arguments()
    torch.set_num_threads(1)
    cells = [cell for cell in LOW_RESOURCE.cells(arguments.budgets or ()) if arguments.only in cell.name]
    work_through(part_of(cells, arguments.part), arguments.until, LOW_RESOURCE)
    write_page(LOW_RESOURCE)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--until", type=float, default=1e9, metavar="MINUTES", help="start no cell that would end later"
    )
    parser.add_argument("--part", default="", metavar="K/N", help="every N-th cell from the K-th")
    parser.add_argument("--only", default="", metavar="TEXT", help="cells whose name holds it, such as tur-100-scratch")
    parser.add_argument("--budgets", type=float, nargs="*", metavar="MINUTES", help="CPU minutes per cell")
    return parser.parse_args()


if __name__ == "__main__":
    main()
