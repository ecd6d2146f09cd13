"""What every shipped grammar is to say on a small pack: no dead lines, negation, having, passives, agreement."""

import re
import tomllib
from collections import Counter

import pytest

from lexaug.files import resource
from lexaug.lexicon import CitationRules, Lexicon, LexiconEntry
from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.grammar import Grammar
from lexaug.morphology.row import ParadigmRow
from lexaug.morphology.table import ParadigmTable
from lexaug.synthesis.source import SourceSentence
from lexaug.synthesis.synthesizer import Synthesizer

CODES = ("amh", "cym", "fao", "kaz", "kmr", "lug", "mlt", "quy", "san", "sme", "swa", "tgl")
SOURCES = ("child/NOUN", "tree/NOUN", "book/NOUN", "water/NOUN", "see/VERB", "write/VERB", "big/ADJ", "not/PART")
WORDS = {
    "amh": "ልጅ ዛፍ መጽሐፍ ውሃ አየ ጻፈ ትልቅ አይደለም",
    "cym": "plentyn coeden llyfr dŵr gweld ysgrifennu mawr ddim",
    "fao": "barn træ bók vatn síggja skriva stórur ikki",
    "kaz": "бала ағаш кітап су көр жаз үлкен емес",
    "kmr": "zarok dar pirtûk av dîtin nivîsandin mezin ne",
    "lug": "omwana omuti ekitabo amazzi okulaba okuwandiika -nene si",
    "mlt": "tifel siġra ktieb ilma ra kiteb kbir ma",
    "quy": "wawa sacha liwru yaku qaway qillqay hatun mana",
    "san": "बाल वृक्ष पुस्तक जल पश्यति लिखति बृहत् न",
    "sme": "mánná muorra girji čáhci oaidnit čállit stuoris ii",
    "swa": "mtoto mti kitabu maji ona andika kubwa si",
    "tgl": "bata puno aklat tubig makita sumulat malaki hindi",
}
TABLES = {
    "amh": "አየ ያያል V;IPFV;3;SG;MASC|አየ ማየት V.MSDR|ጻፈ መጻፍ V.MSDR|ልጅ ልጁ N;DEF;MASC|ዛፍ ዛፉ N;DEF;MASC",
    "kaz": "көру көреді V;PRS;3;SG|көру көрмейді V;NEG;PRS;3;SG|бала балада N;LOC;SG|ағаш ағашты N;ACC;SG",
    "kmr": "dîtin dibîne V;IND;POS;PRS;3;SG|dîtin nabîne V;IND;NEG;PRS;3;SG|dîtin bibîne V;SBJV;POS;PRS;3;SG",
    "quy": "qaway qawan V;PRS;3;SG|wawa wawapa N;GEN;SG|wawa wawa N;NOM;SG|sacha sachata N;ACC;SG",
    "san": "पश्यति पश्यति V;IND;PRS;3;SG|बाल बालस्य N;GEN;SG|बाल बालः N;NOM;SG|पुस्तक पुस्तकम् N;NOM;SG|वृक्ष वृक्षम् N;ACC;SG",
    "tgl": "kita nakikita V;IPFV;AGFOC|sulat sinulat V;PFV;PFOC|sulat sumusulat V;IPFV;AGFOC",
}
MARKS = frozenset(
    [
        *("neg", "concord", "have", "exist", "identity", "place", "question", "some", "can", "may", "must", "should"),
        *("acl", "advcl", "amod", "pred", "attr", "GER", "PTCP"),
    ]
)
"""Facts of predicates that are no UniMorph tags."""
SENTENCES = {
    "see": "the/DET/2/det child/NOUN/3/nsubj see+PRS/VERB/0/root the/DET/5/det tree/NOUN/3/obj",
    "not see": "the/DET/2/det child/NOUN/5/nsubj do+PRS/AUX/5/aux not/PART/5/advmod see+NFIN/VERB/0/root "
    "the/DET/7/det tree/NOUN/5/obj",
    "can not see": "the/DET/2/det child/NOUN/5/nsubj can/AUX/5/aux not/PART/5/advmod see+NFIN/VERB/0/root "
    "the/DET/7/det tree/NOUN/5/obj",
    "not big": "the/DET/2/det tree/NOUN/5/nsubj be+PRS/AUX/5/cop not/PART/5/advmod big/ADJ/0/root "
    "water/NOUN/5/obl child/NOUN/5/obl",
    "have": "the/DET/2/det child/NOUN/3/nsubj have+PRS/VERB/0/root book/NOUN/3/obj water/NOUN/3/obl",
    "not have": "the/DET/2/det child/NOUN/5/nsubj do+PRS/AUX/5/aux not/PART/5/advmod have+NFIN/VERB/0/root "
    "book/NOUN/5/obj water/NOUN/5/obl",
    "passive": "the/DET/2/det book/NOUN/4/nsubj:pass be+PST/AUX/4/aux:pass write+PTCP;PST/VERB/0/root "
    "water/NOUN/4/obl child/NOUN/4/obl",
    "there is": "there/PRON/2/expl be+PRS/VERB/0/root water/NOUN/2/nsubj child/NOUN/2/obl tree/NOUN/2/obl",
    "trees": "the/DET/3/det big/ADJ/3/amod tree+PL/NOUN/4/nsubj see+PRS/VERB/0/root this/DET/6/det book/NOUN/4/obj",
    "my book": "my/PRON/2/nmod:poss book/NOUN/3/nsubj see+PRS/VERB/0/root the/DET/5/det tree/NOUN/3/obj",
}
EXPECTED = [
    ("amh", "not see", "አይደለም"),
    ("amh", "can not see", "ማየት አይችልም"),
    ("amh", "have", "አለው$"),
    ("amh", "not have", "የለውም$"),
    ("amh", "there is", "አለ"),
    ("amh", "see", "ዛፉን ያያል$"),
    ("amh", "not big", "ትልቅ አይደለም$"),
    ("kaz", "not see", "ағашты көрмейді$"),
    ("kaz", "can not see", "көре алмайды$"),
    ("kaz", "have", "^балада кітап .*бар$"),
    ("kaz", "not have", "^балада кітап .*жоқ$"),
    ("kaz", "passive", "жазылды$"),
    ("kaz", "my book", "^кітабым "),
    ("kaz", "not big", "үлкен емес$"),
    ("kmr", "not see", "nabîne$"),
    ("kmr", "can not see", "nikare .*bibîne$"),
    ("kmr", "have", "heye$"),
    ("kmr", "not have", "tune$"),
    ("kmr", "passive", "hat nivîsandin$"),
    ("kmr", "not big", "mezin nîne$"),
    ("lug", "not see", "^omwana talaba omuti$"),
    ("lug", "can not see", "^omwana tasobola okulaba omuti$"),
    ("lug", "have", "^omwana alina ekitabo"),
    ("lug", "not have", "^omwana talina ekitabo"),
    ("lug", "passive", "^ekitabo kyawandiikibwa"),
    ("lug", "trees", "^emiti eminene gilaba ekitabo kino$"),
    ("lug", "there is", "^waliwo amazzi"),
    ("quy", "not see", "^wawa sachata manam qawanchu$"),
    ("quy", "can not see", "sachata manam qaway atinchu$"),
    ("quy", "have", "^wawapa liwru .*kapun$"),
    ("quy", "not have", "^wawapa liwru .*manam kapunchu$"),
    ("san", "not see", "^बालः वृक्षम् न पश्यति$"),
    ("san", "have", "^बालस्य पुस्तकम् .*अस्ति$"),
    ("san", "not have", "^बालस्य पुस्तकम् .*न अस्ति$"),
    ("swa", "not see", "^mtoto haoni mti$"),
    ("swa", "can not see", "^mtoto hawezi kuona mti$"),
    ("swa", "have", "^mtoto ana kitabu"),
    ("swa", "not have", "^mtoto hana kitabu"),
    ("swa", "passive", "^kitabu kiliandikwa"),
    ("swa", "trees", "^miti kubwa inaona kitabu hiki$"),
    ("swa", "not big", "^mti si kubwa"),
    ("swa", "there is", "^kuna maji"),
    ("tgl", "see", "^nakikita ang bata ng puno$"),
    ("tgl", "not see", "^hindi nakikita ang bata ng puno$"),
    ("tgl", "have", "^(may|mayroong) ang bata aklat"),
    ("tgl", "not have", "^walang ang bata aklat"),
    ("tgl", "passive", "^sinulat ang aklat"),
]


