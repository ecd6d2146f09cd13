"""CoNLL-U is read into blocks of words; what is no CoNLL-U is refused with its line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexaug.conllu import Block, read_blocks
from lexaug.errors import FormatError

REST = "\t_" * 8


def put(folder: Path, text: str) -> Path:
    path = folder / "x.conllu"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_block_has_words_comments_and_lines(tmp_path: Path) -> None:
    text = (
        f"#sent_id=a\n# text = del = x\n# other\n1-2\tdel{REST}\n1\tde{REST}\n2\tel{REST}\n2.1\tx{REST}\n\n\n1\tb{REST}"
    )
    first, second = read_blocks(put(tmp_path, text))
    assert (first.id, first.text, first.forms, first.lines) == ("a", "del = x", ("de", "el"), [5, 6])
    assert second == Block("", "", [["1", "b", *"_" * 8]], [10])


@pytest.mark.parametrize("row", [f"x\tb{REST}", f"1-\tb{REST}", f"١\tb{REST}", f"1\t{REST}", "1\tb", f"1\tb{REST}\t_"])
def test_a_faulty_row_is_named_with_its_line(tmp_path: Path, row: str) -> None:
    path = put(tmp_path, f"# x\n1\ta{REST}\n{row}\n")
    with pytest.raises(FormatError) as caught:
        list(read_blocks(path))
    assert (caught.value.file, caught.value.line) == (str(path), 3)


@given(st.lists(st.lists(st.sampled_from(["a", "ő", "#", "1"]), min_size=1), min_size=1))
def test_words_come_back_as_written(tmp_path_factory: pytest.TempPathFactory, sentences: list[list[str]]) -> None:
    text = "\n".join("".join(f"{n}\t{w}{REST}\n" for n, w in enumerate(words, 1)) for words in sentences)
    path = put(tmp_path_factory.mktemp("x"), text)
    assert [block.forms for block in read_blocks(path)] == [tuple(words) for words in sentences]
