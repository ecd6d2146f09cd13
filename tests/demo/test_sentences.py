"""The demo pack's sentences: well-formed analyses, tags of UD, evaluation apart from training."""

from lexaug.files import read_lines, resource
from lexaug.lexicon.pos import UPOS

RELATIONS = """
    nsubj obj iobj obl obl:unmarked nmod nmod:poss amod nummod det case mark advmod aux cop cc conj xcomp ccomp advcl
    acl:relcl compound:prt discourse expl punct root
"""


def lines(name: str) -> list[str]:
    return [line for _, line in read_lines(resource("demo") / name)]


def blocks(name: str) -> list[list[str]]:
    return [block.splitlines() for block in "\n".join(lines(name)).strip().split("\n\n")]


def sentences() -> list[tuple[str, list[list[str]]]]:
    parsed = []
    for block in blocks("english.conllu"):
        text = next(line.removeprefix("# text = ") for line in block if line.startswith("# text"))
        parsed.append((text, [line.split("\t") for line in block if not line.startswith("#")]))
    return parsed


def depth(heads: list[int], word: int) -> int:
    steps = 0
    while word and steps <= len(heads):
        word, steps = heads[word - 1], steps + 1
    return steps


def test_there_are_enough_sentences_of_everyday_length() -> None:
    lengths = [len(words) for _, words in sentences()]
    assert len(lengths) >= 150
    assert max(lengths) <= 14
    assert sum(5 <= length <= 12 for length in lengths) >= 0.8 * len(lengths)


def test_every_analysis_is_one_tree() -> None:
    for text, words in sentences():
        assert [word[0] for word in words] == [str(at) for at in range(1, len(words) + 1)], text
        heads = [int(word[6]) for word in words]
        assert [word[7] for word in words if word[6] == "0"] == ["root"], text
        assert max(depth(heads, at) for at in range(1, len(words) + 1)) <= len(words), text


def test_columns_hold_tags_relations_and_sorted_features() -> None:
    for text, words in sentences():
        for word in words:
            assert len(word) == 10, text
            assert word[3] in UPOS, text
            assert word[7] in RELATIONS.split(), text
            feats = [] if word[5] == "_" else word[5].split("|")
            assert feats == sorted(feats), text
            assert all(feat.count("=") == 1 for feat in feats), text


def test_the_words_spell_the_text() -> None:
    for text, words in sentences():
        spelt = "".join(word[1] + ("" if word[9] == "SpaceAfter=No" else " ") for word in words)
        assert spelt.strip() == text


def test_tense_person_number_questions_and_negation_vary() -> None:
    feats = {feat for _, words in sentences() for word in words for feat in word[5].split("|")}
    assert {"Tense=Past", "Tense=Pres", "Mood=Imp", "VerbForm=Inf", "VerbForm=Part"} <= feats
    assert {"Person=1", "Person=2", "Person=3", "Number=Sing", "Number=Plur", "Polarity=Neg", "PronType=Int"} <= feats


def test_most_running_words_stand_in_the_lexicon() -> None:
    known = {line.split("\t")[0].lower() for line in lines("lexicon.tsv")}
    words = [word for _, parsed in sentences() for word in parsed if word[3] != "PUNCT" and word[2] != "a"]
    assert sum(word[2].lower() in known for word in words) >= 0.95 * len(words)


def test_evaluation_has_three_files_of_the_same_sentences() -> None:
    english, maltese, tagged = lines("eval.eng.txt"), lines("eval.mlt.txt"), blocks("eval.pos.txt")
    assert len(english) == len(maltese) == len(tagged) >= 80
    assert len(set(maltese)) == len(maltese)
    for text, block in zip(maltese, tagged, strict=True):
        pairs = [line.split(" ") for line in block]
        assert "".join(form for form, _ in pairs) == text.replace(" ", "")
        assert {tag for _, tag in pairs} <= UPOS


def test_evaluation_is_apart_from_training() -> None:
    trained = {text.casefold() for text, _ in sentences()}
    assert not trained & {line.casefold() for line in lines("eval.eng.txt")}
