import json
from pathlib import Path

import numpy as np
import pytest

from lexaug.conllu import read_blocks
from lexaug.errors import FormatError, LeakError
from lexaug.evaluation.gloss import Glosser
from lexaug.evaluation.lexical import lexical_vectors
from lexaug.evaluation.matching import hits, outcome, retrieval_score, standardised
from lexaug.evaluation.pairs import Pairs, read_pairs
from lexaug.evaluation.retrieval import evaluate_retrieval
from lexaug.pack.plain import sentence_key


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def pairs(sources: str, targets: str) -> Pairs:
    lines = tuple(range(1, len(sources.split()) + 1))
    return Pairs(tuple(sources.split()), tuple(targets.split()), lines)


def test_precision_is_counted_in_both_directions() -> None:
    #             x    y    z    into English: a -> x right, b -> x wrong, c -> z right
    near = np.array([[0.9, 0.1, 0.0], [0.8, 0.7, 0.0], [0.0, 0.1, 0.2]])
    found = hits(near, pairs("a b c", "x y z"))
    assert found.tolist() == [[1, 0, 1], [1, 1, 1]]
    score = retrieval_score("s", [found], "sig")
    assert score.value == pytest.approx(100 * 5 / 6)
    assert dict(score.slices) == {"into_english": pytest.approx(200 / 3), "from_english": 100}
    assert outcome([found, 0 * found]).per_item.tolist() == [0.5, 0.25, 0.5]


def test_equal_texts_are_one_text() -> None:
    near = np.array([[1.0, 0.9], [1.0, 0.9]])
    assert hits(near, pairs("a b", "same same"))[0].tolist() == [1, 1]


def test_standardised_similarities_have_one_scale() -> None:
    scaled = standardised(np.array([[1.0, 3.0], [5.0, 7.0]], dtype=np.float32))
    assert (scaled.mean(), scaled.std()) == (pytest.approx(0, abs=1e-6), pytest.approx(1))
    assert not standardised(np.ones((2, 2), dtype=np.float32)).any()


def test_lexical_vectors_find_the_text_with_the_same_words() -> None:
    left, right = lexical_vectors(["red cat", "big dogs"], ["the dog is big", "a cat"])
    assert (left @ right.T).argmax(axis=1).tolist() == [1, 0]
    assert np.allclose(np.linalg.norm(left, axis=1), 1, atol=1e-5)


def test_a_file_is_not_its_own_translation(tmp_path: Path) -> None:
    same = write(tmp_path, "x", "a\nb\n")
    with pytest.raises(FormatError, match="given for both sides"):
        read_pairs(same, same)


def test_pairs_that_must_all_be_left_out_are_told_with_their_line(tmp_path: Path) -> None:
    found = pairs("a b c", "x y z")
    with pytest.raises(LeakError, match="2 of 3 pairs must be left out: why") as caught:
        found.without({sentence_key([word]) for word in "yz"}, "why", tmp_path / "x")
    assert (caught.value.file, caught.value.line) == (str(tmp_path / "x"), 2)
    kept = found.without({sentence_key(["z"])}, "why", tmp_path / "x")
    assert (kept.sources, kept.notes) == (("a", "b"), ("1 pairs left out: why",))


def test_line_aligned_files_are_paired_and_blank_lines_said(tmp_path: Path) -> None:
    found = read_pairs(write(tmp_path, "x", "a\n\nb\n\n"), write(tmp_path, "y", "A\n\nB\n"))
    assert (found.sources, found.targets, found.lines) == (("a", "b"), ("A", "B"), (1, 3))
    assert found.notes == ("1 lines are empty in both files and left out",)


@pytest.mark.parametrize(
    ("source", "target", "file", "line"),
    [
        ("a\nb\nc\n", "A\nB\n", "y.txt", 3),
        ("a\nb\n", "A\nB\nC\n", "x.txt", 3),
        ("a\n\nc\n", "A\nB\nC\n", "x.txt", 2),
        ("a\nb\nc\n", "A\n\nC\n", "y.txt", 2),
        ("a\n", "A\n", "x.txt", None),
        ("", "", "x.txt", None),
    ],
)
def test_files_that_are_not_aligned_are_named_with_the_line(tmp_path, source, target, file, line) -> None:
    with pytest.raises(FormatError) as caught:
        read_pairs(write(tmp_path, "x.txt", source), write(tmp_path, "y.txt", target))
    assert (Path(caught.value.file).name, caught.value.line) == (file, line)


