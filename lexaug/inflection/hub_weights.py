"""Which commit of a Hub model to pin: the newest, or the Hub's own conversion where only that has safe weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lexaug.errors import MissingError
from lexaug.training.backbone import commit_of
from lexaug.training.safe_weights import INDEX, WHOLE

if TYPE_CHECKING:
    from huggingface_hub import HfApi, ModelInfo

CONVERTER: Final = "SFconvertbot"
"""The Hub's own account that offers repositories their weights as safetensors, in pull requests."""
_WEIGHTS: Final = (WHOLE, INDEX)


@dataclass(frozen=True, slots=True)
class Pinned:
    """A commit with safetensors weights; `request` numbers the pull request that it is of, None on the main branch."""

    commit: str
    request: int | None = None


def pin(name: str) -> Pinned:
    """Find the newest commit of a Hub model that has safetensors weights, on its main branch before a conversion.

    transformers looks for conversions by itself, but only where no commit is pinned.

    Raises:
        MissingError: there are no such weights.
        OSError, ValueError, HTTPError: the model is neither reachable nor in the cache, or the name is none.

    """
    from huggingface_hub import HfApi, try_to_load_from_cache

    newest = commit_of(name)
    if any(isinstance(try_to_load_from_cache(name, file, revision=newest), str) for file in _WEIGHTS):
        return Pinned(newest)
    api = HfApi()
    if _is_safe(api.model_info(name, revision=newest)):
        return Pinned(newest)
    if (converted := _conversion(api, name)) is not None:
        return converted
    raise MissingError(
        f"backbone {name!r} has no safetensors weights, and no pull request of {CONVERTER} offers them",
        hint="convert the weights (save_pretrained of transformers writes safetensors), and give that folder",
    )


def _conversion(api: HfApi, name: str) -> Pinned | None:
    """Find the newest open pull request of the Hub's bot; anybody else's could hold any weights."""
    wanted = {"author": CONVERTER, "discussion_type": "pull_request", "discussion_status": "open"}
    for request in api.get_repo_discussions(name, **wanted):
        if (request.author, request.is_pull_request, request.status) == (CONVERTER, True, "open"):
            info = api.model_info(name, revision=request.git_reference)
            if _is_safe(info):
                return Pinned(str(info.sha), request.num)
    return None


def _is_safe(info: ModelInfo) -> bool:
    return any(file.rfilename in _WEIGHTS for file in info.siblings or ())
