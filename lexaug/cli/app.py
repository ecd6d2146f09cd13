"""The `lexaug` command: its verbs, and what happens when one fails."""

from __future__ import annotations

import io
import os
import signal
import sys
import warnings
from collections.abc import Sequence
from contextlib import nullcontext
from typing import Annotated, TextIO

import typer
from typer.main import get_command

import lexaug
from lexaug.cli import demo, evaluate, export, hub, index, inflect, pack, synth, train
from lexaug.cli.console import Json, answers_on_stdout, emit, show_error
from lexaug.cli.ending import INTERRUPTED, NO_VERB, STOPPED, ending
from lexaug.errors import ConfigError, LexaugError

JSON = "--json"
SETTINGS = {
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "HF_HUB_VERBOSITY": "error",
    "TRANSFORMERS_VERBOSITY": "error",
    "OMP_NUM_THREADS": "1",
}
"""Keep libraries from writing between lexaug's own lines, and from spinning on busy cores: one thread to a process is
the faster way here. The user's own setting goes first."""

HELP = """From a word list and an inflection table to a measured language adapter on a frozen multilingual backbone.

The way of the work: [bold]pack init[/] gathers a language's facts, [bold]pack check[/] tells how good they are,
[bold]synth[/] shows the pseudo-text they make, [bold]train[/] makes the adapter, [bold]eval[/] measures it on real text
beside every simpler means; [bold]publish[/], [bold]pull[/] and [bold]verify[/] give adapters on, [bold]index[/]
and [bold]search[/] let others find them;
[bold]inflect[/] inflects lemmas, as the SIGMORPHON shared tasks ask. New here? Run [bold]lexaug demo[/].
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
app.add_typer(inflect.app, name="inflect")
app.command("publish")(hub.publish)
app.command("pull")(hub.pull)
app.command("verify")(hub.verify)
app.command("export")(export.export)
app.add_typer(index.app, name="index")
app.command("search")(index.search)
app.command("demo")(demo.demo)


@app.callback(invoke_without_command=True)
def _before_the_verb(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
    json: Json = False,
) -> None:
    if version:
        emit(json, {"version": lexaug.__version__}, lambda: f"lexaug {lexaug.__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        raise ConfigError(NO_VERB, hint="see lexaug --help")


def run(arguments: Sequence[str]) -> int:
    """Run one command line and give its exit code.

    0 fine, 1 findings, 2 a user's mistake, 70 a fault of lexaug, 130 interrupted, 141 nobody reads the output any more.
    """
    as_json, words = _json_last(arguments)
    with answers_on_stdout() if as_json else nullcontext():
        try:
            result = get_command(app).main(words, prog_name="lexaug", standalone_mode=False)
        except BaseException as fault:
            code, error = ending(fault)
        else:
            code = result if isinstance(result, int) else 0
            error = STOPPED if code == INTERRUPTED else None  # typer catches an interrupt itself
        if error is not None:
            _tell(error, as_json)
    return code


def _tell(error: LexaugError, as_json: bool) -> None:
    """Show an error; for people, where stdout does not take the JSON object."""
    try:
        show_error(error, as_json)
    except OSError:
        show_error(error, as_json=False)


def _json_last(arguments: Sequence[str]) -> tuple[bool, list[str]]:
    """Tell whether `--json` is asked for, and put it behind verb and flags, where every verb knows it.

    Help is for people: `--help` goes first.
    """
    words = list(arguments)
    end = words.index("--") if "--" in words else len(words)
    kept = [word for word in words[:end] if word != JSON]
    asked = len(kept) < end and "--help" not in kept
    return asked, [*kept, *[JSON] * asked, *words[end:]]


def main() -> None:
    """Entry point of the `lexaug` command."""
    for name, value in SETTINGS.items():
        os.environ.setdefault(name, value)
    warnings.simplefilter("ignore", FutureWarning)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as an interrupt does: nothing is left behind
    code = run(sys.argv[1:])
    _flush(sys.stdout)
    sys.exit(code)


def _flush(stdout: TextIO | None) -> None:
    """Write what is left, or leave it: at its end Python would complain of a closed pipe or a full disk."""
    try:
        if stdout is not None:
            stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
