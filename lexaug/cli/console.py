"""What a verb prints: tables and progress for people on a terminal, one JSON object for scripts."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from contextvars import ContextVar
from typing import TYPE_CHECKING, Annotated, TextIO

import typer
from rich.console import Console, ConsoleOptions, RenderableType
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.segment import Segment

from lexaug.errors import LexaugError
from lexaug.written import written_out

if TYPE_CHECKING:
    from lexaug.training.progress import TrainingProgress

Json = Annotated[bool, typer.Option("--json", help="Print exactly one JSON object on stdout; messages go to stderr.")]


class _Console(Console):
    """Writes out what would steer the terminal: words may come from a stranger's file."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterator[Segment]:
        """Render as rich does, then write out what is not to be seen."""
        for segment in super().render(renderable, options):
            shown = segment.text if segment.control else "\n".join(map(written_out, segment.text.split("\n")))
            yield segment if shown == segment.text else Segment(shown, segment.style)


stderr = _Console(stderr=True, highlight=False)
RATE = TextColumn("{task.fields[rate]}")
LEFT = TimeRemainingColumn()
FACTS = TextColumn("{task.fields[facts]}")
_WIDE = 10_000
_answers: ContextVar[TextIO] = ContextVar("answers")


@contextmanager
def answers_on_stdout() -> Iterator[None]:
    """Keep stdout for the verb's own answer; whatever libraries print goes to stderr."""
    token = _answers.set(sys.stdout)
    try:
        with redirect_stdout(sys.stderr):
            yield
    finally:
        _answers.reset(token)


def emit(as_json: bool, value: object, render: Callable[[], RenderableType]) -> None:
    """Print the verb's answer: the JSON value, or what `render` makes of it for people."""
    stream: TextIO | None = _answers.get(sys.stdout)
    if stream is None:  # stdout is closed: nobody reads
        raise BrokenPipeError
    if as_json:
        print(_encodable(value, stream.encoding or "utf-8"), file=stream, flush=True)
    else:
        width = None if stream.isatty() or "COLUMNS" in os.environ else _WIDE  # a pipe gets long cells whole
        _Output(file=stream, width=width, highlight=False, markup=False).print(render(), crop=False)
        stream.flush()


class _Output(_Console):
    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def _encodable(value: object, encoding: str) -> str:
    """Give a JSON text that the stream can hold: escaped where the letters themselves cannot be written."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return json.dumps(value)
    return text


def show_error(fault: LexaugError, as_json: bool) -> None:
    """Print an error: as one line on stderr, or as the JSON object `{"error": ...}` on stdout."""
    if as_json:
        emit(True, {"error": fault.as_json()}, str)
    else:
        stderr.print(f"[bold red]error:[/] {escape(written_out(str(fault)))}", soft_wrap=True)


@contextmanager
def progress_bar(title: str, unit: str) -> Iterator[Callable[[int, int | None], None]]:
    """Show counted work on stderr; gives a function to call with what is done and the total (None: not known)."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn(unit), RATE, LEFT)
    with Progress(*columns, console=stderr, transient=True) as bar:
        task = bar.add_task(title, total=None, rate="")

        def advance(done: int, total: int | None) -> None:
            rate = f"{bar.tasks[0].speed or 0:,.0f}/s"
            bar.update(task, completed=done, total=total, rate=rate)

        yield advance


@contextmanager
def training_bar() -> Iterator[Callable[[TrainingProgress], None]]:
    """Show a training run on stderr: stage, share done, tokens/s, losses, dev score, time left."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:.0f}%"), FACTS)
    with Progress(*columns, console=stderr, transient=True) as bar:
        task = bar.add_task("starting", total=1.0, facts="")

        def advance(state: TrainingProgress) -> None:
            bar.update(task, description=state.stage, completed=state.done, facts=_facts(state))

        yield advance


@contextmanager
def share_bar(title: str) -> Iterator[Callable[[float, float, float | None], None]]:
    """Show a share done on stderr with the loss, the best score on dev (None: not yet) and the time left."""
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.percentage:.0f}%"), FACTS, LEFT)
    with Progress(*columns, console=stderr, transient=True) as bar:
        task = bar.add_task(title, total=1.0, facts="")

        def advance(done: float, loss: float, best: float | None) -> None:
            facts = f"loss {loss:.3f}" + ("" if best is None else f"  dev {best:.1f}")
            bar.update(task, completed=done, facts=facts)

        yield advance


def _facts(state: TrainingProgress) -> str:
    facts = [f"{state.tokens_per_second:,.0f} tokens/s"] if state.tokens_per_second else []
    facts += [f"{name} {loss:.3f}" for name, loss in state.losses.items()]
    if state.dev is not None:
        facts.append(f"dev {state.dev:.1f}")
    if state.seconds_left is not None:
        facts.append(f"{state.seconds_left / 60:.1f} min left")
    return "  ".join(facts)


@contextmanager
def step_bar(title: str) -> Iterator[Callable[[str, int, int], None]]:
    """Show named steps on stderr; gives a function to call with the next step, how many are done, and of how many."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), LEFT)
    with Progress(*columns, console=stderr, transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda step, done, total: bar.update(task, description=f"{title}: {step}", completed=done, total=total)
