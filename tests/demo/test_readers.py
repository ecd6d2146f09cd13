"""The demo pack's files through the project's own readers."""

from collections import Counter

from lexaug.files import resource
from lexaug.lexicon import Lexicon, read_lexicon
from lexaug.morphology.features import FeatureBundle
from lexaug.morphology.readers import read_table
from lexaug.morphology.table import ParadigmTable


def lexicon() -> Lexicon:
    reading = read_lexicon(resource("demo") / "lexicon.tsv", target_lang="mlt", licence="CC0-1.0")
    assert reading.rejected == ()
    return Lexicon("eng", "mlt", reading.entries)


def table() -> ParadigmTable:
    reading = read_table(resource("demo") / "paradigms.tsv", lang="mlt", licence="CC0-1.0", strict=True)
    assert reading.rejected == ()
    assert reading.unknown_tags == Counter()
    return ParadigmTable("mlt", reading.rows)


def test_the_lexicon_gives_citation_forms_by_part_of_speech() -> None:
    found = lexicon()
    assert [entry.target for entry in found.lookup("write", "VERB")] == ["kiteb"]
    assert found.lookup("open", "ADJ")[0].target == "miftuħ"
    assert found.lookup("open", "VERB")[0].target == "fetaħ"
    assert found.longest_match(["in", "front", "of"], 0)[0] == 3


def test_the_table_answers_for_verbs_nouns_and_adjectives() -> None:
    found = table()
    assert found.forms("kiteb", FeatureBundle.parse("V;FIN;PST;IPFV;3;SG;FEM")) == ("tikteb",)
    assert found.forms("ktieb", FeatureBundle.parse("N;PL")) == ("kotba",)
    assert found.forms("sabiħ", FeatureBundle.parse("ADJ;FEM;SG")) == ("sabiħa",)
    assert ("kiteb", FeatureBundle.parse("V;FIN;PST;PRF;3;PL")) in found.analyses("kitbu")


def test_every_verb_noun_and_adjective_of_the_lexicon_is_inflected() -> None:
    found = table()
    part = {"VERB": "V", "NOUN": "N", "ADJ": "ADJ"}
    targets = [(entry.target, part[entry.pos]) for entry in lexicon() if entry.pos in part]
    missing = [target for target, pos in targets if not found.has(target, pos)]
    assert len(missing) <= 0.05 * len(targets), missing
