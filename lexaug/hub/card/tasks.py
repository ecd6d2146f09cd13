"""How the tasks and systems of `lexaug eval` are named on a card."""

from __future__ import annotations

from dataclasses import dataclass

from lexaug.evaluation.verdict import WITH, WITHOUT


@dataclass(frozen=True, slots=True)
class Task:
    """A task: its name for people, for the Hub, its metric for both, and what is counted."""

    name: str
    hub_type: str
    metric: str
    metric_type: str
    items: str


TASKS = {
    "pos": Task("Part-of-speech tagging", "token-classification", "accuracy", "accuracy", "sentences"),
    "retrieval": Task("Bitext retrieval", "sentence-similarity", "P@1", "precision_at_1", "sentence pairs"),
}
SYSTEMS = {
    "zero_shot": "the frozen base model",
    "translate_train": "the frozen base model, with pseudo-text or glosses",
    "char_ngram": "character n-grams, no base model at all",
    "fused_frozen": "the frozen base model fused with character n-grams",
    "adapter": "this adapter",
    "adapter_translate_train": "this adapter, with pseudo-text",
    "fused": "this adapter fused with character n-grams",
}
VERDICTS = {"helps": "helps", "no_effect": "no effect", "harms": "harms"}


def task_of(name: str) -> Task:
    """Give a task by the name that `lexaug eval` has for it."""
    return TASKS.get(name, Task(name, "other", "score", "score", "items"))


def with_adapter(system: str) -> bool:
    """Tell whether a system has the adapter in it."""
    return system in WITH or system not in WITHOUT