def described(code):
    return tomllib.loads(resource(f"grammars/{code}.toml").read_text(encoding="utf-8"))


def source(text):
    """Read `form+TAGS/UPOS/head/relation` words."""
    words = [word.rsplit("/", 3) for word in text.split()]
    forms, tags, heads, relations = zip(*words, strict=True)
    lemmas = tuple(form.partition("+")[0] for form in forms)
    classes = {"VERB": "V", "AUX": "V", "NOUN": "N"}
    bundles = []
    for form, tag in zip(forms, tags, strict=True):
        known = form.partition("+")[2] or "SG"
        name = classes.get(tag, tag)
        bundles.append(FeatureBundle.parse(f"V.{known}" if known.startswith("PTCP") else f"{name};{known}"))
    return SourceSentence("s", lemmas, lemmas, tags, tuple(bundles), tuple(map(int, heads)), relations, text)


@pytest.fixture(scope="module")
def say():
    """Say a sentence in a language, with all its alternatives."""
    made = {}

    def facts(code):
        pairs = zip(SOURCES, WORDS[code].split(), strict=True)
        entries = [LexiconEntry(name.partition("/")[0], word, name.partition("/")[2]) for name, word in pairs]
        rows = [line.split() for line in TABLES.get(code, "").split("|") if line]
        table = ParadigmTable(code, [ParadigmRow(one, form, FeatureBundle.parse(cell)) for one, form, cell in rows])
        told = described(code)
        citation = CitationRules.parse(told.get("citation", {}))
        return Lexicon("eng", code, entries), table, Grammar.parse(told["grammar"]), citation

    def speak(code, name):
        if code not in made:
            made[code] = [Synthesizer(*facts(code), mode="morph", seed=seed, inflector="none") for seed in range(6)]
        return {" ".join(one(source(SENTENCES[name])).target).lower() for one in made[code]}

    return speak


