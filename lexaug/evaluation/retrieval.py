"""Bitext retrieval: does a sentence lie nearest to its translation? An adapter beside everything simpler."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from lexaug.errors import LexaugError
from lexaug.evaluation.adapters import Run, read_runs
from lexaug.evaluation.frozen import Frozen
from lexaug.evaluation.gloss import Glosser
from lexaug.evaluation.leaks import SHORTEST, refuse_leaks
from lexaug.evaluation.lexical import lexical_vectors
from lexaug.evaluation.matching import Floats, Hits, hits, outcome, retrieval_score, standardised
from lexaug.evaluation.pairs import Pairs, read_pairs
from lexaug.evaluation.report import EvalReport
from lexaug.evaluation.sentence_views import BareSentences, SentenceEncoder, SentenceView, choose_view, encode
from lexaug.evaluation.signature import sign
from lexaug.evaluation.statistics import RESAMPLES
from lexaug.evaluation.verdict import differences, judge
from lexaug.files import fingerprint
from lexaug.pack.plain import sentence_key
from lexaug.synthesis.tagged import TaggedSentence
from lexaug.training.learned import learned_sentences

if TYPE_CHECKING:
    from lexaug.pack import LanguagePack
    from lexaug.training.backbone import Backbone

Progress = Callable[[str, int, int], None]
JUDGED = "adapter"
"""The system that stands for the adapter: fusion is not weighted here, and harms where the lexicon covers little."""
NO_PACK = "the adapter's pack could not be read: systems that gloss through its lexicon are left out"


@dataclass(slots=True)
class _Work:
    """What is being evaluated; `runs` are the hits of each system, one item per seed, `chosen` the views.

    `lexical` are the similarities of `char_ngram`, where there is a pack.
    """

    test: Pairs
    dev: Pairs | None
    pack: LanguagePack | None
    english: BareSentences
    runs: dict[str, list[Hits]] = field(default_factory=dict)
    chosen: dict[str, SentenceView] = field(default_factory=dict)
    lexical: Floats | None = None

    def add(self, name: str, found: Floats) -> None:
        self.runs.setdefault(name, []).append(hits(found, self.test))

    def encode(
        self, name: str, encoder: SentenceEncoder, change: Callable[[Pairs], Pairs] = lambda pairs: pairs
    ) -> Floats:
        """Encode the test sources, `change` applied first, through an encoder; the view is chosen once per system."""
        if name not in self.chosen:
            dev = change(self.dev) if self.dev else None
            self.chosen[name] = choose_view(encoder, self.english, dev, self.english.depth)
        return encode(encoder, change(self.test).sources, self.chosen[name])

    def near(self, name: str, sources: Floats) -> Floats:
        """Give the cosines of encoded test sources and the English side, which is always the bare backbone's."""
        found: Floats = sources @ encode(self.english, self.test.targets, self.chosen[name]).T
        return found


def evaluate_retrieval(
    adapters: Sequence[Path],
    source: Path,
    target: Path,
    *,
    dev: tuple[Path, Path] | None = None,
    pack: LanguagePack | None = None,
    progress: Progress | None = None,
    backbone: Backbone | None = None,
) -> EvalReport:
    """Score adapters, as seeds of one thing, on sentence pairs beside the systems that do without.

    `zero_shot` is the frozen backbone; `translate_train` the frozen backbone on word-by-word glosses; `char_ngram`
    needs no backbone: tf-idf of character n-grams between glosses and English; `adapter` the adapted backbone, with the
    frozen one for English, as it was trained; `fused_frozen` and `fused` sum standardised similarities of `char_ngram`
    with those of `zero_shot` and of `adapter`.

    Args:
        adapters: folders of adapters that differ in their seed alone.
        source: sentences of the language, one per line, or a table with `index_id` and `text`.
        target: their English translations, likewise.
        dev: source and target to choose prefix, pooling and layer on, pairs of the test aside; defaults are used
            without.
        pack: the language's pack; the one that the adapters' recipe names if not given, where it can be read.
        progress: is told where the evaluation stands.
        backbone: that of the adapters, if it is loaded already.

    Raises:
        LeakError: a sentence of `source` stands in the pack's texts or in a source of the pseudo-text, or `dev` stands
            in the test.
        ConfigError, FormatError, MissingError: as `read_runs` and `read_pairs` do.

    """
    runs = read_runs(adapters)
    pack = pack or _pack_of(runs[0])
    if pack is not None:
        runs[0].require_language(pack)
    test, tuned = read_pairs(source, target), read_pairs(*dev) if dev else None
    test = _unseen(test, source, pack, runs[0])
    if tuned is not None and dev is not None:
        tuned = tuned.without(test.keys, "they also stand in the test", dev[0])
    frozen = Frozen(runs[0].recipe.backbone, backbone)
    work = _Work(test, tuned, pack, BareSentences(frozen))
    tell = progress or (lambda *_: None)
    _without_adapter(work, tell, len(runs))
    _with_adapters(work, frozen, runs, tell)
    tell("done", len(runs) + 1, len(runs) + 1)
    return _report(work, runs, [source, target, *(dev or ())])


