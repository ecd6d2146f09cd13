"""The demo pack as a pack: it loads, its licence is free, and its grammar makes Maltese sentences."""

from functools import cache

from lexaug.files import resource
from lexaug.pack.load import load_pack
from lexaug.pack.pack import LanguagePack
from lexaug.synthesis import ops
from lexaug.synthesis.example import PseudoExample
from lexaug.synthesis.source import read_conllu
from lexaug.synthesis.synthesizer import build_synthesizer


@cache
def pack() -> LanguagePack:
    return load_pack(resource("demo"), strict=True)


@cache
def made() -> dict[str, PseudoExample]:
    synthesizer = build_synthesizer(pack(), mode="morph", seed=1)
    sentences = read_conllu(resource("demo") / "english.conllu")
    return {sentence.text: found for sentence in sentences if (found := synthesizer(sentence)) is not None}


def test_the_pack_is_maltese_and_in_the_public_domain() -> None:
    assert pack().language.code == "mlt"
    assert pack().licence == "CC0-1.0"
    assert len(pack().lexicon()) >= 500
    assert len(pack().paradigms().bundles("V")) == 16


def test_most_sentences_of_the_pack_become_pseudo_sentences() -> None:
    assert len(made()) >= 150
    given = [op for example in made().values() for op in example.ops]
    assert given.count(ops.CELL) >= 0.3 * len(given)
    assert given.count(ops.NEAREST) + given.count(ops.COPIED) <= 0.05 * len(given)


def test_articles_prepositions_order_and_agreement_are_maltese() -> None:
    assert made()["I saw a big dog in the garden."].target[-5:] == ("kelb", "kbir", "fil-", "ġnien", ".")
    assert made()["The price of the ticket is low."].target == ("Il-", "prezz", "tal-", "biljett", "hu", "baxx", ".")
    *start, old, _ = made()["The houses are old."].target
    assert start == ["Id-", "djar", "huma"]
    assert old in ("qodma", "xjuħ")  # plurals of the two words for old, drawn by seed
    assert made()["The girls sang and danced."].target == ("It-", "tfajliet", "kantaw", "u", "żifnu", ".")
