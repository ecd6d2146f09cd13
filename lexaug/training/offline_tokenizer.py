"""The fast tokenizer of the offline backbone, rebuilt from the vocabulary in its packed file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

MAX_LENGTH = 512
"""Position embeddings of multilingual-e5-small."""
SPECIALS = {
    "bos_token": "<s>",
    "eos_token": "</s>",
    "cls_token": "<s>",
    "sep_token": "</s>",
    "unk_token": "<unk>",
    "pad_token": "<pad>",
}


def build_tokenizer(pieces: Sequence[tuple[str, float]], unk: int) -> Any:  # noqa: ANN401
    """Make an XLM-R style Unigram tokenizer (`PreTrainedTokenizerFast`) from (piece, score) pairs in order of ids.

    Text is normalised as SentencePiece's `nmt_nfkc` does: NMT's treatment of control and space characters, then NFKC.
    Character by character this equals the file's own table but for U+FF5E and U+1F23B; combining sequences are composed
    too, as in the original tokenizer. Adjacent unknown characters become one `<unk>`, as SentencePiece has it.
    """
    from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    tokenizer = Tokenizer(models.Unigram(list(pieces), unk_id=unk))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace(prepend_scheme="always")]
    )
    ids = {piece: number for number, (piece, _) in enumerate(pieces) if piece in ("<s>", "</s>")}
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", pair="<s> $A </s> </s> $B </s>", special_tokens=list(ids.items())
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        model_max_length=MAX_LENGTH,
        mask_token=AddedToken("<mask>", lstrip=True, special=True, normalized=False),
        clean_up_tokenization_spaces=False,
        **SPECIALS,
    )
