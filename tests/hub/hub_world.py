"""Names in the small world of the hub's tests: the tiny backbone, the pack."""

BASE = "lexaug-tests/tiny-encoder"
"""Name of the tiny backbone, as if it had been downloaded from the Hub."""
REVISION = "0123456789abcdef0123456789abcdef01234567"
TOKEN = "hf_maria_token"
PACK = """language = "sme"
name = "tiny North Sámi"
[[lexicon]]
file = "lexicon.tsv"
licence = "CC-BY-4.0"
"""
