"""Tiny backbones of three families with tokenizers of their own, written to disk."""

from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import (
    BertConfig,
    BertForMaskedLM,
    BertModel,
    ModernBertConfig,
    ModernBertForMaskedLM,
    PreTrainedTokenizerFast,
    XLMRobertaConfig,
    XLMRobertaForMaskedLM,
)

TEXT = [
    "the cat sat on the mat",
    "the dog sat on the log",
    "a cat and a dog ran away",
    "antidisestablishment of cats",
] * 5
COMMON = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 24}
FAMILIES = ("bert", "xlmr", "modernbert")


def write_backbone(folder: Path, family: str, *, head: bool = True) -> Path:
    """Write a model of a family, with its mask-LM head or without, and its tokenizer."""
    torch.manual_seed(1)
    tokenizer = _TOKENIZERS[family]()
    tokenizer.save_pretrained(folder)
    model = _model(family, len(tokenizer), tokenizer.pad_token_id, head)
    model.save_pretrained(folder)
    return folder


def _model(family, size, pad, head):
    common = {**COMMON, "vocab_size": size, "pad_token_id": pad}
    if family == "bert":
        config = BertConfig(**common, max_position_embeddings=64)
        return BertForMaskedLM(config) if head else BertModel(config)
    if family == "xlmr":
        return XLMRobertaForMaskedLM(XLMRobertaConfig(**common, max_position_embeddings=66))
    return ModernBertForMaskedLM(
        ModernBertConfig(
            **common, max_position_embeddings=64, cls_token_id=0, sep_token_id=1, bos_token_id=0, eos_token_id=1
        )
    )


def _bert_tokenizer():
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    specials = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    tokenizer.train_from_iterator(TEXT, trainers.WordPieceTrainer(vocab_size=80, special_tokens=specials))
    return _wrapped(tokenizer, "[CLS]", "[SEP]", "[PAD]", "[UNK]", "[MASK]")


def _xlmr_tokenizer():
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    specials = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    tokenizer.train_from_iterator(
        TEXT, trainers.UnigramTrainer(vocab_size=80, special_tokens=specials, unk_token="<unk>")
    )
    return _wrapped(tokenizer, "<s>", "</s>", "<pad>", "<unk>", "<mask>")


def _modernbert_tokenizer():
    tokenizer = Tokenizer(models.BPE(unk_token=None))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    specials = ["[CLS]", "[SEP]", "[PAD]", "[UNK]", "[MASK]"]
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    tokenizer.train_from_iterator(
        TEXT, trainers.BpeTrainer(vocab_size=320, special_tokens=specials, initial_alphabet=alphabet)
    )
    return _wrapped(tokenizer, "[CLS]", "[SEP]", "[PAD]", "[UNK]", "[MASK]")


def _wrapped(tokenizer, begin, end, pad, unk, mask):
    ids = [(token, tokenizer.token_to_id(token)) for token in (begin, end)]
    tokenizer.post_processor = processors.TemplateProcessing(single=f"{begin} $A {end}", special_tokens=ids)
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        model_max_length=64,
        cls_token=begin,
        sep_token=end,
        pad_token=pad,
        unk_token=unk,
        mask_token=mask,
    )


_TOKENIZERS = {"bert": _bert_tokenizer, "xlmr": _xlmr_tokenizer, "modernbert": _modernbert_tokenizer}
