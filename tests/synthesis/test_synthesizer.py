"""From a sentence to its pseudo-translation, on a made-up language."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexaug.errors import ConfigError
from lexaug.lexicon import Lexicon, LexiconEntry
from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.grammar import Grammar
from lexaug.morphology.table import ParadigmTable
from lexaug.synthesis import ops
from lexaug.synthesis.source import SourceSentence
from lexaug.synthesis.synthesizer import Synthesizer

DOGS = """
The the DET _ 3 det
big big ADJ Degree=Pos 3 amod
dogs dog NOUN Number=Plur 4 nsubj
saw see VERB Mood=Ind|Tense=Past|VerbForm=Fin 0 root
a a DET _ 6 det
cat cat NOUN Number=Sing 4 obj
in in ADP _ 9 case
the the DET _ 9 det
house house NOUN Number=Sing 4 obl
. . PUNCT _ 4 punct
"""


def test_words_are_replaced_in_place(make, parsed):
    example = make("lexicon")(parsed(DOGS))
    assert example.target == ("The", "suri", "kano", "nak-a", "a", "mito", "in", "the", "talo", ".")
    assert example.ops[:4] == (ops.COPIED, ops.LEXICON, ops.LEXICON, ops.LEXICON)
    assert example.upos == parsed(DOGS).upos


def test_case_number_tense_and_agreement_come_from_the_sentence(make, parsed):
    example = make("morph")(parsed(DOGS))
    assert example.target == ("Suri", "kanoi", "nakivat", "miton", "talossa", ".")
    assert example.ops[1:] == (ops.CELL, ops.CELL, ops.CELL, ops.CELL, ops.PUNCT)
    assert example.alignment == ((1, 0), (2, 1), (3, 2), (5, 3), (8, 4), (9, 5))


def test_random_cells_keep_the_lemma(make, parsed):
    seen = {make("random-inflection", seed)(parsed(DOGS)).target[1] for seed in range(40)}
    assert seen <= {"kano" + ending for ending in ("", "n", "t", "ssa", "i", "in", "it", "issa")}
    assert len(seen) > 3


def test_all_modes_choose_the_same_sentences(make, parsed):
    few = "Dogs dog NOUN Number=Plur 2 nsubj\nsleep sleep VERB VerbForm=Fin 0 root\n"
    for mode in ("lexicon", "morph", "random-inflection"):
        assert make(mode)(parsed(few)) is None
        assert make(mode)(parsed(DOGS)).coverage == pytest.approx(5 / 9)


def test_negation_takes_the_auxiliary_and_the_connegative(make, parsed):
    rows = """
The the DET _ 2 det
dog dog NOUN Number=Sing 5 nsubj
does do AUX Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin 5 aux
not not PART _ 5 advmod
see see VERB VerbForm=Inf 0 root
cats cat NOUN Number=Plur 5 obj
"""
    example = make()(parsed(rows))
    assert example.target == ("Kano", "ei", "nak", "mitoin")
    assert example.upos == ("NOUN", "AUX", "VERB", "NOUN")
    assert example.ops[1] == ops.GRAMMAR


def test_a_question_gets_its_particle_and_its_verb_first(make, parsed):
    rows = """
Does do AUX Mood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin 4 aux
the the DET _ 3 det
dog dog NOUN Number=Sing 4 nsubj
see see VERB VerbForm=Inf 0 root
cats cat NOUN Number=Plur 4 obj
? ? PUNCT _ 4 punct
"""
    example = make()(parsed(rows))
    assert example.target == ("Nake", "ko", "kano", "mitoin", "?")
    assert example.upos[1] == "PART"


def test_phrases_compounds_and_particles(make, parsed):
    rows = """
Of of ADV _ 5 advmod
course course ADV _ 1 fixed
house house NOUN Number=Sing 4 compound
dogs dog NOUN Number=Plur 5 nsubj
gave give VERB Mood=Ind|Tense=Past|VerbForm=Fin 0 root
cats cat NOUN Number=Plur 5 obj
up up ADP _ 5 compound:prt
"""
    example = make()(parsed(rows))
    assert example.target == ("Totta", "talokanoi", "luovu", "mitoin")
    assert example.alignment == ((0, 0), (1, 0), (2, 1), (3, 1), (4, 2), (5, 3))


def test_genitives_and_postpositions_move(make, parsed):
    rows = """
