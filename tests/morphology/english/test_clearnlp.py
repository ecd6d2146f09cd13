"""ClearNLP trees, as spaCy's English pipelines give them, beside the UD trees that they become."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexaug.morphology.english.analysis import Analysis
from lexaug.morphology.english.clearnlp import to_universal

SENTENCES = {
    "an object and a passive": (
        "The/the/DET/2/det dog/dog/NOUN/4/nsubjpass was/be/AUX/4/auxpass seen/see/VERB/0/ROOT "
        "by/by/ADP/4/agent her/she/PRON/5/pobj ././PUNCT/4/punct",
        "2/det 4/nsubj:pass 4/aux:pass 0/root 6/case 4/obl:agent 4/punct",
    ),
    "prepositions of a verb and of a noun": (
        "I/I/PRON/2/nsubj read/read/VERB/0/ROOT books/book/NOUN/2/dobj of/of/ADP/3/prep stories/story/NOUN/4/pobj "
        "in/in/ADP/2/prep bed/bed/NOUN/6/pobj",
        "2/nsubj 0/root 2/obj 5/case 3/nmod 7/case 2/obl",
    ),
    "prepositions of several words": (
        "came/come/VERB/0/ROOT out/out/ADP/1/prep of/of/ADP/2/prep town/town/NOUN/3/pobj "
        "because/because/SCONJ/1/prep of/of/ADP/5/pcomp rain/rain/NOUN/6/pobj",
        "0/root 4/case 4/case 1/obl 7/case 5/fixed 1/obl",
    ),
    "a clause under a preposition": (
        "left/leave/VERB/0/ROOT after/after/ADP/1/prep seeing/see/VERB/2/pcomp it/it/PRON/3/dobj",
        "0/root 3/mark 1/advcl 3/obj",
    ),
    "a copula with an adjective, negated": (
        "They/they/PRON/2/nsubj are/be/AUX/0/ROOT n't/n't/PART/2/neg big/big/ADJ/2/acomp ././PUNCT/2/punct",
        "4/nsubj 4/cop 4/advmod 0/root 4/punct",
    ),
    "a copula with a noun in a clause": (
        "know/know/VERB/0/ROOT that/that/SCONJ/5/mark she/she/PRON/5/nsubj will/will/AUX/5/aux be/be/AUX/1/ccomp "
        "a/a/DET/7/det teacher/teacher/NOUN/5/attr of/of/ADP/7/prep art/art/NOUN/8/pobj",
        "0/root 7/mark 7/nsubj 7/aux 7/cop 7/det 1/ccomp 9/case 7/nmod",
    ),
    "a place after the copula": (
        "She/she/PRON/2/nsubj is/be/AUX/0/ROOT in/in/ADP/2/prep town/town/NOUN/3/pobj",
        "4/nsubj 4/cop 4/case 0/root",
    ),
    "what there is": (
        "There/there/PRON/2/expl is/be/VERB/0/ROOT a/a/DET/4/det house/house/NOUN/2/attr "
        "on/on/ADP/2/prep fire/fire/NOUN/5/pobj",
        "2/expl 0/root 4/det 2/nsubj 6/case 2/obl",
    ),
    "a chain of conjuncts": (
        "Cats/cat/NOUN/0/ROOT ,/,/PUNCT/1/punct dogs/dog/NOUN/1/conj and/and/CCONJ/3/cc cows/cow/NOUN/3/conj",
        "0/root 1/punct 1/conj 5/cc 1/conj",
    ),
    "conjuncts under prepositions": (
        "lives/live/VERB/0/ROOT in/in/ADP/1/prep town/town/NOUN/2/pobj and/and/CCONJ/2/cc on/on/ADP/2/conj "
        "farms/farm/NOUN/5/pobj",
        "0/root 3/case 1/obl 6/cc 6/case 3/conj",
    ),
    "two objects, an infinitive, a particle, a stranded preposition": (
        "gave/give/VERB/0/ROOT him/he/PRON/1/dative her/her/PRON/4/poss pen/pen/NOUN/1/dobj back/back/ADP/1/prt "
        "to/to/PART/7/aux write/write/VERB/1/advcl with/with/ADP/7/prep",
        "0/root 1/iobj 4/nmod:poss 1/obj 1/compound:prt 7/mark 1/advcl 7/advmod",
    ),
    "to whom something is given": (
        "gave/give/VERB/0/ROOT it/it/PRON/1/dobj to/to/ADP/1/dative him/he/PRON/3/pobj last/last/ADJ/6/amod "
        "week/week/NOUN/1/npadvmod",
        "0/root 1/obj 4/case 1/obl 6/amod 1/obl:unmarked",
    ),
}


def analysis(text):
    tokens, lemmas, upos, heads, relations = zip(*(word.rsplit("/", 4) for word in text.split()), strict=True)
    heads = tuple(map(int, heads))
    return Analysis(tokens, lemmas, upos, tuple({"Aspect": "Perf"} for _ in heads), heads, relations, " ".join(tokens))


@pytest.mark.parametrize(("clearnlp", "universal"), SENTENCES.values(), ids=SENTENCES.keys())
def test_a_clearnlp_tree_becomes_a_universal_one(clearnlp, universal):
    found = to_universal(analysis(clearnlp))
    assert " ".join(f"{head}/{name}" for head, name in zip(found.heads, found.deprels, strict=True)) == universal
    assert found.tokens == analysis(clearnlp).tokens


def test_lemmas_and_features_follow_the_english_treebanks():
    found = to_universal(analysis("He/he/PRON/3/nsubj 's/'s/AUX/3/aux gone/go/VERB/0/ROOT Ann/Ann/PROPN/3/dobj"))
    assert found.lemmas == ("he", "be", "go", "Ann")
    assert found.feats == ({}, {}, {}, {})
    negated = to_universal(analysis("Do/do/AUX/3/aux n’t/n’t/PART/3/neg go/go/VERB/0/ROOT"))
    assert negated.lemmas == ("do", "not", "go")


RELATIONS = (
    *("acl", "acomp", "advcl", "advmod", "agent", "amod", "attr", "aux", "auxpass", "case", "cc", "ccomp", "compound"),
    *("conj", "dative", "det", "dobj", "expl", "mark", "neg", "nmod", "npadvmod", "nsubj", "oprd", "pcomp", "pobj"),
    *("poss", "prep", "prt", "punct", "relcl", "xcomp"),
)


@st.composite
def trees(draw):
    size = draw(st.integers(1, 12))
    order = draw(st.permutations(range(1, size + 1)))
    heads = {word: order[draw(st.integers(0, place - 1))] if place else 0 for place, word in enumerate(order)}
    words = []
    for word in range(1, size + 1):
        lemma = draw(st.sampled_from(["be", "there", "of", "house"]))
        upos = draw(st.sampled_from(["ADP", "AUX", "VERB", "NOUN", "ADJ", "SCONJ", "CCONJ", "PART"]))
        relation = draw(st.sampled_from(RELATIONS)) if heads[word] else "ROOT"
        words.append(f"{lemma}/{lemma}/{upos}/{heads[word]}/{relation}")
    return " ".join(words)


@given(trees())
def test_a_tree_stays_a_tree_with_one_root(text):
    found = to_universal(analysis(text))
    assert [name for name in found.deprels if name == "root"] == ["root"]
    assert found.heads.count(0) == 1
    for word in range(1, len(found.heads) + 1):
        seen = set()
        while word:
            assert word not in seen
            seen.add(word)
            word = found.heads[word - 1]
