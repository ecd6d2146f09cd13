"""A chart of an evaluation: one bar per system with its interval, for papers and cards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lexaug.errors import ConfigError, MissingError
from lexaug.evaluation.report import EvalReport
from lexaug.evaluation.verdict import WITHOUT
from lexaug.files import atomic_file

FORMATS = ("svg", "pdf", "png")
_BARE, _ADAPTED = "#7d8796", "#2f6db5"
_ROW = 0.36
"""Height of a bar's row in inches."""


def chart_writer(path: Path) -> Callable[[EvalReport], None]:
    """Make what draws a report into a file; faults of name and installation come now, before any work is done.

    Raises:
        ConfigError: the file's suffix is none of `FORMATS`.
        MissingError: matplotlib is not installed.

    """
    kind = path.suffix.removeprefix(".").lower()
    if kind not in FORMATS:
        raise ConfigError(
            f"a chart cannot be written as {path.suffix!r}", file=path, hint=f"end the name in .{', .'.join(FORMATS)}"
        )
    try:
        import matplotlib.figure  # noqa: F401
    except ImportError:
        raise MissingError("charts need matplotlib", hint="pip install 'lexaug[report]'") from None
    return lambda report: _draw(report, path, kind)


def _draw(report: EvalReport, path: Path, kind: str) -> None:
    from matplotlib.figure import Figure

    names, scores = list(report.systems), list(report.systems.values())
    figure = Figure(figsize=(6.4, 1.2 + _ROW * len(names)), layout="constrained")
    axes = figure.subplots()
    bars = axes.barh(
        names,
        [score.value for score in scores],
        xerr=[[score.value - score.low for score in scores], [score.high - score.value for score in scores]],
        color=[_BARE if name in WITHOUT else _ADAPTED for name in names],
        capsize=2,
    )
    axes.bar_label(bars, [f"{score.value:.1f}" for score in scores], label_type="center", color="white")
    axes.invert_yaxis()
    axes.set_xlim(0, 100)
    axes.set_xlabel("per cent, 95% intervals")
    axes.set_title(f"{report.task}, {report.language}: {report.verdict_line}", fontsize="x-small")
    with atomic_file(path) as temporary:
        figure.savefig(temporary, format=kind, metadata={"Date": None} if kind == "svg" else None)
