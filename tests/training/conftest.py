"""Fixtures of the training tests: the tiny backbone and what `tiny.py` makes of it."""

import pytest
import tiny as tiny_models
import torch

torch.set_num_threads(1)


@pytest.fixture(scope="session")
def tiny():
    """The module that makes tiny backbones and runs."""
    return tiny_models


@pytest.fixture(scope="session")
def tiny_folder(tiny, tmp_path_factory):
    """Folder of a tiny BERT with its tokenizer."""
    return tiny.write_backbone(tmp_path_factory.mktemp("tiny"))


@pytest.fixture
def backbone(tiny_folder):
    """A fresh tiny backbone, not yet wrapped by anything."""
    from lexaug.training.backbone import load_backbone

    return load_backbone(str(tiny_folder))
