"""How large a language adapter can be: everything beyond is refused before it is read."""

from __future__ import annotations

MAX_FILES = 32
"""An adapter is a dozen files."""
MAX_NAME = 100
"""Characters of a file's name."""
MAX_FOLDER_BYTES = 2 << 30
MAX_WEIGHT_BYTES = 1 << 30
"""Rank 64 on the largest encoders with rows for every token of a 250,000-piece vocabulary stays below this."""
MAX_JSON_BYTES = 4 << 20
MAX_TOML_BYTES = 256 << 10
MAX_CARD_BYTES = 1 << 20
MAX_METADATA_BYTES = 128 << 10
MAX_TEXT_BYTES = 256 << 10
"""Of a licence's text and the like."""
MAX_HEADER_BYTES = 1 << 20
"""Of a safetensors header: room for some 7,000 tensors; an adapter of 24 blocks has 300."""
MAX_TENSORS = 4096
MAX_DIMENSION = 1 << 24
MAX_DEPTH = 24
"""Lists and tables inside each other, in JSON, TOML and YAML."""
MAX_NODES = 200_000
"""Values of one description: room for the numbers of 100,000 token rows."""
MAX_RANK = 4096
MAX_ALPHA = 1e6
MAX_WIDTH = 1 << 16
"""Values per token of the widest layer in use."""
MAX_LAYERS = 256
MAX_VOCABULARY = 1 << 21
MAX_LABELS = 4096
