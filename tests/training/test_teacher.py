"""The teacher's vectors: made once, found again, made anew where the file is damaged, never for other input."""

from dataclasses import replace

import numpy as np
import pytest

from lexaug.training import teacher as teachers
from lexaug.training.encode import encode_words
from lexaug.training.teacher import read_teacher

SENTENCES = [("the", "cat", "eats"), ("big", "dog", "sees", "red")]


def _read(backbone, folder, **more):
    return read_teacher(backbone, SENTENCES, (1, 2), with_sentences=True, folder=folder, **more)


class _AskedError(Exception):
    """The model was asked."""


def _without_model(backbone):
    """The same backbone, which says so when it is to encode something."""

    class Model:
        config = backbone.model.config
        modules = backbone.model.modules

        def __call__(self, *_, **__):
            raise _AskedError

    return replace(backbone, model=Model())


def test_holds_the_frozen_vectors_word_by_word(backbone, tmp_path):
    teacher = _read(backbone, tmp_path)
    wanted = np.concatenate(encode_words(backbone.model, backbone.tokenizer, SENTENCES, layers=(1, 2), prefix=""))
    assert teacher.starts.tolist() == [0, 3]
    np.testing.assert_allclose(teacher.words.reshape(len(wanted), -1), wanted, atol=2e-3)
    assert teacher.sentences.shape == (2, backbone.hidden_size)


def test_is_not_made_again(backbone, tmp_path):
    first = _read(backbone, tmp_path)
    again = _read(_without_model(backbone), tmp_path)
    assert np.array_equal(first.words, again.words)
    assert np.array_equal(first.sentences, again.sentences)


@pytest.mark.parametrize("change", ["weights", "prefix", "layers", "words"])
def test_is_made_anew_for_other_input(backbone, tmp_path, change):
    _read(backbone, tmp_path)
    other = replace(_without_model(backbone), weights_hash="other" if change == "weights" else backbone.weights_hash)
    sentences = [("the", "cat"), ("big", "dog")] if change == "words" else SENTENCES
    with pytest.raises(_AskedError):
        read_teacher(
            other,
            sentences,
            (1,) if change == "layers" else (1, 2),
            prefix="big " if change == "prefix" else "",
            folder=tmp_path,
        )
    assert not list(tmp_path.glob("*.part"))


def test_a_damaged_file_is_made_anew(backbone, tmp_path):
    first = _read(backbone, tmp_path)
    kept = np.array(first.words)
    for file in tmp_path.glob("*.npy"):
        file.write_bytes(file.read_bytes()[:50])
    assert np.array_equal(_read(backbone, tmp_path).words, kept)


def test_only_the_files_used_last_stay(backbone, tmp_path, monkeypatch):
    monkeypatch.setattr(teachers, "KEPT", 2)
    for text in ("cat", "dog", "red"):
        read_teacher(backbone, [(text,)], (1,), folder=tmp_path)
    assert len(list(tmp_path.glob("*.npy"))) == 2
    read_teacher(_without_model(backbone), [("red",)], (1,), folder=tmp_path)
