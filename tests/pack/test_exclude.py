"""Leaving licences out of a pack, and saying what it is made of."""

import pytest

from lexaug.errors import ConfigError
from lexaug.files import fingerprint
from lexaug.pack import exclude_licences, load_pack
from lexaug.pack.provenance import describe_data


def test_what_a_pack_is_made_of_names_rows_with_terms_of_their_own(make):
    pack = make()
    found = {entry["name"]: entry for entry in describe_data(pack)}

    rows = next(name for name in found if "apertium" in name)
    assert {name: entry["licence"] for name, entry in found.items()} == {
        "lexicons/words.tsv": "CC-BY-SA-3.0",
        rows: "GPL-3.0-or-later",
        "paradigms/table": "CC-BY-SA-3.0",
        "texts/text.txt": "CC0-1.0",
    }
    assert found[rows]["sha256"] == found["lexicons/words.tsv"]["sha256"]
    assert found["paradigms/table"]["sha256"] == fingerprint(pack.path / "paradigms/table")


def test_a_licence_is_left_out_and_the_rest_of_the_description_stays(make):
    pack = make()
    text = (pack.path / "pack.toml").read_text(encoding="utf-8")
    (pack.path / "pack.toml").write_text("# mine\n" + text, encoding="utf-8")

    changed = exclude_licences(pack.path, ["GPL"])

    assert changed.exclude_licences == ("GPL",)
    assert changed.licence == "CC-BY-SA-3.0"
    assert not changed.lexicon().lookup("dog")
    assert not [entry for entry in describe_data(changed) if "GPL" in entry["licence"]]
    assert "# mine\n" + text in (pack.path / "pack.toml").read_text(encoding="utf-8")


def test_licences_add_up_and_unknown_ones_change_nothing(make):
    pack = make()
    exclude_licences(pack.path, ["GPL"])
    exclude_licences(pack.path, ["CC0-1.0"])
    assert load_pack(pack.path).exclude_licences == ("CC0-1.0", "GPL")
    before = (pack.path / "pack.toml").read_bytes()

    with pytest.raises(ConfigError, match="unknown licence 'GLP'"):
        exclude_licences(pack.path, ["GLP"])

    assert (pack.path / "pack.toml").read_bytes() == before
