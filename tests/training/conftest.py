"""Fixtures of the training tests: the tiny backbone and what `tiny.py` makes of it."""

import importlib.util
import sys
from pathlib import Path

import pytest
import torch

torch.set_num_threads(1)


def _tiny():
    spec = importlib.util.spec_from_file_location("lexaug_tests_tiny", Path(__file__).with_name("tiny.py"))
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def tiny():
    """The module that makes tiny backbones and runs."""
    return _tiny()


@pytest.fixture(scope="session")
def tiny_folder(tiny, tmp_path_factory):
    """Folder of a tiny BERT with its tokenizer."""
    return tiny.write_backbone(tmp_path_factory.mktemp("tiny"))


@pytest.fixture
def backbone(tiny_folder):
    """A fresh tiny backbone, not yet wrapped by anything."""
    from lexaug.training.backbone import load_backbone

    return load_backbone(str(tiny_folder))
