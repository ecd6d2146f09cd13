"""What both sides of the training benchmark share: sentences, peft model, head, objectives, teacher, clock."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from experiments.packs import WORK, make_pack
from experiments.study import TRAIN
from lexaug.pack import load_pack
from lexaug.recipe import Recipe, SynthesisSettings, TrainingSettings
from lexaug.training.backbone import load_backbone
from lexaug.training.material import gather
from lexaug.training.setup import Prepared, prepare

FOLDER = WORK / "benchmarks"
SENTENCES = 1_200
WARM_STEPS = 5
"""Steps before the clock starts: first touches of memory, the making of the pass."""
TOKENS_PER_BATCH = 768


@dataclass(frozen=True, slots=True)
class Setup:
    """What runs: `side` is lexaug, trainer or products.

    `cores` are processes for lexaug and threads for the others. `grouped` (Trainer): the very batches of lexaug,
    sentences of like length, instead of as many random ones as give batches of that size. `cut` (Trainer): blocks that
    no objective reads are left out, as lexaug does.
    """

    side: str
    cores: int
    grouped: bool = True
    cut: bool = True
    seconds: float = 20.0


@dataclass(slots=True)
class Meter:
    """Tokens per second of wall time after the warm-up."""

    seconds: float
    marks: list[tuple[float, int]] = field(default_factory=list)

    def full(self, tokens: int) -> bool:
        """Take note of all tokens read until now; tells whether the time is over."""
        self.marks.append((time.perf_counter(), tokens))
        return len(self.marks) > WARM_STEPS + 1 and self.marks[-1][0] - self.marks[WARM_STEPS][0] >= self.seconds

    @property
    def rate(self) -> float:
        """Tokens per second between the end of the warm-up and the last step."""
        (start, before), (end, after) = self.marks[WARM_STEPS], self.marks[-1]
        return (after - before) / (end - start)


def prepare_side(setup: Setup) -> Prepared:
    """Make the tagging preset without characters; the teacher's vectors are computed once and kept in a file."""
    training = TrainingSettings.make(
        preset="tagging",
        characters=False,
        passes=100,
        workers=setup.cores if setup.side == "lexaug" else 1,
        tokens_per_batch=TOKENS_PER_BATCH,
        checkpoint_seconds=1e9,
    )
    synthesis = SynthesisSettings(sources=(str(TRAIN),), sentences=SENTENCES, fresh=False)
    recipe = Recipe(pack=str(make_pack("sme")), synthesis=synthesis, training=training)
    pack, backbone = load_pack(make_pack("sme")), load_backbone()
    return prepare(recipe, pack, backbone, gather(recipe, pack, backbone, hold_out=False), ())
