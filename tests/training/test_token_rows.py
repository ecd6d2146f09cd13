"""Rows of the tokens that occur."""

import torch

from lexaug.lexicon.entry import LexiconEntry
from lexaug.training.adapter import attach, token_row_parameter
from lexaug.training.token_rows import occurring_tokens, token_rows_of, translated_rows


def test_most_frequent_tokens_win_and_specials_stay_out(backbone):
    tokenizer = backbone.tokenizer
    a, b = tokenizer.convert_tokens_to_ids(["cat", "dog"])

    assert occurring_tokens(tokenizer, [["cat", "cat", "dog"], ["cat"]], 9) == sorted([a, b])
    assert occurring_tokens(tokenizer, [["dog", "cat", "cat"]], 1) == [a]


def test_looks_up_what_peft_looks_up(backbone):
    model = attach(backbone, rank=2, alpha=4, token_ids=[10, 12])
    with torch.no_grad():
        token_row_parameter(model).add_(1.0)
    ids = torch.tensor([[2, 10, 11], [12, 12, 3]])

    wanted = model.get_base_model().get_input_embeddings()(ids)

    torch.testing.assert_close(token_rows_of(model)(ids), wanted)


def test_only_rows_of_the_batch_get_a_gradient(backbone):
    model = attach(backbone, rank=2, alpha=4, token_ids=[10, 12])
    token_rows_of(model)(torch.tensor([[2, 12]])).sum().backward()

    gradient = token_row_parameter(model).grad
    assert gradient[0].abs().sum() == 0
    assert gradient[1].abs().sum() > 0


def test_a_row_starts_between_its_own_and_its_translation(backbone):
    tokenizer, weight = backbone.tokenizer, backbone.model.get_input_embeddings().weight
    cat, dog, red = tokenizer.convert_tokens_to_ids(["cat", "dog", "red"])
    entries = [LexiconEntry("dog", "cat")]

    rows = translated_rows(weight, [cat, red], entries, tokenizer)

    wanted = torch.nn.functional.normalize(weight[cat] + weight[dog], dim=0) * weight[cat].norm()
    torch.testing.assert_close(rows[0], wanted)
    torch.testing.assert_close(rows[1], weight[red])
