"""Checking the `[grammar]` table of a pack: tags and relations that nothing has."""

import tomllib

import pytest

from lexaug.files import resource
from lexaug.pack import check_pack
from lexaug.pack.grammar_check import grammar_findings
from lexaug.pack.load import load_pack

CODES = ["sme", "lug", "fao", "mlt", "cym", "swa", "amh", "kaz", "tgl", "san", "kmr", "quy"]
HEAD = 'language = "smj"\n[[paradigms]]\nfile = "a.tsv"\nlicence = "MIT"\n'
OF_TABLE = {"quy": ("AGT",)}
"""Tags outside the schema that the tables of a shipped grammar have."""
TABLE = "viessu\tviessu\tN;NOM;SG\nviessu\tviesu\tN;GEN;SG\nviessu\tviesuj\tN;OWN;SG\n"


def found(folder, **how):
    return [finding for finding in check_pack(folder, **how).findings if "grammar." in finding.message]


@pytest.mark.parametrize(
    ("table", "line", "named", "hint"),
    [
        (
            "[grammar.cases]\nnsubj = 'NOM'\nobj = 'ACCC'\n",
            7,
            "grammar.cases.obj: the tag 'ACCC'",
            "did you mean 'ACC'?",
        ),
        ("[grammar.cases]\nnsubjj = 'NOM'\n", 6, "no relation 'nsubjj'", "did you mean 'nsubj'?"),
        ("[grammar.cases]\n'nmod:pos' = 'NOM'\n", 6, "no relation 'nmod:pos'", "did you mean 'nmod:poss'?"),
        ("[grammar.cells]\nNOUN = 'N;{case};SNG'\n", 6, "the tag 'SNG'", "did you mean"),
        ("[grammar.verbs]\n'PRS' = 'V;IND;PRES;{person}>t/VERB'\n", 6, "the tag 'PRES'", "did you mean 'PRS'?"),
        ("[grammar.verbs]\n'' = '~no/PART + =be;V;QQQ'\n", 6, "the tag 'QQQ'", ""),
        ("[grammar.verbs]\n'PSTT neg' = 'lemma'\n", 6, "the tag 'PSTT'", "did you mean 'PST'?"),
        ("[grammar.adpositions]\nin = 'LOC'\non = [{case = 'SUPPP'}]\n", 7, "the tag 'SUPPP'", ""),
        (
            "[[grammar.derive]]\nupos = 'NOUN'\nfacts = 'PLL'\nrules = [['$', 's']]\n",
            7,
            "grammar.derive.1.facts: the tag 'PLL'",
            "did you mean 'PL'?",
        ),
        (
            "[grammar.paradigms.be]\n'PRS' = ''\n'PRS neg' = 'isnt'\n[grammar.verbs]\n'neg' = '@be;PRS neg + lemma'\n",
            9,
            "grammar.verbs.neg: no form of grammar.paradigms.be has 'PRS neg'",
            "apart by ';' and nothing else: PRS;neg",
        ),
        (
            "[grammar.paradigms.be]\n'neg' = 'isnt'\n[grammar.words.VERB]\nbe = ['@be', '@be;ngg/AUX']\n",
            8,
            "grammar.words.VERB.be: no form of grammar.paradigms.be has 'ngg'",
            "did you mean 'neg'?",
        ),
        (
            "[grammar.paradigms.ask]\n'SG' = 'ba'\n[grammar]\nquestion = '@ask;qq'\n",
            8,
            "grammar.question: no form of grammar.paradigms.ask has 'qq'",
            "known: SG",
        ),
        (
            "[grammar.paradigms.of]\n'SG' = 'ta'\n[grammar.adpositions]\nof = { form = '@of;SGG' }\n",
            8,
            "grammar.adpositions.of: no form of grammar.paradigms.of has 'SGG'",
            "did you mean 'SG'?",
        ),
    ],
)
def test_a_tag_or_relation_that_nothing_has_is_a_finding(written, table, line, named, hint):
    folder = written(HEAD + table, a=TABLE)
    (finding,) = found(folder)
    assert (finding.severity, finding.file, finding.line) == ("warning", "pack.toml", line)
    assert named in finding.message
    assert hint in (finding.hint or "")


def test_strict_makes_it_an_error(written):
    folder = written(f"{HEAD}[grammar.cases]\nobj = 'ACCC'\n", a=TABLE.replace("OWN", "DAT"))
    assert [finding.severity for finding in found(folder, strict=True)] == ["error"]


def test_tags_of_the_table_and_of_the_grammar_itself_are_known(written):
    folder = written(
        f"{HEAD}[grammar.cases]\nobj = 'OWN'\nobl = 'IN+ALL'\niobj = 'MINE'\n[grammar.genders]\nHERS = 'a$'\n"
        "[grammar.cells.NOUN]\n'MINE SG attr' = 'N;NOM;PSS1S'\n'SG HERS' = 'lemma>a'\n'' = 'N;{case};{number}'\n",
        a=TABLE,
    )
    assert found(folder) == []


@pytest.mark.parametrize("code", CODES)
def test_shipped_grammars_have_none(code, tmp_path):
    text = resource(f"grammars/{code}.toml").read_text(encoding="utf-8")
    head = f'language = "{code}"\n[[paradigms]]\nfile = "a.tsv"\nlicence = "MIT"\n'
    (tmp_path / "pack.toml").write_text(head + text, encoding="utf-8")
    (tmp_path / "a.tsv").write_text(f"a\ta\t{';'.join(('N', *OF_TABLE.get(code, ())))}\n", encoding="utf-8")
    assert tomllib.loads(text)["grammar"]
    assert list(grammar_findings(load_pack(tmp_path))) == []


def test_the_grammar_of_the_example_has_none():
    assert list(grammar_findings(load_pack(resource("demo")))) == []
