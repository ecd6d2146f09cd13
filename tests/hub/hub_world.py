"""Names in the small world of the hub's tests: the tiny backbone, the pack, reports of evaluations."""

import json
from pathlib import Path

BASE = "lexaug-tests/tiny-encoder"
"""Name of the tiny backbone, as if it had been downloaded from the Hub."""
REVISION = "0123456789abcdef0123456789abcdef01234567"
TOKEN = "hf_maria_token"
REPO = "maria/tiny-sme"
ENGLISH = "CC-BY-SA-4.0"
"""Licence of the English sentences."""
PACK = """language = "sme"
name = "tiny North Sámi"
[[lexicon]]
file = "lexicon.tsv"
licence = "CC-BY-4.0"
"""


def report(verdict: str = "helps", **changes) -> dict:
    """Make a report as `lexaug eval pos --save` keeps it; `no_effect` has a gain and a loss."""
    ours = {"helps": 60.5, "no_effect": 54.0, "harms": 45.75}[verdict]
    systems = {"zero_shot": 50.0, "char_ngram": 57.25, "adapter": ours}
    pairs = {name: ours - value for name, value in systems.items() if name != "adapter"}
    return {
        "language": "sme",
        "task": "pos",
        "n": 40,
        "systems": {
            name: {"name": name, "value": value, "low": value - 3, "high": value + 3, "seeds": 2}
            for name, value in systems.items()
        },
        "deltas": {
            f"adapter-{name}": {"value": value, "low": value - 2.5, "high": value + 2.5}
            for name, value in pairs.items()
        },
        "verdict": verdict,
        "best": "adapter",
        "against": "zero_shot" if verdict == "harms" else "char_ngram",
        "notes": ["2 test words have a tag outside the 17 UPOS tags and are not scored"],
        "signature": "lexaug:0.1.0|task:pos|seeds:1,2",
        "test": "sme-test.conllu",
        **changes,
    }


def keep(folder: Path, *reports: dict) -> None:
    """Put reports into an adapter's metrics."""
    metrics = json.loads((folder / "metrics.json").read_text())
    (folder / "metrics.json").write_text(json.dumps({**metrics, "evaluation": list(reports)}))