@pytest.mark.parametrize("code", CODES)
def test_every_closed_word_is_said_once(code):
    words = described(code)["grammar"].get("words", {})
    times = Counter(word for group in words.values() for word in group)
    assert [word for word, count in times.items() if count > 1] == []


@pytest.mark.parametrize("code", CODES)
def test_every_paradigm_is_used(code):
    grammar = Grammar.parse(described(code)["grammar"])
    holders = [grammar.verbs, grammar.copula, *(word.forms for word in grammar.words.values())]
    texts = [text for rules in holders for _, forms in rules.items for text in forms]
    texts += [entry.form for entries in grammar.adpositions.values() for entry in entries]
    used = set(re.findall(r"@(\w+)", " ".join((*texts, grammar.question))))
    assert grammar.paradigms.keys() == used


@pytest.mark.parametrize("code", CODES)
def test_predicates_ask_for_facts_that_exist(code):
    grammar = Grammar.parse(described(code)["grammar"])
    asked = grammar.verbs.mentioned | grammar.copula.mentioned
    assert FeatureBundle.of(*asked).unknown() <= MARKS | grammar.genders.keys()


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(("positive", "negative"), [("see", "not see"), ("have", "not have")])
def test_negation_is_never_lost(say, code, positive, negative):
    assert not say(code, positive) & say(code, negative)
    assert all("not" not in sentence.split() for sentence in say(code, negative))


@pytest.mark.parametrize(("code", "name", "pattern"), EXPECTED)
def test_sentences_are_said_as_the_language_says_them(say, code, name, pattern):
    assert [sentence for sentence in say(code, name) if not re.search(pattern, sentence)] == []
