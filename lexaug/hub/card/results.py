"""What a card says of an adapter's scores: every system, every difference, gains and losses alike."""

from __future__ import annotations

from lexaug.hub.card.tasks import SYSTEMS, VERDICTS, task_of, with_adapter
from lexaug.hub.card.text import code, gain, interval, plain, table
from lexaug.hub.figures import Evaluation, Figure

SIGNATURE = 4000
"""Characters of a signature that are shown: settings of seven systems are long."""
NONE = "It has **not been measured on real text**: nobody knows whether it helps."


def summarise(evaluations: tuple[Evaluation, ...]) -> str:
    """Say in a line per task whether the adapter helps."""
    return "\n\n".join(_verdict(found) for found in evaluations) or NONE


def describe_results(evaluations: tuple[Evaluation, ...]) -> str:
    """Lay out all scores and differences of all tasks."""
    if not evaluations:
        return f"None. {NONE}"
    return "\n\n".join([_INTRODUCTION, *(_task(found) for found in evaluations)])


_INTRODUCTION = (
    "Scores are in per cent, differences in points; brackets are 95% intervals of a bootstrap over the test items. "
    "They do not cover the choice of seeds. An adapter helps only where it beats every system that does without it."
)


def _verdict(found: Evaluation) -> str:
    task = task_of(found.task)
    best, against = (f"{code(name)} {interval(found.systems[name])}" for name in (found.best, found.against))
    return (
        f"**{plain(task.name)}: {VERDICTS[found.verdict]}.** {best} against {against}: {gain(found.gain)} points, "
        f"on {_items(found)}."
    )


def _task(found: Evaluation) -> str:
    task = task_of(found.task)
    scores = [
        (
            code(name),
            plain(SYSTEMS.get(name, name)),
            "yes" if with_adapter(name) else "no",
            interval(figure),
            str(figure.seeds),
        )
        for name, figure in found.systems.items()
    ]
    gains = [(code(ours), code(other), gain(figure), _meaning(figure)) for (ours, other), figure in found.gains.items()]
    notes = [f"- {plain(note)}" for note in found.notes]
    parts = [
        f"### {plain(task.name)}",
        f"Measured: {task.metric} on {_items(found)}.",
        table(("system", "what it is", "adapter", task.metric, "seeds"), scores),
        table(("with the adapter", "without", "difference", ""), gains),
        _verdict(found),
        "\n".join(notes),
        f"Signature: {code(found.signature, SIGNATURE)}",
    ]
    return "\n\n".join(part for part in parts if part)


def _items(found: Evaluation) -> str:
    return f"{found.n} {task_of(found.task).items}{' of ' + code(found.test) if found.test else ''}"


def _meaning(figure: Figure) -> str:
    if figure.high < 0:
        return "**loss**"
    return "gain" if figure.low > 0 else "not told apart"
