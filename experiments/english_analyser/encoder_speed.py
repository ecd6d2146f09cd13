"""Speed of the frozen offline backbone on one thread: `python -m experiments.english_analyser.encoder_speed`.

Word vectors of the dev sentences of UD English-EWT, beside the floor that matrix products set in the same run.
"""

from __future__ import annotations

import time

import torch

from experiments.english_analyser.__main__ import DATA
from experiments.english_analyser.treebank import read_treebank, treebank_file
from lexaug.training.backbone import load_backbone
from lexaug.training.encode import encode_words, tokenize_words

SENTENCES = 600
FLOP_PER_TOKEN = 45e6
"""One forward pass: 12 layers x 2 x (4 x 384 x 384 + 2 x 384 x 1536), and a little for attention."""


def products_per_second() -> float:
    """Measure FLOP per CPU second in products of the encoder's shape."""
    left, right = torch.randn(1024, 384), torch.randn(384, 1536)
    start = time.process_time()
    for _ in range(200):
        left @ right
    return 200 * 2 * 1024 * 384 * 1536 / (time.process_time() - start)


def main() -> None:
    """Print tokens per CPU second for two kinds of attention and several batch sizes, and their share of the floor."""
    backbone = load_backbone(threads=1)
    sentences = read_treebank(treebank_file(DATA / "english" / "UD_English-EWT", "dev"))[:SENTENCES]
    words = [sentence.tokens for sentence in sentences]
    tokens = sum(len(sentence.ids) + 2 for sentence in tokenize_words(backbone.tokenizer, words))
    print("| attention | tokens per batch | tokens/s | share of the floor |\n|---|---|---|---|")
    for attention in ("sdpa", "eager"):
        backbone.model.set_attn_implementation(attention)
        for budget in (256, 512, 1024, 2048, 4096):
            floor = products_per_second() / FLOP_PER_TOKEN
            start = time.process_time()
            encode_words(backbone.model, backbone.tokenizer, words, tokens_per_batch=budget)
            speed = tokens / (time.process_time() - start)
            print(f"| {attention} | {budget:,} | {speed:,.0f} | {speed / floor:.0%} of {floor:,.0f} |", flush=True)


if __name__ == "__main__":
    main()
