"""The YAML at the head of a card: what a hub filters, links and ranks by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lexaug.hub.card.tasks import task_of, with_adapter
from lexaug.hub.data import read_data
from lexaug.hub.figures import Evaluation, Figure
from lexaug.hub.folder import AdapterFolder
from lexaug.languages import two_letter_code
from lexaug.licences import hub_licence

if TYPE_CHECKING:
    from huggingface_hub import EvalResult, ModelCardData

_SLUG = re.compile(r"[^\w.-]+", re.ASCII)


def card_metadata(folder: AdapterFolder) -> ModelCardData:
    """Make the metadata of an adapter's card.

    Every score of a system with the adapter stands in the model index, and its difference from every system without,
    losses as well as gains; scores of systems without the adapter are no results of this model and stand in the text.
    """
    from huggingface_hub import ModelCardData

    results = [result for evaluation in folder.evaluations for result in _results(evaluation, folder.language)]
    about: dict[str, Any] = {"model_name": repository_name(folder), "eval_results": results} if results else {}
    return ModelCardData(
        language=[code for code in (two_letter_code(folder.language), folder.language) if code],
        library_name="peft",
        pipeline_tag="feature-extraction",
        base_model=folder.base,
        base_model_relation="adapter",
        datasets=_datasets(folder),
        metrics=sorted({task_of(found.task).metric_type for found in folder.evaluations}) or None,
        tags=_tags(folder),
        **hub_licence(folder.licence),
        **about,
    )


def repository_name(folder: AdapterFolder) -> str:
    """Give the last part of the repository that an adapter is published as."""
    return str(folder.manifest.get("repository", folder.path.name)).rpartition("/")[2]


def _tags(folder: AdapterFolder) -> list[str]:
    tasks = sorted({found.task for found in folder.evaluations})
    return ["lexaug", "lora", "language-adapter", "low-resource", folder.language, *tasks]


def _datasets(folder: AdapterFolder) -> list[str]:
    names = [*(entry["name"] for entry in read_data(folder)), *(found.test for found in folder.evaluations)]
    slugs = (_SLUG.sub("-", name.partition(" (rows of ")[0]).strip("-.") for name in names)
    return list(dict.fromkeys(slug for slug in slugs if slug))


def _results(evaluation: Evaluation, language: str) -> Iterator[EvalResult]:
    task = task_of(evaluation.task)
    for name, figure in evaluation.systems.items():
        if with_adapter(name):
            yield _result(evaluation, language, task.metric_type, f"{task.metric}, {name}", figure)
    for (ours, other), figure in evaluation.gains.items():
        title = f"{task.metric} of {ours} minus {other} (no adapter), points"
        yield _result(evaluation, language, f"{task.metric_type}_difference", title, figure)


def _result(evaluation: Evaluation, language: str, kind: str, title: str, figure: Figure) -> EvalResult:
    from huggingface_hub import EvalResult

    task = task_of(evaluation.task)
    return EvalResult(
        task_type=task.hub_type,
        task_name=task.name,
        dataset_type=_SLUG.sub("-", evaluation.test).strip("-.") or evaluation.task,
        dataset_name=evaluation.test or task.name,
        dataset_config=language,
        metric_type=kind,
        metric_name=title,
        metric_value=figure.value,
        metric_args={"low": figure.low, "high": figure.high, "n": evaluation.n},
    )
