"""A small made-up language, its lexicon, table and grammar, and an analysed English sentence or two."""

import tomllib
from types import SimpleNamespace

import pytest

from lexaug.lexicon import CitationRules, Lexicon, LexiconEntry
from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.grammar import Grammar
from lexaug.morphology.row import ParadigmRow
from lexaug.morphology.table import ParadigmTable
from lexaug.synthesis.source import read_conllu
from lexaug.synthesis.synthesizer import Synthesizer

ENTRIES = [
    ("dog", "kano", "NOUN"),
    ("cat", "mito", "NOUN"),
    ("house", "talo", "NOUN"),
    ("boat", "sulano", "NOUN"),
    ("door", "ovi", "NOUN"),
    ("big", "suri", "ADJ"),
    ("see", "nak-a", "VERB"),
    ("give up", "luovu", "VERB"),
    ("of course", "totta", "ADV"),
    ("run", "juo", "VERB"),
    ("run", "juo", "NOUN"),
    ("quickly", "pian", "ADV"),
    ("he", "se", "PRON"),
    ("and", "ja", "CCONJ"),
]
CASES = {"NOM": "", "ACC": "n", "GEN": "t", "LOC": "ssa"}

GRAMMAR = """
[grammar]
compound = "join"
question = "~ko/PART"

[grammar.cases]
nsubj = "NOM"
obj = "ACC"
obl = "LOC"
"nmod:poss" = "GEN"
default = "NOM"

[grammar.verbs]
"PRS" = "V;PRS;{person};{number}"
"PST" = "V;PST;{person};{number}"
"PRS neg" = "@ei + V;CONNEG"
"PRS PRF" = "@olla;PRS + lemma"
"NFIN" = "lemma"
"" = "lemma"

[grammar.copula]
"PRS" = "@olla;PRS"
"" = "~olla"

[grammar.paradigms.olla]
"PRS 3 SG" = "on"
"PRS PL" = "ovat"

[grammar.paradigms.ei]
upos = "AUX"
"3 SG" = "ei"
"PL" = "eivat"

[grammar.words.same]
"the/DET" = ""
"a/DET" = ""
"to/PART" = ""

[grammar.words.PRON]
"this/DET" = "tama"

[grammar.adpositions]
in = "LOC"
of = { case = "GEN", phrase = "before" }
with = { case = "GEN", form = "kanssa", place = "after" }
"""


def _rows():
    for lemma in ("kano", "mito", "talo"):
        for case, ending in CASES.items():
            yield ParadigmRow(lemma, lemma + ending, FeatureBundle.parse(f"N;{case};SG"))
            yield ParadigmRow(lemma, lemma + "i" + ending, FeatureBundle.parse(f"N;{case};PL"))
    for case, ending in CASES.items():
        yield ParadigmRow("suri", "suri" + ending, FeatureBundle.parse(f"ADJ;{case};SG"))
    for person, number, ending in (("1", "SG", "n"), ("3", "SG", ""), ("3", "PL", "vat")):
        yield ParadigmRow("naka", "naki" + ending, FeatureBundle.parse(f"V;PST;{person};{number}"))
        yield ParadigmRow("naka", "nake" + ending, FeatureBundle.parse(f"V;PRS;{person};{number}"))
    yield ParadigmRow("naka", "nak", FeatureBundle.parse("V;CONNEG"))


@pytest.fixture(scope="session")
def facts():
    """Lexicon, table, grammar and citation rules of the made-up language."""
    lexicon = Lexicon("eng", "xxx", [LexiconEntry(source, target, pos) for source, target, pos in ENTRIES])
    citation = CitationRules(replace=(("-a", "a"),))
    grammar = Grammar.parse(tomllib.loads(GRAMMAR)["grammar"])
    return lexicon, ParadigmTable("xxx", _rows()), grammar, citation


@pytest.fixture
def make(facts):
    """A maker of synthesizers of the made-up language."""
    return lambda mode="morph", seed=0, **options: Synthesizer(*facts, mode=mode, seed=seed, **options)


@pytest.fixture
def pack(facts):
    """What a corpus needs of a language pack."""
    lexicon, table, grammar, citation = facts
    return SimpleNamespace(
        lexicon=lambda: lexicon,
        paradigms=lambda: table,
        grammar=grammar,
        citation=citation,
        language=SimpleNamespace(code="xxx"),
        licence="CC0-1.0",
        fingerprint="facts",
    )


@pytest.fixture
def parsed(tmp_path):
    """Read rows of `form lemma UPOS feats head deprel` as one analysed sentence."""

    def parse(rows, name="s1"):
        lines = [f"# sent_id = {name}"]
        for number, row in enumerate(rows.strip().splitlines(), start=1):
            form, lemma, upos, feats, head, deprel = row.split()
            lines.append(f"{number}\t{form}\t{lemma}\t{upos}\t_\t{feats}\t{head}\t{deprel}\t_\t_")
        path = tmp_path / "one.conllu"
        path.write_text("\n".join(lines) + "\n\n", encoding="utf-8")
        return next(read_conllu(path))

    return parse