def test_tables_are_joined_by_index(tmp_path: Path) -> None:
    left = write(tmp_path, "x.tsv", "index_id\tcategory\ttext\n7\ts\tseven\n3\ts\tthree\n9\ts\tnine\n")
    right = write(tmp_path, "y.tsv", "text\tindex_id\nTHREE\t3\nSEVEN\t7\n")
    found = read_pairs(left, right)
    assert (found.sources, found.targets) == (("seven", "three"), ("SEVEN", "THREE"))
    assert found.notes == ("1 rows of x.tsv have no partner and are left out",)


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("id\ttext\n1\ta\n", 1),
        ("index_id\ttext\n1\ta\n1\tb\n", 3),
        ("index_id\ttext\n1\n", 2),
        ("index_id\ttext\n1\t\n", 2),
        ("index_id\ttext\n5\ta\n6\tb\n", None),
        ("", 1),
    ],
)
def test_faulty_tables_are_named_with_the_line(tmp_path: Path, table: str, line: int | None) -> None:
    with pytest.raises(FormatError) as caught:
        read_pairs(write(tmp_path, "x.tsv", table), write(tmp_path, "y.tsv", "index_id\ttext\n1\tA\n2\tB\n"))
    assert (Path(caught.value.file).name, caught.value.line) == ("x.tsv", line)


def test_a_table_and_a_text_do_not_go_together(tmp_path: Path) -> None:
    with pytest.raises(FormatError, match="table"):
        read_pairs(write(tmp_path, "x.tsv", "index_id\ttext\n"), write(tmp_path, "y.txt", "a\n"))


def test_glosses_come_from_the_lexicon(pack) -> None:
    glosser = Glosser(pack)
    assert glosser.text("Busku borr unknown.") == "cat eat unknown ."


def test_all_systems_stand_side_by_side(adapters, tmp_path: Path) -> None:
    source = write(tmp_path, "x.txt", "busku oaidn\nrukses beanat\nstuoris busku\nbeanat borr\n")
    target = write(tmp_path, "y.txt", "the cat sees\na red dog\na big cat\nthe dog eats\n")
    dev = (
        write(tmp_path, "dev.txt", "busku borr\nbeanat oaidn\n"),
        write(tmp_path, "en.txt", "a cat eats\na dog sees\n"),
    )
    report = evaluate_retrieval(adapters, source, target, dev=dev)
    found = json.loads(json.dumps(report.as_json()))
    assert (found["language"], found["task"], found["n"]) == ("sme", "retrieval", 4)
    assert set(found["systems"]) == {
        "zero_shot",
        "translate_train",
        "char_ngram",
        "fused_frozen",
        "adapter",
        "fused",
    }
    system = found["systems"]["adapter"]
    assert set(system) == {"name", "value", "low", "high", "seeds", "slices"}
    assert system["value"] == pytest.approx(sum(system["slices"].values()) / 2, abs=1e-3)
    assert found["systems"]["char_ngram"]["value"] == 100
    assert (found["verdict"] in ("no_effect", "harms"), found["best"]) == (True, "adapter")
    assert evaluate_retrieval(adapters, source, target, dev=dev).as_json() == found
    with pytest.raises(LeakError, match="also stand in the test"):
        evaluate_retrieval(adapters, source, target, dev=(source, target))


def test_pairs_whose_english_became_pseudo_text_are_left_out(adapters, facts: Path, tmp_path: Path) -> None:
    seen = next(block.forms for block in read_blocks(facts / "train.conllu") if len(block.forms) >= 4)
    source = write(tmp_path, "x.txt", "busku oaidn\nrukses beanat\nstuoris busku\n")
    target = write(tmp_path, "y.txt", f"the cat sees\na red dog\n{' '.join(seen).upper()}\n")
    report = evaluate_retrieval(adapters, source, target)
    assert report.n == 2
    assert any("1 pairs left out" in note for note in report.notes)


def test_a_sentence_of_the_packs_texts_is_a_leak(adapters, facts: Path, tmp_path: Path) -> None:
    from lexaug.pack import init_pack

    text = write(tmp_path, "mono.txt", "Busku oaidn rukses beanat.\n")
    pack = init_pack(
        "sme", lexicons=[(facts / "lexicon.tsv", None)], texts=[text], licences="CC0-1.0", output=tmp_path / "pack"
    )
    source = write(tmp_path, "x.txt", "beanat borr\nbusku oaidn rukses beanat\n")
    target = write(tmp_path, "y.txt", "a dog eats\nthe cat sees a red dog\n")
    with pytest.raises(LeakError) as caught:
        evaluate_retrieval(adapters, source, target, pack=pack)
    assert caught.value.line == 2
