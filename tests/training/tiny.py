"""A tiny BERT with a word-piece tokenizer, and a run on made-up pseudo-sentences: for tests and their subprocesses."""

from pathlib import Path

import numpy as np
import torch

from lexaug.synthesis.example import PseudoExample
from lexaug.synthesis.source import SourceSentence
from lexaug.synthesis.tagged import UPOS, TaggedSentence

WORDS = {
    "cat": "NOUN",
    "dog": "NOUN",
    "sees": "VERB",
    "eats": "VERB",
    "red": "ADJ",
    "big": "ADJ",
    "the": "DET",
    ".": "PUNCT",
}
FOREIGN = {
    "cat": "busku",
    "dog": "beanat",
    "sees": "oaidn",
    "eats": "borr",
    "red": "rukses",
    "big": "stuoris",
    "the": "dat",
}


def write_backbone(folder: Path) -> Path:
    """Write a BERT of two layers and sixteen values per token, the same at every call."""
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    letters = [chr(number) for number in range(97, 123)] + ["."]
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *("##" + letter for letter in letters), *WORDS]
    tokenizer = Tokenizer(
        models.WordPiece({piece: n for n, piece in enumerate(dict.fromkeys(pieces))}, unk_token="[UNK]")
    )
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=[("[CLS]", 2), ("[SEP]", 3)]
    )
    names = {
        "pad_token": "[PAD]",
        "unk_token": "[UNK]",
        "cls_token": "[CLS]",
        "sep_token": "[SEP]",
        "mask_token": "[MASK]",
    }
    fast = PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=80, **names)
    fast.save_pretrained(folder)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        config = BertConfig(
            vocab_size=len(fast),
            hidden_size=16,
            num_hidden_layers=2,
            num_attention_heads=2,
            intermediate_size=32,
            max_position_embeddings=90,
        )
        BertModel(config, add_pooling_layer=False).save_pretrained(folder)
    return folder


def sentences(count: int = 40) -> tuple[SourceSentence, ...]:
    """Make analysed sentences of varied length out of `WORDS`."""
    random = np.random.default_rng(0)
    made = []
    for number in range(count):
        words = (*random.choice(sorted(set(WORDS) - {"."}), size=random.integers(2, 7)).tolist(), ".")
        tags = tuple(WORDS[word] for word in words)
        made.append(SourceSentence(f"s{number}", words, words, tags, (), (0,) * len(words), (), " ".join(words)))
    return tuple(made)


def synthesis(sentence: SourceSentence, sample: int = 0) -> PseudoExample:
    """Replace words; the ending depends on the sample."""
    ending = "ain"[sample % 3]
    target = tuple(FOREIGN[word] + ending if word in FOREIGN else word for word in sentence.tokens)
    pairs = tuple((place, place) for place in range(len(target)))
    ops = tuple("lexicon" if word in FOREIGN else "punct" for word in sentence.tokens)
    return PseudoExample(f"{sentence.id}#{sample}", sentence.tokens, target, pairs, ops, sentence.upos, 1.0)


def student(backbone, *, characters=True, seed=0, **lora):
    """Attach a small adapter with rows for every letter, a character part and a head."""
    from lexaug.training.adapter import attach
    from lexaug.training.character_part import CharacterPart, CharacterSettings
    from lexaug.training.head import Head
    from lexaug.training.seeds import seeded
    from lexaug.training.student import Student

    model = attach(backbone, **{"rank": 2, "alpha": 4, "token_ids": list(range(5, 60)), "seed": seed, **lora})
    with seeded(seed, "parts"):
        part = CharacterPart(CharacterSettings(512, 512, 4, backbone.hidden_size, len(UPOS), 1)) if characters else None
        return Student(model, part, Head(backbone.hidden_size, (2,), UPOS))


def loop(backbone, folder: Path, *, progress=None, **plan):
    """Make a run of two passes over forty sentences whose checkpoints lie in `folder`."""
    from lexaug.training.batches import Batcher
    from lexaug.training.dev import TaggedDev
    from lexaug.training.loop import Loop
    from lexaug.training.objectives import OBJECTIVES, Setting
    from lexaug.training.optimiser import Rates
    from lexaug.training.run import Plan
    from lexaug.training.samples import Item, Samples
    from lexaug.training.teacher import read_teacher

    sources = sentences()
    teacher = read_teacher(backbone, [s.tokens for s in sources], (1, 2), with_sentences=True, folder=folder)
    pupil = student(backbone, dropout=0.1)
    objectives = {name: (1.0, OBJECTIVES[name](Setting(teacher, (1, 2)))) for name in ("words", "sentence", "labels")}
    samples = Samples(sources, synthesis, pupil.head.numbers, (), 0.5, 0.0, False, 1, True, 7)
    batcher = Batcher(backbone.tokenizer, teacher.starts, pupil.characters, 0.3, "", 80)
    gold = [synthesis(sentence, 2) for sentence in sources[:10]]
    dev = TaggedDev(batcher, [Item(g.target, pupil.head.numbers(g.upos)) for g in gold])
    settings = {
        "passes": 2,
        "tokens_per_batch": 128,
        "rates": Rates(1e-2, 1e-2, 1e-2, 1e-2),
        "weight_decay": 0.01,
        "warmup": 0.1,
        "decay": "cosine",
        "checkpoint_seconds": 0.0,
        **plan,
    }
    return Loop(pupil, objectives, samples, batcher, dev, Plan(**settings), folder / "checkpoints", progress)


def weights_hash(pupil) -> str:
    """Hash everything that is trained."""
    import hashlib

    digest = hashlib.sha256()
    for name, parameter in pupil.trained().items():
        digest.update(name.encode() + parameter.detach().numpy().tobytes())
    return digest.hexdigest()


def tagged(count: int = 10) -> list[TaggedSentence]:
    """Make gold-tagged sentences of the made-up language."""
    made = (synthesis(sentence, 2) for sentence in sentences(count))
    return [TaggedSentence(example.target, example.upos, example.id) for example in made]
