"""Running text as words and sentences."""

from lexaug.pack.plain import passage_keys, split_sentences


def test_lines_are_cut_into_sentences():
    assert list(split_sentences("Dat lea. Son vulggii! 3.5 čuovvu")) == [
        ("Dat", "lea", "."),
        ("Son", "vulggii", "!"),
        ("3", ".", "5", "čuovvu"),
    ]
    assert list(split_sentences("ሰላም ነው። ደህና")) == [("ሰላም", "ነው", "።"), ("ደህና",)]
    assert list(split_sentences("")) == []


def test_a_line_is_known_by_itself_and_by_each_of_its_sentences():
    assert list(passage_keys("Dat lea. Son vulggii!")) == ["datleasonvulggii", "datlea", "sonvulggii"]
    assert list(passage_keys("Dat lea.")) == ["datlea"]
