"""The card of inflect-mini: what it is, what it learnt from, what it must not have seen, and how far it is."""

from __future__ import annotations

from pathlib import Path

from experiments.inflection_backbone.data import LEAST, MOST, SEED, Material
from experiments.inflection_backbone.state import State
from experiments.inflection_backbone.store import NO_LANGUAGE, TEMPERED
from experiments.shared_task import EVALUATED, LEFT_OUT
from experiments.study import table
from lexaug.files import atomic_file


def write_card(output: Path, state: State, material: Material, dev: dict[str, float]) -> None:
    """Write README.md beside the weights."""
    checks = [
        [
            f"{check['minutes']:g}",
            check["device"],
            f"{check['batch']}",
            f"{check['examples']:,}",
            f"{check['loss']:.3f}",
            f"{check['dev']:.1f} ({check['rows']})",
        ]
        for check in state.curve.checks
    ]
    text = [
        "---\nlicense: cc-by-sa-4.0\nlibrary_name: transformers\ntags:\n- inflection\n- morphology\n---\n",
        "# inflect-mini\n",
        f"A pointer-generator transformer over characters ({state.model.num_parameters():,} weights, float16) that "
        "reads a lemma, a UniMorph bundle and a language tag, and writes the inflected form; the start of "
        f"`lexaug inflect train --method full|lora`. Made by `python -m experiments.inflection_backbone`, seed "
        f"{SEED}.\n",
        f"**Learnt from** the train splits of SIGMORPHON 2020 task 0 and SIGMORPHON-UniMorph 2023 task 0, "
        f"{len(material.languages)} languages in {len(material.sources)} files, {len(material.train):,} rows "
        f"(at most {MOST:,} of a file, drawn in proportion to their number to the power of {TEMPERED:g}; the language "
        f"is left untold for {NO_LANGUAGE:.0%} of the examples; characters in fewer than {LEAST} rows are unknown): "
        f"{', '.join(material.languages)}. The data derive from UniMorph (CC BY-SA 3.0, whose terms let an "
        "adaptation be shared under the later version); so the weights stand under CC BY-SA 4.0.\n",
        f"**Left out**, since it is evaluated on them: {', '.join(EVALUATED)}; and what belongs to the same "
        f"macrolanguages: {', '.join(sorted(LEFT_OUT - set(EVALUATED)))}. Relatives of these that are languages of "
        "their own are among the data (Karelian and Livonian beside North Sámi, Azerbaijani and Uzbek beside Turkish "
        "and Kazakh, Icelandic beside Faroese).\n",
        "**Curve**: minutes (of one CPU thread, or of a GPU), rows of a batch, examples, mean training loss since the "
        "last check, mean accuracy on dev in per cent (rows per file).\n",
        table(["minutes", "device", "batch", "examples", "loss", "dev"], checks),
        "**Dev accuracy by file**, last check: "
        + ", ".join(f"{name} {score:.1f}" for name, score in dev.items())
        + ".\n",
    ]
    with atomic_file(output / "README.md") as temporary:
        temporary.write_text("\n".join(text), encoding="utf-8")
