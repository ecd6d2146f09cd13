"""A small made-up language, and small backbones on disk."""

import itertools
import shutil

import numpy as np
import pytest
import torch

from lexaug.inflection.alphabet import ANY_LANGUAGE, Alphabet
from lexaug.inflection.examples import InflectionExample

STEMS = ["".join(letters) for letters in itertools.product("klm", "aou", "prt", "ei")]
ROWS = [
    InflectionExample(f"{stem}an", features, f"{stem}{ending}")
    for stem in STEMS
    for features, ending in (("V;PST", "te"), ("V;PRS;NOM(3,SG)", "s"))
]


@pytest.fixture(scope="session")
def language():
    """Rows to learn from and rows to score: two thirds and one third, drawn, so that no kind of stem is left out."""
    places = np.random.default_rng(0).permutation(len(ROWS))
    rows = [ROWS[place] for place in places]
    return rows[: 2 * len(rows) // 3], rows[2 * len(rows) // 3 :]


@pytest.fixture(scope="session")
def pointer_backbone(tmp_path_factory):
    """A pointer-generator with random weights that knows two languages, in half precision as one is shipped."""
    from lexaug.inflection.config import InflectorConfig
    from lexaug.inflection.model import InflectorModel

    known = Alphabet.of(ROWS[:40])
    values = (*known.values, ANY_LANGUAGE, "@deu", "@nld")
    config = InflectorConfig(
        known.characters[:-2], values, (), hidden_size=96, encoder_layers=1, decoder_layers=1, intermediate_size=192
    )
    folder = tmp_path_factory.mktemp("backbone") / "mini"
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(1)
        InflectorModel(config).to(torch.float16).save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def whole_adapter(language, pointer_backbone, tmp_path_factory):
    """The folder of an adapter on the pointer-generator, to be read."""
    from small_inflector import QUICK

    from lexaug.inflection.folder import write_inflector
    from lexaug.inflection.run import train_inflector

    folder = tmp_path_factory.mktemp("adapter") / "out"
    write_inflector(folder, train_inflector("lora", *language, QUICK, backbone=str(pointer_backbone)), {})
    return folder


@pytest.fixture
def adapter(whole_adapter, tmp_path):
    """A copy of it, to be spoilt."""
    return shutil.copytree(whole_adapter, tmp_path / "out")


@pytest.fixture(scope="session")
def hub_backbone(tmp_path_factory):
    """A ByT5 with random weights on disk, as the Hub's are."""
    from transformers import ByT5Tokenizer, T5Config, T5ForConditionalGeneration

    folder = tmp_path_factory.mktemp("backbone") / "byt5"
    config = T5Config(
        vocab_size=384, d_model=64, d_kv=16, d_ff=256, num_layers=1, num_decoder_layers=1, num_heads=4,
        feed_forward_proj="gated-gelu", tie_word_embeddings=False, decoder_start_token_id=0,
    )  # fmt: skip
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(1)
        T5ForConditionalGeneration(config).save_pretrained(folder)
    ByT5Tokenizer().save_pretrained(folder)
    return folder
