"""Part-of-speech transfer: an adapter beside everything simpler, on the same sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lexaug.evaluation.adapters import Run, read_runs
from lexaug.evaluation.frozen import Frozen
from lexaug.evaluation.gold import Gold, read_gold
from lexaug.evaluation.leaks import refuse_chosen, refuse_leaks
from lexaug.evaluation.pos_systems import SYSTEMS, Material, SeedRun
from lexaug.evaluation.predictions import Chosen, Kept, Prediction
from lexaug.evaluation.report import EvalReport
from lexaug.evaluation.signature import sign
from lexaug.evaluation.statistics import RESAMPLES, Outcome, score
from lexaug.evaluation.verdict import WITH, differences, judge
from lexaug.files import cache_folder, fingerprint
from lexaug.registry import unknown
from lexaug.synthesis import MODES
from lexaug.synthesis.tagged import read_tagged
from lexaug.training.learned import Learned, learned_sentences

if TYPE_CHECKING:
    from lexaug.pack import LanguagePack
    from lexaug.training.backbone import Backbone

PROBE_SENTENCES = 3000
"""English training sentences, and as many pseudo-sentences, that linear heads see: it bounds the time of encoding."""

Progress = Callable[[str, int, int], None]
"""Is told what comes next, and how many of how many steps are done."""
Predictions = dict[str, list[Prediction]]
"""Per system, one prediction per seed."""


def evaluate_pos(
    adapters: Sequence[Path],
    pack: LanguagePack,
    train: Path,
    test: Path,
    dev: Path | None = None,
    mode: str | None = None,
    progress: Progress | None = None,
    *,
    chosen: Mapping[str, Chosen] | None = None,
    backbone: Backbone | None = None,
    cache: Path | None = None,
) -> EvalReport:
    """Score adapters, as seeds of one thing, on gold-tagged text beside all systems that do without.

    Args:
        adapters: folders of adapters that differ in their seed alone.
        pack: the pack they were trained with; pseudo-text is made of it anew.
        train: gold-tagged English for the heads.
        test: gold-tagged sentences of the language.
        dev: the same, to choose settings on; `chosen`, or else defaults, are used without.
        mode: of the pseudo-text; that of the adapters' recipe if not given.
        progress: is told where the evaluation stands.
        chosen: settings of systems by name, as the `chosen` of an evaluation of other languages has them.
        backbone: that of the adapters, if it is loaded already.
        cache: folder that keeps each system's answers, so that a second call goes on; lexaug's own if not given.

    Raises:
        LeakError: a sentence of `test` or `dev` stands in what is learned from, or one of `test` in the dev set that
            an adapter was trained with.
        ConfigError: the adapters do not belong together or to the pack.
        MissingError, FormatError: a file is not there or not readable.

    """
    if mode is not None and mode not in MODES:
        raise unknown("mode", mode, MODES)
    runs = read_runs(adapters)
    sources = [Path(name) for name in runs[0].recipe.synthesis.sources]
    gold = _read_gold(test, dev, lambda: learned_sentences(pack, sources, [train]))
    for run in runs:
        run.require_language(pack)
        refuse_chosen(gold.test.sentences, test, run)
    english = tuple(read_tagged(train)[:PROBE_SENTENCES])
    material = Material(pack, english, gold.dev, gold.test, mode or runs[0].recipe.synthesis.mode, fingerprint(train))
    kept = Kept(cache or cache_folder() / "evaluation")
    predictions = _predict(runs, material, kept, chosen or {}, backbone, progress or (lambda *_: None))
    return _report(runs, material, predictions, (*gold.notes, *_other_facts(runs, pack)))


def _other_facts(runs: Sequence[Run], pack: LanguagePack) -> Iterator[str]:
    """Note adapters that were trained from other facts than those that the baselines' pseudo-text is made of."""
    for run in runs:
        if run.manifest.get("pack", {}).get("fingerprint") != pack.fingerprint:
            yield f"the pack has changed since {run.folder.name} was trained"


@dataclass(frozen=True, slots=True)
class _Scored:
    test: Gold
    dev: Gold | None
    notes: tuple[str, ...]


def _read_gold(test: Path, dev: Path | None, learned: Callable[[], Iterable[Learned]]) -> _Scored:
    scored = read_gold(test)
    tuned = read_gold(dev, without=scored) if dev else None
    for gold in (scored, tuned):
        if gold is not None:
            refuse_leaks(gold.sentences, Path(gold.file), learned())
    notes = []
    if scored.unscored:
        notes.append(f"{scored.unscored} test words have a tag outside the 17 UPOS tags and are not scored")
    if tuned and (left_out := len(read_tagged(Path(tuned.file))) - len(tuned.sentences)):
        notes.append(f"{left_out} dev sentences also stand in the test file and are not used")
    return _Scored(scored, tuned, tuple(notes))


def _predict(
    runs: Sequence[Run],
    material: Material,
    kept: Kept,
    chosen: Mapping[str, Chosen],
    backbone: Backbone | None,
    progress: Progress,
) -> Predictions:
    """Run every system with every seed; settings are chosen with the first seed and used again with the others."""
    found: Predictions = {}
    steps = len(SYSTEMS) * len(runs)
    frozen = Frozen(runs[0].recipe.backbone, backbone)
    for number, run in enumerate(runs):
        before = {**chosen, **{name: items[0].chosen for name, items in found.items()}}
        seed_run = SeedRun(run, material, kept, frozen, before)
        for place, (name, system) in enumerate(SYSTEMS.items()):
            progress(f"{name}, seed {run.seed}", number * len(SYSTEMS) + place, steps)
            found.setdefault(name, []).append(seed_run.answer(name, system))
        seed_run.close()
    progress("done", steps, steps)
    return found


def _report(runs: Sequence[Run], material: Material, found: Predictions, notes: tuple[str, ...]) -> EvalReport:
    test, dev = material.test, material.dev
    outcomes: dict[str, Outcome] = {name: test.outcome([p.test for p in items]) for name, items in found.items()}
    signature = _signature(runs, material, found)
    deltas = differences(outcomes)
    best = None
    if dev is not None:
        best = max((name for name in WITH if name in found), key=lambda name: _dev_mean(dev, found[name]))
    return EvalReport(
        language=material.pack.language.code,
        task="pos",
        n=len(test.sentences),
        systems={name: score(name, outcome, signature=signature) for name, outcome in outcomes.items()},
        outcomes=outcomes,
        deltas=deltas,
        judgement=judge(outcomes, deltas, best),
        signature=signature,
        notes=notes,
        chosen={name: dict(items[0].chosen) for name, items in found.items()},
    )


def _dev_mean(dev: Gold, items: Sequence[Prediction]) -> float:
    return sum(dev.accuracy(item.dev) for item in items if item.dev is not None) / len(items)


def _signature(runs: Sequence[Run], material: Material, found: Predictions) -> str:
    facts = {
        "mode": material.mode,
        "train": material.train_fingerprint[:12],
        "test": material.test.fingerprint[:12],
        "dev": material.dev.fingerprint[:12] if material.dev else "none",
        "bootstrap": f"sentences,{RESAMPLES}",
    }
    chosen = {name: ",".join(f"{k}={v}" for k, v in items[0].chosen.items()) for name, items in found.items()}
    return sign("pos", runs, material.pack, facts, chosen)
