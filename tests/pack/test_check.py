"""Checking a pack: rows, reasons, coverage, licences, leaks."""

import io
import json

import pytest
from rich.console import Console

from lexaug.errors import LeakError, UnsafeError
from lexaug.pack import check_pack, find_pack_leaks, require_no_pack_leaks
from lexaug.pack.render import pack_table, report_table


def shown(table):
    console = Console(width=200, file=io.StringIO())
    console.print(table)
    return console.file.getvalue()


def test_a_clean_pack_has_no_findings(make):
    report = check_pack(make().path)
    assert report.findings == ()
    assert report.exit_code == 0
    assert [(source.kind, source.rows, source.used) for source in report.sources] == [
        ("lexicon", 3, 3),
        ("paradigms", 3, 3),
        ("text", 2, 2),
    ]


def test_rejected_rows_are_counted_by_reason_with_their_lines(make, sources):
    with (sources / "words.tsv").open("a", encoding="utf-8") as stream:
        stream.write("house\tviessu\tn\tbook\nfish\tguolli\tn\tbook\nriver\t\tn\tbook\n")
    with (sources / "table").open("a", encoding="utf-8") as stream:
        stream.write("guolli\t-\tN;PL\nguolli\tguolit\tN;QQQ\n")
    report = check_pack(make().path)
    lexicon, table, _ = report.sources
    assert lexicon.rows == 6
    assert lexicon.used == 3
    assert lexicon.duplicates == 2
    assert [(reason.rows, reason.lines) for reason in lexicon.rejected] == [(2, (5, 6)), (1, (7,))]
    assert table.unknown_tags == (("QQQ", 1),)
    assert report.exit_code == 1
    messages = [finding.message for finding in report.findings]
    assert any(message.startswith("2 of 6 rows not used: duplicate") for message in messages)
    assert any("QQQ (1)" in message for message in messages)
    assert {finding.line for finding in report.findings} >= {5, 7, 4}


def test_reasons_keep_the_facts_of_their_first_row(make, sources):
    with (sources / "words.tsv").open("a", encoding="utf-8") as stream:
        stream.write("a\tb\nc\td\te\nriver\tjohka\tn\tbook\n" + "river\t\tn\tbook\n" * 2)
    report = check_pack(make().path)
    messages = [finding.message for finding in report.findings]
    assert "2 of 8 rows not used: wrong number of columns: 4 expected, 2 found, and the like" in messages
    assert "2 of 8 rows not used: empty target" in messages
    assert report.sources[0].rejected[0].reason == "wrong number of columns: … expected, … found"


def test_a_row_with_two_odd_sides_is_one_row(make, sources):
    with (sources / "words.tsv").open("a", encoding="utf-8") as stream:
        stream.write("<b>river</b>\t<b>johka</b>\tn\tbook\n")
    assert "1 of 4 rows: HTML taken out" in [finding.message for finding in check_pack(make().path).findings]


def test_mixed_scripts_are_reported(written):
    folder = written(
        'language = "kaz"\n[[paradigms]]\nfile = "a.tsv"\nlicence = "MIT"\n[[text]]\nfile = "b.tsv"\nlicence = "MIT"\n',
        a="алма\tалма\tN;NOM;SG\nалма\tалмaлар\tN;NOM;PL\n",
        b="қaла үлкен\nауыл шағын\n",
    )
    table, text = check_pack(folder).sources
    assert [(reason.rows, reason.lines) for reason in table.odd] == [(1, (2,))]
    assert [(reason.rows, reason.lines) for reason in text.odd] == [(1, (1,))]


def test_coverage_with_and_without_citation_rules(written):
    words = (
        "english\ttarget\tpos\nread\tokusoma\t\nbuy\tokugula\tv\nhouse\tennyumba\tn\nold man\tomusajja omukadde\tn\n"
    )
    folder = written(
        'language = "lug"\n'
        '[[lexicon]]\nfile = "a.tsv"\nlicence = "MIT"\n'
        '[[paradigms]]\nfile = "b.tsv"\nlicence = "MIT"\n'
        '[citation.by_pos.VERB]\nstrip_prefixes = ["oku"]\n',
        a=words,
        b="soma\tasoma\tV;PRS;3;SG\ngula\tagula\tV;PRS;3;SG\n",
    )
    coverage = check_pack(folder).coverage
    assert coverage.targets == 3
    assert coverage.in_table == 0
    assert coverage.in_table_by_rules == pytest.approx(2 / 3)
    assert (coverage.reached, coverage.reached_by_rules) == (0, 1)


def test_a_lexicon_without_english_words_is_a_finding(written):
    folder = written(
        'language = "smj"\n[[lexicon]]\nfile = "a.tsv"\nformat = "pairs"\nlicence = "MIT"\n', a="zqx\tviessu\n"
    )
    (finding,) = [found for found in check_pack(folder).findings if "none of" in found.message]
    assert (finding.severity, finding.file) == ("warning", None)
    assert "frequent content words" in finding.message


def test_citation_forms_that_never_meet_are_a_finding(written):
    rows = "".join(f"word{number}\tokusoma{number}\n" for number in range(30))
    folder = written(
        'language = "lug"\n[[lexicon]]\nfile = "a.tsv"\nlicence = "MIT"\n'
        '[[paradigms]]\nfile = "b.tsv"\nlicence = "MIT"\n',
        a="english\ttarget\n" + rows,
        b="soma\tasoma\tV;PRS;3;SG\n",
    )
    (finding,) = [found for found in check_pack(folder).findings if "meet the" in found.message]
    assert "[citation]" in (finding.hint or "")


