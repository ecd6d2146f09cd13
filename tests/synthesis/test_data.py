"""Synthesis on third-party data: real English, real lexicons and tables, the shipped grammars."""

import tomllib
from itertools import islice

import pytest

from lexaug.files import resource
from lexaug.lexicon import CitationRules, Lexicon, read_lexicon
from lexaug.morphology.grammar import Grammar
from lexaug.morphology.readers import read_table
from lexaug.morphology.table import ParadigmTable
from lexaug.synthesis import ops
from lexaug.synthesis.source import read_conllu
from lexaug.synthesis.synthesizer import Synthesizer

TABLES = {"sme": "sme", "fao": "fao", "cym": "cym", "mlt": "mlt"}
pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def english(data):
    path = data / "english" / "UD_English-EWT" / "en_ewt-ud-dev.conllu"
    return list(islice(read_conllu(path), 300))


@pytest.mark.parametrize("code", TABLES)
def test_real_sentences_become_real_forms(data, english, code):
    rows = read_table(data / code / "unimorph" / TABLES[code], lang=code).rows
    lexicon = Lexicon("eng", code, read_lexicon(data / code / "lexicon.tsv", target_lang=code).entries)
    described = tomllib.loads(resource(f"grammars/{code}.toml").read_text(encoding="utf-8"))
    grammar, citation = Grammar.parse(described["grammar"]), CitationRules.parse(described.get("citation", {}))
    table = ParadigmTable(code, rows)
    synthesizer = Synthesizer(lexicon, table, grammar, citation, mode="morph", seed=1)
    made = [example for sentence in english if (example := synthesizer(sentence)) is not None]
    cells = [word for one in made for word, op in zip(one.target, one.ops, strict=True) if op == ops.CELL]
    assert len(made) > 150
    assert len(cells) > 50
    forms = {word.lower() for row in rows for word in row.form.split()}
    assert sum(word.lower() in forms for word in cells) / len(cells) > 0.9
    assert {source for one in made for source, _ in one.alignment}
