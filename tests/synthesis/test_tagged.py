from pathlib import Path

import pytest

from lexaug.errors import FormatError, MissingError
from lexaug.synthesis.tagged import UPOS, TaggedSentence, read_tagged

CONLLU = (
    "# sent_id = first\n"
    "1-2\tdella\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "1\tdi\tdi\tADP\t_\t_\t0\troot\t_\t_\n"
    "2\tla\tla\tDET\t_\t_\t1\tdep\t_\t_\n"
    "2.1\tghost\t_\tX\t_\t_\t_\t_\t_\t_\n"
    "\n"
    "1\tsì\tsì\tINTJ\t_\t_\t0\troot\t_\t_\n"
)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["x.conllu", "x.conll"])
def test_conllu_keeps_words_and_skips_ranges_and_empty_nodes(tmp_path: Path, name: str) -> None:
    sentences = read_tagged(write(tmp_path, name, CONLLU))
    assert sentences == [
        TaggedSentence(("di", "la"), ("ADP", "DET"), "first", 3),
        TaggedSentence(("sì",), ("INTJ",), "2", 7),
    ]


@pytest.mark.parametrize("separator", [" ", "\t"])
def test_pairs_may_be_separated_by_a_space_or_a_tab(tmp_path: Path, separator: str) -> None:
    text = f"Abantu{separator}NOUN\n.{separator}PUNCT\n\n\nGenda{separator}VERB"
    sentences = read_tagged(write(tmp_path, "x.txt", text))
    assert [(s.tokens, s.upos, s.line) for s in sentences] == [
        (("Abantu", "."), ("NOUN", "PUNCT"), 1),
        (("Genda",), ("VERB",), 5),
    ]


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("x.conllu", "1\tdi\tdi\tADP\n", 1),
        ("x.conllu", "# c\none\tdi\tdi\tADP\t_\t_\t0\troot\t_\t_\n", 2),
        ("x.conllu", "1\t\tdi\tADP\t_\t_\t0\troot\t_\t_\n", 1),
        ("x.txt", "a NOUN\nb\n", 2),
        ("x.txt", "a b NOUN\n", 1),
        ("x.txt", "\n\n", None),
        ("x.conllu", "", None),
    ],
)
def test_a_faulty_file_is_named_with_its_line(tmp_path: Path, name: str, text: str, line: int | None) -> None:
    path = write(tmp_path, name, text)
    with pytest.raises(FormatError) as caught:
        read_tagged(path)
    assert (caught.value.file, caught.value.line) == (str(path), line)
    assert caught.value.hint


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(MissingError):
        read_tagged(tmp_path / "none.conllu")


@pytest.mark.data
def test_real_sets_hold_only_universal_tags(data: Path) -> None:
    north_sami = read_tagged(data / "sme/ud/UD_North_Sami-Giella/sme_giella-ud-test.conllu")
    luganda = read_tagged(data / "lug/masakhapos_NC/test.txt")
    assert len(north_sami) == 865
    assert luganda[0].tokens[:3] == ("Allied", "Democratic", "Forces")
    assert {tag for sentence in [*north_sami, *luganda] for tag in sentence.upos} <= set(UPOS)