def test_english_coverage_of_a_given_text(make, tmp_path):
    plain = tmp_path / "english.txt"
    plain.write_text("The dog saw a fish.\nA house!\n", encoding="utf-8")
    report = check_pack(make().path, sources=[plain])
    assert report.coverage.english_words == 7
    assert report.coverage.english == pytest.approx(3 / 7)
    tree = tmp_path / "english.conllu"
    tree.write_text(
        "1\tDogs\tdog\tNOUN\t_\t_\t0\troot\t_\t_\n2\t.\t.\tPUNCT\t_\t_\t1\tpunct\t_\t_\n\n", encoding="utf-8"
    )
    assert check_pack(make(output=tmp_path / "other").path, sources=[tree]).coverage.english == 1


def test_unknown_terms_and_conflicts_are_findings(make):
    unknown, conflict = check_pack(
        make(licences={"": "CC-BY-SA-4.0", "text.txt": "CC-BY-NC-4.0", "table": "LicenseRef-unknown"}).path
    ).findings
    assert unknown.severity == "warning"
    assert "paradigms/table" in unknown.message
    assert conflict.severity == "error"
    assert "texts/text.txt" in conflict.message


def test_a_pack_of_one_kind_says_what_is_missing(make):
    messages = [finding.message for finding in check_pack(make(lexicons=[], paradigms=[]).path).findings]
    assert any("no lexicon" in message for message in messages)
    assert any("no table" in message for message in messages)


def test_a_source_left_out_by_licence_is_listed(written):
    folder = written(
        'language = "smj"\nexclude_licences = ["GPL"]\n'
        '[[lexicon]]\nfile = "a.tsv"\nlicence = "MIT"\n[[paradigms]]\nfile = "b.tsv"\nlicence = "GPL-2.0-only"\n',
        a="english\ttarget\nhouse\tviessu\n",
        b="viessu\tviesu\tN;GEN;SG\n",
    )
    report = check_pack(folder)
    assert report.sources[1].detail == "left out by licence"
    assert report.whole.licence == "MIT"


def test_planted_lemmas_leak(make, tmp_path):
    held = tmp_path / "smj.tst"
    held.write_text("johka\tN;GEN;SG\tjoga\nviessu\tN;NOM;PL\tviesut\nbeana\tN;GEN;SG\tbeatnaga\n", encoding="utf-8")
    pack = make()
    (leak,) = find_pack_leaks(pack, [held])
    assert (leak.kind, leak.leaked, leak.total, leak.examples) == ("lemmas", 1, 3, ("viessu",))
    with pytest.raises(LeakError, match="1 of 3 held-out lemmas") as caught:
        require_no_pack_leaks(pack, [held])
    assert caught.value.line == 2
    (finding,) = check_pack(pack.path, held_out=[held]).findings
    assert (finding.severity, finding.file, finding.line) == ("error", str(held), 2)
    assert "take the lemmas out of the table" in finding.hint


@pytest.mark.parametrize(
    ("name", "line", "text"),
    [
        (
            "test.conllu",
            2,
            "# sent_id = a\n"
            "1\tGuolli\t_\tNOUN{0}2\tVuodjá\t_\tVERB{0}3\tjohkii\t_\tNOUN{0}4\tbeaivválaččat\t_\tADV{0}5\t.\t_\tPUNCT{0}",
        ),
        ("test.txt", 3, "Viessu.\n\nguolli vuodjá johkii, beaivválaččat\n"),
        ("tagged.txt", 3, "Okta NUM\n\nGuolli NOUN\nvuodjá VERB\njohkii NOUN\nbeaivválaččat ADV\n. PUNCT\n"),
    ],
)
def test_planted_sentences_leak(make, tmp_path, name, line, text):
    held = tmp_path / name
    held.write_text(text.format("\t_\t_\t0\troot\t_\t_\n"), encoding="utf-8")
    pack = make()
    (leak,) = find_pack_leaks(pack, [held])
    assert (leak.kind, leak.leaked, leak.total) == ("sentences", 1, 1)
    (finding,) = check_pack(pack.path, held_out=[held]).findings
    assert finding.line == line
    assert finding.hint == "take the sentences out of the pack's texts"


def test_what_is_apart_does_not_leak(make, tmp_path):
    (tmp_path / "smj.tst").write_text("johka\tN;GEN;SG\tjoga\n", encoding="utf-8")
    (tmp_path / "test.txt").write_text("Okta eará cealkka dán giellii.\nViessu.\n", encoding="utf-8")
    require_no_pack_leaks(make(), [tmp_path / "smj.tst", tmp_path / "test.txt"])


def test_the_report_is_one_json_object(make):
    report = check_pack(make(licences="LicenseRef-unknown").path)
    value = json.loads(json.dumps(report.as_json()))
    assert value["language"] == "smj"
    assert value["licence"] == "GPL-3.0-or-later AND LicenseRef-unknown"
    assert value["coverage"]["targets"] == 3
    assert value["findings"][0]["severity"] == "warning"


def test_tables_for_people(make, sources):
    (sources / "text.txt").rename(sources / "[bold].txt")
    pack = make(texts=[sources / "[bold].txt"], licences={"": "CC-BY-SA-3.0", "[bold].txt": "LicenseRef-own"})
    text = shown(pack_table(pack))
    assert "Lule Sami" in text
    assert "lexicons/words.tsv" in text
    text = shown(report_table(check_pack(pack.path)))
    assert "terms unknown: texts/[bold].txt" in text
    assert "by the citation rules (of 3)" in text


def test_what_is_unsafe_is_no_finding(written):
    with pytest.raises(UnsafeError):
        check_pack(written('language = "smj"\n[[text]]\nfile = "../x"\nlicence = "MIT"\n'))
