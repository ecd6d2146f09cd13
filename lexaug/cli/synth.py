"""`lexaug synth`: pseudo-text from a pack and English sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lexaug.cli.console import Json, emit, progress_bar
from lexaug.cli.options import Analyser, Inflector, Mode, PackFolder, Samples, Seed, Sentences, Sources


def synth(
    pack: PackFolder,
    source: Sources,
    output: Annotated[Path, typer.Option("-o", "--output", help="The corpus folder to make.")],
    analyser: Analyser = "auto",
    mode: Mode = "morph",
    inflector: Inflector = "rules",
    sentences: Sentences = None,
    samples: Samples = 1,
    seed: Seed = 0,
    jobs: Annotated[int, typer.Option(min=1, max=64, help="Processes; the bytes written do not depend on it.")] = 1,
    json: Json = False,
) -> None:
    """Turn English sentences into pseudo-sentences of the pack's language.

    The corpus is Parquet, readable by `datasets.load_dataset`; each target token says how it came (`ops`), and
    manifest.json holds counts, coverage, licences and hashes. Training makes its own: this is for looking and sharing.

    Example: lexaug synth packs/sme --source en_ewt-ud-train.conllu --sentences 2000 -o corpora/sme
    """
    from lexaug.cli.render import corpus_table
    from lexaug.cli.sources import inflector_place, require_outside, require_usable, tell_analyser, tell_equal_sources
    from lexaug.inflection.choice import require_inflector
    from lexaug.morphology.english.choice import analyser_of
    from lexaug.pack import load_pack
    from lexaug.recipe import SynthesisSettings
    from lexaug.synthesis.corpus import write_corpus
    from lexaug.training.english import analyser_for

    facts = load_pack(pack)
    require_outside(output, facts.path)
    require_usable(source, output)
    chosen = SynthesisSettings.make(inflector=inflector_place(inflector)).inflector
    require_inflector(chosen, facts.language.code)
    named = analyser_of(source, analyser)
    tell_analyser(named)
    tell_equal_sources(source)
    with progress_bar("synthesis", "sentences") as advance:
        manifest = write_corpus(
            facts,
            source,
            output,
            mode=mode,
            inflector=chosen,
            seed=seed,
            samples=samples,
            limit=sentences,
            jobs=jobs,
            analyser=analyser_for(source, name=named),
            analysed_by=named,
            progress=advance,
        )
    emit(json, manifest.as_json(), lambda: corpus_table(manifest, output))
