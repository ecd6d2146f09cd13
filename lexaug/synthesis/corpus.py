"""Writing a corpus: streamed, in order, with the same bytes for any number of processes."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lexaug.doubles import require_distinct
from lexaug.files import atomic_folder
from lexaug.inflection.choice import RULES, describe_inflector
from lexaug.morphology.english.analysis import Analyser
from lexaug.synthesis.candidates import PREFER_TABLE
from lexaug.synthesis.example import PseudoExample
from lexaug.synthesis.manifest import CorpusManifest, describe_sources
from lexaug.synthesis.rows import FILE, digest, schema, to_batch
from lexaug.synthesis.source import SourceSentence, nothing_made, read_sources
from lexaug.synthesis.synthesizer import Synthesizer, build_synthesizer
from lexaug.synthesis.tally import Tally

if TYPE_CHECKING:
    from lexaug.pack import LanguagePack

Progress = Callable[[int, int | None], None]
"""Called with sentences done and their total (None where it is not known)."""
BATCH: Final = 1000
"""Sentences made at once by one process."""
GROUP: Final = 8
"""Batches written as one row group: the file's index, which stays in memory, grows by 6 KB with each group."""
_AHEAD: Final = 2
Part = tuple[Any, bytes, Tally]


def write_corpus(
    pack: LanguagePack,
    sources: Sequence[Path],
    output: Path,
    *,
    mode: str = "morph",
    seed: int = 0,
    samples: int = 1,
    limit: int | None = None,
    jobs: int = 1,
    prefer_table: float = PREFER_TABLE,
    inflector: str = RULES,
    analyser: Analyser | None = None,
    analysed_by: str | None = None,
    progress: Progress | None = None,
) -> CorpusManifest:
    """Make the pseudo-sentences of a pack from source files and write them with their manifest into a new folder.

    Args:
        pack: the language pack.
        sources: CoNLL-U files, or plain text if there is an `analyser`.
        output: the folder to make; it appears when it is whole.
        mode: see `Synthesizer`.
        seed: of all random choices.
        samples: versions of every sentence.
        limit: stop after so many sentences.
        jobs: processes; what is written does not depend on it.
        prefer_table: see `Synthesizer`.
        inflector: see `Synthesizer`.
        analyser: what analyses plain text; it runs in this process.
        analysed_by: its name, for the manifest.
        progress: called after each batch.

    Raises:
        ConfigError: no sentence had enough words that the lexicon translates, the mode is unknown, or a source is given
            twice, or the inflector is one of another language.
        MissingError, FormatError: there is no such inflector, or it is damaged.
        StateError: `output` exists already, or the disk is full.

    """
    require_distinct(sources)
    synthesizer = build_synthesizer(pack, mode=mode, seed=seed, prefer_table=prefer_table, inflector=inflector)
    sentences = read_sources(sources, analyser=analyser, limit=limit)
    settings: dict[str, Any] = {"mode": mode, "seed": seed, "samples": samples, "limit": limit}
    settings |= {"prefer_table": prefer_table, "inflector": describe_inflector(inflector)}
    if analysed_by is not None:
        settings["analyser"] = analysed_by
    with atomic_folder(output) as folder:
        parts = _reported(make_parts(synthesizer, sentences, samples, jobs), limit, progress)
        tally, sha256 = _write(parts, folder / FILE)
        if not tally.examples:
            raise nothing_made(tally.sentences, sources)
        manifest = CorpusManifest(
            pack.language.code,
            pack.licence,
            settings,
            pack.fingerprint,
            describe_sources(sources),
            tally.as_json(),
            sha256,
        )
        manifest.write(folder)
    return manifest


def make_parts(
    synthesizer: Synthesizer, sentences: Iterable[SourceSentence], samples: int, jobs: int
) -> Iterator[Part]:
    """Make batches of sentences into (record batch, hash, tally), in order, over several processes if asked."""
    stream = iter(sentences)
    if jobs <= 1:
        while (part := _part(synthesizer, islice(stream, BATCH), samples))[2].sentences:
            yield part
        return
    with ProcessPoolExecutor(jobs, get_context("spawn"), _start, (synthesizer,)) as pool:
        waiting: deque[Future[Part]] = deque()
        while batch := list(islice(stream, BATCH)):
            waiting.append(pool.submit(_work, batch, samples))
            if len(waiting) >= _AHEAD * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _part(synthesizer: Synthesizer, batch: Iterable[SourceSentence], samples: int) -> Part:
    examples: list[PseudoExample] = []
    tally = Tally()
    for sentence in batch:
        tally.sentences += 1
        for sample in range(samples):
            if (example := synthesizer(sentence, sample)) is not None:
                examples.append(example)
                tally.add(example)
    tally.trust.update(synthesizer.trust)
    return to_batch(examples), digest(examples), tally


_WORKER: list[Synthesizer] = []


def _start(synthesizer: Synthesizer) -> None:
    _WORKER[:] = [synthesizer]


def _work(batch: list[SourceSentence], samples: int) -> Part:
    return _part(_WORKER[0], batch, samples)


def _reported(parts: Iterator[Part], limit: int | None, progress: Progress | None) -> Iterator[Part]:
    done = 0
    for part in parts:
        done += part[2].sentences
        if progress is not None:
            progress(done, limit)
        yield part


def _write(parts: Iterable[Part], path: Path) -> tuple[Tally, str]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    tally, content = Tally(), hashlib.sha256()
    stream = iter(parts)
    with pq.ParquetWriter(path, schema(), compression="zstd", version="2.6") as writer:
        while group := list(islice(stream, GROUP)):
            rows = pa.Table.from_batches([batch for batch, _, _ in group])
            writer.write_table(rows, row_group_size=max(1, rows.num_rows))
            for _, part_digest, part in group:
                content.update(part_digest)
                tally.join(part)
    return tally, content.hexdigest()
