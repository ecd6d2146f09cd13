"""The `lexaug` command: its verbs, and what happens when one fails."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from typing import Annotated

import typer
from typer.exceptions import TyperException
from typer.main import get_command

import lexaug
from lexaug.cli import demo, evaluate, pack, synth, train
from lexaug.cli.console import answers_on_stdout, emit, show_error
from lexaug.errors import ConfigError, LexaugError, StateError

USER_ERROR = 2
INTERRUPTED = 130

HELP = """From a word list and an inflection table to a measured language adapter on a frozen multilingual backbone.

The way of the work: [bold]pack init[/] gathers a language's facts, [bold]pack check[/] tells how good they are,
[bold]synth[/] shows the pseudo-text they make, [bold]train[/] makes the adapter, [bold]eval[/] measures it on real text
beside every simpler means. New here? Run [bold]lexaug demo[/].
"""

app = typer.Typer(
    name="lexaug",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    help=HELP,
)
app.add_typer(pack.app, name="pack")
app.command("synth")(synth.synth)
app.command("train")(train.train)
app.add_typer(evaluate.app, name="eval")
app.command("demo")(demo.demo)


@app.callback(invoke_without_command=True)
def _version(version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False) -> None:
    if version:
        emit(False, None, lambda: f"lexaug {lexaug.__version__}")
        raise typer.Exit


def run(arguments: Sequence[str]) -> int:
    """Run one command line and give its exit code: 0 fine, 1 findings, 2 a user's mistake, 130 interrupted."""
    as_json = "--json" in arguments
    with answers_on_stdout() if as_json else nullcontext():
        try:
            result = get_command(app).main(list(arguments), prog_name="lexaug", standalone_mode=False)
        except (LexaugError, TyperException, OSError) as fault:
            show_error(_as_lexaug(fault), as_json)
            return USER_ERROR
        except (KeyboardInterrupt, typer.Abort):
            show_error(StateError("interrupted", hint="run the same command again to continue"), as_json)
            return INTERRUPTED
    return result if isinstance(result, int) else 0


def main() -> None:
    """Entry point of the `lexaug` command."""
    sys.exit(run(sys.argv[1:]))


def _as_lexaug(fault: Exception) -> LexaugError:
    if isinstance(fault, LexaugError):
        return fault
    if isinstance(fault, OSError):
        return StateError(
            fault.strerror or str(fault), file=fault.filename, hint="check the path, its rights and the disk"
        )
    return ConfigError(getattr(fault, "format_message", lambda: str(fault))(), hint="see lexaug --help")
