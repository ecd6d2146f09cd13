"""What a run learns from, gathered: source sentences, pseudo-sentences on demand, real text, and the tokens in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lexaug.errors import ConfigError
from lexaug.synthesis.source import SourceSentence
from lexaug.training.backbone import Backbone
from lexaug.training.english import analyser_for
from lexaug.training.real_text import RealText, read_real_text
from lexaug.training.token_rows import occurring_tokens

if TYPE_CHECKING:
    from lexaug.pack import LanguagePack
    from lexaug.recipe import Recipe
    from lexaug.synthesis.synthesizer import Synthesizer

SAMPLES_SEEN = 3
"""Pseudo-samples of each sentence in which the tokens that occur are counted."""
HELD_OUT = 100
"""Source sentences kept out of training where no dev sentences are given, at most a twentieth of all."""


@dataclass(frozen=True, slots=True)
class Material:
    """Sources to train on, sources held out, the synthesis, real text."""

    sources: tuple[SourceSentence, ...]
    held_out: tuple[SourceSentence, ...]
    synthesis: Synthesizer
    real: RealText


def gather(recipe: Recipe, pack: LanguagePack, backbone: Backbone, *, hold_out: bool) -> Material:
    """Read a recipe's sources and build its synthesis.

    Args:
        recipe: names sources, mode and seed.
        pack: the facts.
        backbone: analyses plain text where a source is not CoNLL-U.
        hold_out: whether some sources are kept out of training, to be scored on.

    Raises:
        ConfigError: the recipe names no source, or the sources hold no sentence of which a pseudo-sentence can be made
            (and there is no real text).

    """
    from lexaug.synthesis.source import nothing_made, read_sources
    from lexaug.synthesis.synthesizer import build_synthesizer

    settings = recipe.synthesis
    require_sources(recipe)
    paths = [Path(name) for name in settings.sources]
    analyser = analyser_for(paths, backbone, name=settings.analyser)
    sources = list(read_sources(paths, analyser=analyser, limit=settings.sentences))
    if not sources:
        raise nothing_made(0, paths)
    kept, held = _split(sources) if hold_out else (sources, [])
    real = read_real_text(pack) if recipe.training.text_share > 0 else RealText()
    synthesis = build_synthesizer(pack, mode=settings.mode, seed=recipe.seed, inflector=settings.inflector)
    if not real.sentences and all(synthesis(sentence, 0) is None for sentence in kept):
        raise nothing_made(len(kept), paths)
    return Material(tuple(kept), tuple(held), synthesis, real)


def require_sources(recipe: Recipe) -> None:
    """Raise ConfigError where a recipe names no source."""
    if not recipe.synthesis.sources:
        raise ConfigError("no source text is named", hint="--source FILE, or sources = [...] under [synthesis]")


def occurring(material: Material, tokenizer: Any, samples: int, limit: int) -> list[int]:  # noqa: ANN401
    """Give the input tokens that occur in the language's text, pseudo and real: at most `limit` ids, ascending."""
    return occurring_tokens(tokenizer, _all_text(material, min(samples, SAMPLES_SEEN)), limit)


def _all_text(material: Material, samples: int) -> Iterator[tuple[str, ...]]:
    for sample in range(samples):
        made: Iterable[Any] = (material.synthesis(sentence, sample) for sentence in material.sources)
        yield from (example.target for example in made if example is not None)
    yield from material.real.sentences


def _split(sources: list[SourceSentence]) -> tuple[list[SourceSentence], list[SourceSentence]]:
    """Keep sentences out at even distances: the same for every seed and language, so that runs can be compared."""
    distance = max(20, -(-len(sources) // HELD_OUT))
    held = sources[distance - 1 :: distance]
    return [sentence for place, sentence in enumerate(sources, 1) if place % distance], held
