"""Label-projected pseudo-text for the heads and the n-gram tagger, made anew from an adapter's recipe."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lexaug.errors import MissingError
from lexaug.synthesis.tagged import TaggedSentence

if TYPE_CHECKING:
    from lexaug.evaluation.adapters import Run
    from lexaug.pack import LanguagePack
    from lexaug.synthesis.source import SourceSentence


def source_sentences(run: Run) -> list[SourceSentence]:
    """Read the English sentences that the adapter's pseudo-text was made of.

    Raises:
        MissingError: a source of the recipe is no longer there.

    """
    from lexaug.synthesis.source import read_sources
    from lexaug.training.english import analyser_for

    settings = run.recipe.synthesis
    for name in settings.sources:
        if not Path(name).is_file():
            raise MissingError(
                "the source that the adapter's recipe names is not there",
                file=name,
                hint=f"put it back, or mend {run.folder / 'recipe.toml'}",
            )
    paths = [Path(name) for name in settings.sources]
    analyser = analyser_for(paths, name=settings.analyser)
    return list(read_sources(paths, analyser=analyser, limit=settings.sentences))


def pseudo_sentences(
    pack: LanguagePack, sources: Sequence[SourceSentence], *, mode: str, seed: int, samples: int, inflector: str
) -> tuple[TaggedSentence, ...]:
    """Make `samples` versions of each sentence, tags projected from English; the first versions of all stand first.

    Raises:
        ConfigError: the pack has too few words for any of them.

    """
    from lexaug.synthesis.source import nothing_made
    from lexaug.synthesis.synthesizer import build_synthesizer

    synthesizer = build_synthesizer(pack, mode=mode, seed=seed, inflector=inflector)
    made = (synthesizer(sentence, sample) for sample in range(samples) for sentence in sources)
    found = tuple(TaggedSentence(example.target, example.upos, example.id) for example in made if example is not None)
    if not found:
        raise nothing_made(len(sources), [pack.path])
    return found
