"""Reading source sentences."""

import pytest

from lexaug.errors import ConfigError, FormatError
from lexaug.morphology.english.analysis import Analysis
from lexaug.synthesis.source import read_conllu, read_sources

HEAD = "# sent_id = a\n# text = I don't\n"
ROWS = (
    "1\tI\tI\tPRON\t_\tCase=Nom|Number=Sing|Person=1\t4\tnsubj\t_\t_\n"
    "2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "2\tdo\tdo\tAUX\t_\t_\t4\taux\t_\t_\n"
    "3\tn't\tnot\tPART\t_\t_\t4\tadvmod\t_\t_\n"
    "3.1\tghost\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "4\tgo\tgo\tVERB\t_\tVerbForm=Inf\t0\troot\t_\t_\n"
)


def write(tmp_path, text, name="x.conllu"):
    path = tmp_path / name
    path.write_bytes(text.encode())
    return path


def test_syntactic_words_are_read_and_ranges_skipped(tmp_path):
    (sentence,) = read_conllu(write(tmp_path, HEAD + ROWS + "\n"))
    assert sentence.id == "a"
    assert sentence.text == "I don't"
    assert sentence.tokens == ("I", "do", "n't", "go")
    assert sentence.heads == (4, 4, 4, 0)
    assert sentence.bundles[0].has("1")


def test_bom_crlf_missing_ids_and_last_blank_line_do_not_matter(tmp_path):
    text = "\ufeff" + ROWS.replace("\n", "\r\n") + "\r\n" + ROWS.replace("\n", "\r\n")
    assert [sentence.id for sentence in read_conllu(write(tmp_path, text))] == ["x-1", "x-2"]


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("1\tI\tI", "1\tI", 3, "this row 9"),
        ("4\tgo", "5\tgo", 8, "word id 5"),
        ("\t4\taux", "\t9\taux", 5, "head '9'"),
        ("\t4\taux", "\t_\taux", 5, "head '_'"),
        ("\tAUX\t", "\tAUXX\t", 5, "'AUXX' is no UPOS tag"),
        ("1\tI\tI", "one\tI\tI", 3, "no word id"),
        ("\t0\troot", "\t1\troot", 3, "in a circle"),
    ],
)
def test_faults_name_file_line_and_fault(tmp_path, old, new, line, words):
    path = write(tmp_path, HEAD + ROWS.replace(old, new) + "\n")
    with pytest.raises(FormatError) as caught:
        list(read_conllu(path))
    assert (caught.value.file, caught.value.line) == (str(path), line)
    assert words in caught.value.message


def test_conllu_under_a_name_of_plain_text_is_told(tmp_path):
    with pytest.raises(FormatError, match="is CoNLL-U") as caught:
        list(read_sources([write(tmp_path, HEAD + ROWS, "x.txt")], analyser=iter))
    assert caught.value.line == 3


def test_plain_text_goes_through_the_analyser(tmp_path):
    path = write(tmp_path, "one\n\ntwo\n", "plain.txt")

    def analyser(texts):
        for text in texts:
            yield Analysis((text,), (text,), ("NOUN",), ({"Number": "Plur"},), (0,), ("root",), text)

    found = list(read_sources([path], analyser=analyser))
    assert [(sentence.id, sentence.text) for sentence in found] == [("plain-1", "one"), ("plain-2", "two")]
    assert str(found[0].bundles[0]) == "N;PL"
    assert [str(bundle) for bundle in found[0].bundles] == ["N;PL"]
    with pytest.raises(ConfigError, match="analyser"):
        list(read_sources([path]))


def test_limit_stops_over_several_files(tmp_path):
    path = write(tmp_path, HEAD + ROWS + "\n")
    assert len(list(read_sources([path, path, path], limit=2))) == 2
