"""Run the command line as `python -m lexaug`."""

from lexaug.cli import main

main()