the the DET _ 2 det
house house NOUN Number=Sing 8 nsubj
of of ADP _ 4 case
dogs dog NOUN Number=Plur 2 nmod
with with ADP _ 7 case
a a DET _ 7 det
cat cat NOUN Number=Sing 2 nmod
ran run VERB Mood=Ind|Tense=Past|VerbForm=Fin 0 root
"""
    assert make()(parsed(rows)).target == ("kanoit", "talo", "mitot", "kanssa", "juo")


def test_words_outside_the_table_follow_those_that_end_alike(make, parsed):
    rows = DOGS.replace("cat cat", "boat boat")
    example = make()(parsed(rows))
    assert example.target[3] == "sulanon"
    assert example.ops[3] == ops.RULES
    assert make(inflector="none")(parsed(rows)).target[3] == "sulano"


def test_casing_follows_the_source(make, parsed):
    example = make()(parsed(DOGS.replace("cat cat", "CAT cat").replace("The the", "the the")))
    assert (example.target[0], example.target[3]) == ("suri", "MITON")


def test_a_misspelt_mode_is_an_error(make):
    with pytest.raises(ConfigError, match="morf") as caught:
        make("morf")
    assert "morph" in caught.value.hint


def test_a_copy_in_another_process_makes_the_same(make, parsed):
    made = make("random-inflection", 7)
    assert pickle.loads(pickle.dumps(made))(parsed(DOGS), 3) == made(parsed(DOGS), 3)


WORDS = st.sampled_from(
    [
        ("dog", "NOUN", "N;PL"),
        ("cat", "NOUN", "N;SG"),
        ("see", "VERB", "V;PST;FIN"),
        ("see", "VERB", "V;NFIN"),
        ("be", "AUX", "V;PRS;FIN"),
        ("not", "PART", ""),
        ("in", "ADP", ""),
        ("the", "DET", ""),
        ("Ann", "PROPN", "PROPN;SG"),
        ("he", "PRON", "PRO;NOM;SG;3"),
        ("and", "CCONJ", ""),
        ("?", "PUNCT", ""),
    ]
)
RELATIONS = st.sampled_from(
    ["nsubj", "obj", "obl", "nmod", "nmod:poss", "amod", "det", "case", "aux", "cop", "advmod", "conj", "cc", "mark"]
)


@st.composite
def sentences(draw):
    """Any tree over any words: synthesis is to survive analyses that make no sense."""
    words = draw(st.lists(WORDS, min_size=3, max_size=9))
    root = draw(st.integers(0, len(words) - 1))
    heads = [
        0 if index == root else draw(st.integers(1, index)) if index > root else root + 1 for index in range(len(words))
    ]
    heads = [root + 1 if index != root and head == index + 1 else head for index, head in enumerate(heads)]
    relations = ["root" if index == root else draw(RELATIONS) for index in range(len(words))]
    lemmas, upos, bundles = zip(*words, strict=True)
    parsed = tuple(FeatureBundle.parse(bundle) for bundle in bundles)
    return SourceSentence("h", lemmas, lemmas, upos, parsed, tuple(heads), tuple(relations), " ".join(lemmas))


@pytest.fixture(scope="module")
def synthesizers(facts):
    from lexaug.synthesis.synthesizer import MODES, Synthesizer

    return [Synthesizer(*facts, mode=mode, seed=5) for mode in MODES]


@given(sentence=sentences(), sample=st.integers(0, 3))
def test_every_token_has_its_source_op_and_tag(synthesizers, sentence, sample):
    for synthesizer in synthesizers:
        example = synthesizer(sentence, sample)
        if example is None:
            continue
        assert len(example.ops) == len(example.upos) == len(example.target)
        assert set(example.ops) <= set(ops.OPS)
        assert {target for _, target in example.alignment} == set(range(len(example.target)))
        assert all(0 <= source < len(example.source) for source, _ in example.alignment)
        assert [target for _, target in example.alignment] == sorted(target for _, target in example.alignment)
        assert 0 < example.coverage <= 1
        assert example == synthesizer(sentence, sample)


NOT_SEEN = """
Dogs dog NOUN Number=Plur 5 nsubj
can can AUX VerbForm=Fin|Mood=Ind|Tense=Pres 5 aux
not not PART _ 5 advmod
quickly quickly ADV _ 5 advmod
see see VERB VerbForm=Inf 0 root
cats cat NOUN Number=Plur 5 obj
"""


@pytest.mark.parametrize(
    ("grammar", "expected"),
    [
        ({}, "kano can not pian nak-a mito"),
        ({"verbs": {"PRS": "V;PRS;3;PL"}}, "kano can not pian nak-a mito"),
        ({"verbs": {"PRS can": "~voi + lemma"}}, "kano voi not pian nak-a mito"),
        ({"verbs": {"PRS can neg": "V;NEG"}}, "kano pian not nak-a mito"),
        ({"verbs": {"PRS can neg": "V;NEG>ei"}}, "kano pian nak-aei mito"),
        (
            {"verbs": {"PRS can": "~voi + lemma"}, "words": {"PART": {"not/PART": "ala"}}},
            "kano voi ala pian nak-a mito",
        ),
        ({"verbs": {"PRS can": "lemma"}, "order": {"negation": "after"}}, "kano pian nak-a not mito"),
        ({"verbs": {"PRS can": "~voi + lemma"}, "order": {"negation": "before"}}, "kano not voi pian nak-a mito"),
        ({"verbs": {"PRS can": "~voi + lemma"}, "order": {"verb": "first"}}, "voi not nak-a kano pian mito"),
        (
            {"verbs": {"PRS": "lemma", "PRS neg": "~ei + lemma", "PRS can": "~voi + lemma"}},
            "kano voi not pian nak-a mito",
        ),
        ({"verbs": {"PRS": "lemma", "can neg": "~ei + ~voi + lemma"}}, "kano ei voi pian nak-a mito"),
    ],
)
def test_negation_never_vanishes(facts, parsed, grammar, expected):
    lexicon, _, _, citation = facts
    synthesizer = Synthesizer(lexicon, ParadigmTable("xxx", []), Grammar.parse(grammar), citation, mode="morph", seed=0)
    assert " ".join(synthesizer(parsed(NOT_SEEN)).target).lower() == expected


def test_alternatives_are_drawn(facts, parsed):
    lexicon, table, _, citation = facts
    described = {
        "verbs": {"PST": ["~yks", "@olla", "lemma"]},
        "paradigms": {"olla": {"": ["kaks", "kolme"]}},
        "cells": {"NOUN": "lemma"},
    }
    grammar = Grammar.parse(described)
    made = {
        Synthesizer(lexicon, table, grammar, citation, mode="morph", seed=seed)(parsed(DOGS)).target[3]
        for seed in range(60)
    }
    assert made == {"yks", "kaks", "kolme", "nak-a"}


@pytest.mark.parametrize("described", [{"verbs": {"PST": ["a + b", "c"]}}, {"cells": {"NOUN": ["N;SG", "N;PL"]}}])
def test_alternatives_that_cannot_be_drawn_are_errors(described):
    with pytest.raises(ConfigError, match="alternatives"):
        Grammar.parse(described)


def test_sentences_with_one_id_draw_apart(make, parsed):
    made = {make("random-inflection")(parsed(DOGS.replace("The", "The" * n))).target[1] for n in range(1, 20)}
    assert len(made) > 1


def test_only_the_word_in_the_cell_counts_and_joined_words_do_not(facts, make, parsed):
    _, table, grammar, citation = facts
    entries = [
        ("dog", "pikku kano", "NOUN"),
        ("cat", "mito", "NOUN"),
        ("house", "talo", "NOUN"),
        ("see", "nak-a", "VERB"),
    ]
    lexicon = Lexicon("eng", "xxx", [LexiconEntry(*entry) for entry in entries])
    example = Synthesizer(lexicon, table, grammar, citation, mode="morph", seed=0)(parsed(DOGS))
    assert list(zip(example.target, example.ops, strict=True))[1:3] == [("pikku", ops.LEXICON), ("kanoi", ops.CELL)]
    joined = "House house NOUN Number=Sing 2 compound\ndogs dog NOUN Number=Plur 3 nsubj\n"
    joined += "saw see VERB Mood=Ind|Tense=Past|VerbForm=Fin 0 root\ncats cat NOUN Number=Plur 3 obj\n"
    assert make()(parsed(joined)).ops[0] == ops.DERIVED


def test_the_head_of_a_phrase_inflects_where_it_stands_first(facts, parsed):
    _, table, _, citation = facts
    entries = [
        ("dog", "kano mito", "NOUN"),
        ("cat", "mito", "NOUN"),
        ("house", "talo", "NOUN"),
        ("see", "nak-a", "VERB"),
    ]
    lexicon = Lexicon("eng", "xxx", [LexiconEntry(*entry) for entry in entries])
    for head, expected in (("first", "kanoi mito"), ("final", "kano mitoi")):
        grammar = Grammar.parse({"order": {"head": head}, "cases": {"nsubj": "NOM"}})
        example = Synthesizer(lexicon, table, grammar, citation, mode="morph", seed=0)(parsed(DOGS))
        assert expected in " ".join(example.target)
