"""Words that the table does not list: inflected where the inflector is sure, in the table's own cells."""

import pickle
import subprocess
import sys

import pytest

from lexaug.errors import ConfigError, FormatError, MissingError
from lexaug.inflection.examples import InflectionExample
from lexaug.inflection.folder import write_inflector
from lexaug.inflection.inflector import Inflector, RuleAsked
from lexaug.inflection.rules import fit_rules
from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.grammar import Grammar
from lexaug.morphology.row import ParadigmRow
from lexaug.morphology.table import ParadigmTable
from lexaug.synthesis import ops
from lexaug.synthesis.synthesizer import Synthesizer
from lexaug.synthesis.unlisted import Unlisted

PLURAL = FeatureBundle.parse("N;LOC;PL")
STEMS = [first + vowel + last for first in "bkmt" for vowel in "aou" for last in ("ro", "li", "re", "lo")]


def table(*cells, lang="xxx"):
    """A table whose lemmas all have some cells, each with an ending."""
    return ParadigmTable(
        lang,
        [ParadigmRow(stem, stem + ending, FeatureBundle.parse(cell)) for stem in STEMS for cell, ending in cells],
    )


def test_the_wish_is_put_into_the_cell_that_the_table_has():
    unlisted = Unlisted(table(("N;LOC;PL;INDF", "issa"), ("N;LOC;SG;INDF", "ssa")), "rules", 0)
    assert unlisted.form("sularo", "NOUN", PLURAL) == "sularoissa"
    assert unlisted.form("sularo", "NOUN", FeatureBundle.parse("N;ACC;PL")) == ""
    assert unlisted.form("sularo", "ADV", PLURAL) == ""


def test_of_two_notations_of_a_cell_the_common_one_is_taken():
    rows = list(table(("N;LOC;PL;INDF", "issa"))) + [
        ParadigmRow(stem, stem + "ssi", FeatureBundle.parse("N;LOC(PL)")) for stem in STEMS[:5]
    ]
    assert Unlisted(ParadigmTable("xxx", rows), "rules", 0).form("sularo", "NOUN", PLURAL) == "sularoissa"


def test_nothing_is_learnt_before_the_first_question():
    unlisted = Unlisted(table(("N;LOC;PL", "issa")), "rules", 0)
    assert unlisted.trust == {}
    unlisted.form("sularo", "NOUN", PLURAL)
    assert list(unlisted.trust) == ["N"]
    assert unlisted.trust["N"].accuracy == 1.0


def test_random_forms_are_few_and_the_same_for_the_same_seed():
    endings = [(f"N;{case};{number}", ending) for number, ending in (("SG", "k"), ("PL", "t")) for case in CASES]
    facts = table(*((cell, f"{place:02}{ending}") for place, (cell, ending) in enumerate(endings)))
    made = {seed: Unlisted(facts, "rules", seed).random_forms("sularo", "NOUN") for seed in range(9)}
    assert all(1 < len(forms) <= 8 for forms in made.values())
    assert len(set(made.values())) > 1
    assert made[3] == Unlisted(facts, "rules", 3).random_forms("sularo", "NOUN")
    assert Unlisted(facts, "none", 3).random_forms("sularo", "NOUN") == ()


CASES = ("NOM", "ACC", "GEN", "DAT", "LOC", "INS", "ABL", "COM", "ESS", "ALL")
BOATS = """
Dogs dog NOUN Number=Plur 2 nsubj
see see VERB Mood=Ind|Tense=Pres|VerbForm=Fin 0 root
boats boat NOUN Number=Plur 2 obj
"""


@pytest.fixture
def trained(tmp_path):
    """A maker of folders with an inflector of rules that another file taught."""

    def make(name="own", language=None, method="rules"):
        rows = [InflectionExample(stem, "N;ACC;PL", f"{stem}zz") for stem in STEMS]
        source = tmp_path / "rows.trn"
        source.write_text("made up", encoding="utf-8")
        made = Inflector(RuleAsked(fit_rules(rows), rows), method, None, language, lemmas=frozenset())
        write_inflector(tmp_path / name, made, {"train": source})
        return tmp_path / name

    return make


def test_rules_of_the_table_stand_in_for_a_trained_inflector_that_disagrees_with_it(make, parsed, trained):
    synthesizer = make(inflector=str(trained(method="scratch")))
    example = synthesizer(parsed(BOATS))
    assert example.target == make()(parsed(BOATS)).target
    assert example.ops[2] == ops.RULES
    assert synthesizer.trust["N"].as_json()["inflector"] == "rules of the table"


def test_where_rules_are_not_sure_either_the_figures_of_the_trained_inflector_stay(trained):
    rows = [ParadigmRow(stem, f"{stem}{place:02}", FeatureBundle.parse("N;ACC;PL")) for place, stem in enumerate(STEMS)]
    unlisted = Unlisted(ParadigmTable("xxx", rows), str(trained(method="scratch")), 0)
    assert unlisted.form("sularo", "NOUN", FeatureBundle.parse("N;ACC;PL")) == ""
    assert (unlisted.trust["N"].inflector, unlisted.trust["N"].threshold) == ("scratch", None)


def test_forms_of_a_trained_model_are_marked_as_such(trained):
    facts = table(("N;ACC;PL", "zz"))
    for method, op in (("rules", ops.RULES), ("scratch", ops.MODEL)):
        unlisted = Unlisted(facts, str(trained(method, method=method)), 0)
        assert unlisted.form("sularo", "NOUN", FeatureBundle.parse("N;ACC;PL")) == "sularozz"
        assert unlisted.op("NOUN") == op
        assert unlisted.trust["N"].inflector == method


def test_a_copy_in_another_process_has_the_same_inflector(make, parsed, trained):
    for name in ("rules", "none", str(trained())):
        made = make(inflector=name)
        assert pickle.loads(pickle.dumps(made))(parsed(BOATS)) == made(parsed(BOATS))


def test_a_listed_lemma_keeps_to_its_own_cells(make, parsed):
    example = make()(parsed(BOATS.replace("boats boat NOUN", "bigs big ADJ")))
    assert example.ops[2] in (ops.CELL, ops.NEAREST)


@pytest.mark.parametrize(("shapes", "expected"), [({}, "sulanon"), ({"NOUN": "^[^s]"}, "sulano")])
def test_a_word_of_another_class_stays_bare(facts, parsed, shapes, expected):
    lexicon, known, _, citation = facts
    grammar = Grammar.parse({"shapes": shapes, "cases": {"obj": "ACC"}})
    synthesizer = Synthesizer(lexicon, known, grammar, citation, mode="morph", seed=0)
    assert synthesizer(parsed(BOATS.replace("Plur", "Sing"))).target[2] == expected


def test_an_inflector_that_cannot_be_used_is_refused_at_once(make, trained, tmp_path):
    with pytest.raises(MissingError, match="holds no inflector"):
        make(inflector=str(tmp_path / "gone"))
    with pytest.raises(ConfigError, match="'deu'"):
        make(inflector=str(trained("german", "deu")))
    make(inflector=str(trained("right", "xxx")))
    for file, text in (("inflector.json", "{"), ("inflector.json", "[]"), ("rows.tsv", "no row\n")):
        folder = trained(f"bad-{file}-{len(text)}")
        (folder / file).write_text(text, encoding="utf-8")
        with pytest.raises(FormatError):
            make(inflector=str(folder))


def test_rules_load_no_torch():
    code = "import sys, lexaug.synthesis, lexaug.synthesis.corpus, lexaug.recipe; print('torch' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"