def _pack_of(run: Run) -> LanguagePack | None:
    from lexaug.pack import load_pack

    try:
        return load_pack(Path(run.recipe.pack))
    except LexaugError:
        return None


def _unseen(pairs: Pairs, file: Path, pack: LanguagePack | None, run: Run) -> Pairs:
    """Refuse text of the language that was learned from; leave out pairs whose English became pseudo-text."""
    sources = [path for name in run.recipe.synthesis.sources if (path := Path(name)).is_file()]
    english = list(learned_sentences(None, sources))
    scored = [
        TaggedSentence(tuple(text.split()), (), str(line), line)
        for text, line in zip(pairs.sources, pairs.lines, strict=True)
    ]
    refuse_leaks(scored, file, chain(learned_sentences(pack, ()), english))
    long = {key for text in pairs.targets if len(text.split()) >= SHORTEST and (key := sentence_key([text]))}
    known = long.intersection(found.key for found in english)
    return pairs.without(known, "their English also stands in a source of the pseudo-text", file)


def _without_adapter(work: _Work, tell: Progress, seeds: int) -> None:
    tell("systems without an adapter", 0, seeds + 1)
    zero_shot = work.near("zero_shot", work.encode("zero_shot", work.english))
    work.add("zero_shot", zero_shot)
    if work.pack is None:
        return
    glosser = Glosser(work.pack)
    glossed = work.encode("translate_train", work.english, lambda pairs: _glossed(pairs, glosser))
    work.add("translate_train", work.near("translate_train", glossed))
    work.lexical = _lexical(work.test, glosser)
    work.add("char_ngram", work.lexical)
    work.add("fused_frozen", standardised(zero_shot) + standardised(work.lexical))


def _with_adapters(work: _Work, frozen: Frozen, runs: Sequence[Run], tell: Progress) -> None:
    from lexaug.training.load import load

    for number, run in enumerate(runs, start=1):
        tell(f"adapter, seed {run.seed}", number, len(runs) + 1)
        adapted = load(run.folder, base=frozen.backbone)
        try:
            sources = work.encode("adapter", adapted)
        finally:
            adapted.model.unload()
        found = work.near("adapter", sources)
        work.add("adapter", found)
        if work.lexical is not None:
            work.add("fused", standardised(found) + standardised(work.lexical))


def _glossed(pairs: Pairs, glosser: Glosser) -> Pairs:
    return replace(pairs, sources=tuple(glosser.text(text) for text in pairs.sources))


def _lexical(pairs: Pairs, glosser: Glosser) -> Floats:
    glosses = [" ".join(word for found in glosser.words(text) for word in found) for text in pairs.sources]
    left, right = lexical_vectors(glosses, pairs.targets)
    found: Floats = left @ right.T
    return found


def _report(work: _Work, runs: Sequence[Run], files: Sequence[Path]) -> EvalReport:
    outcomes = {name: outcome(found) for name, found in work.runs.items()}
    signature = _signature(work, runs, files)
    deltas = differences(outcomes)
    language = work.pack.language.code if work.pack else runs[0].language
    return EvalReport(
        language=language,
        task="retrieval",
        n=len(work.test.sources),
        systems={name: retrieval_score(name, found, signature) for name, found in work.runs.items()},
        outcomes=outcomes,
        deltas=deltas,
        judgement=judge(outcomes, deltas, JUDGED),
        signature=signature,
        notes=work.test.notes if work.pack else (*work.test.notes, NO_PACK),
    )


def _signature(work: _Work, runs: Sequence[Run], files: Sequence[Path]) -> str:
    data = ",".join(fingerprint(file)[:12] for file in files)
    return sign("retrieval", runs, work.pack, {"data": data, "bootstrap": f"pairs,{RESAMPLES}"}, work.chosen)
