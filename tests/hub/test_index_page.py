"""The page as text: the same for the same index, every value escaped, nothing from elsewhere."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from index_world import entry, index_of, result

from lexaug.hub.index.page import render_page
from lexaug.hub.index.page_gain import Scale
from lexaug.hub.index.page_text import points, size, visible
from lexaug.hub.index.schema import Family, Gain, LeftOut
from lexaug.hub.index.tree import family_tree, paths


class Parsed(HTMLParser):
    """The elements of a page with their attributes, and the texts of some."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: dict[str, str] = {}
        self._open = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open = tag

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        self.inside[self._open] = self.inside.get(self._open, "") + data

    def count(self, tag: str) -> int:
        """Count the elements of a kind."""
        return sum(name == tag for name, _ in self.elements)


def test_the_policy_allows_this_style_and_script_alone() -> None:
    page = Parsed(render_page(index_of(entry("sme"))))
    (policy,) = [attributes["content"] for tag, attributes in page.elements if attributes.get("http-equiv") is not None]
    for kind in ("style", "script"):
        digest = b64encode(sha256(page.inside[kind].encode()).digest()).decode()
        assert f"{kind}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy


def test_nothing_in_the_page_comes_from_elsewhere() -> None:
    page = Parsed(render_page(index_of(entry("sme"))))
    for tag, attributes in page.elements:
        assert "src" not in attributes
        assert "style" not in attributes
        assert not any(name.startswith("on") for name in attributes)
        if tag == "link":
            assert attributes["href"].startswith("data:")
    assert "@import" not in page.inside["style"]
    assert "url(" not in page.inside["style"]


@given(st.text(max_size=30))
def test_any_text_leaves_the_page_as_it_is(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    usual = entry("sme", place="x", results=[result(task="pos")])
    odd = entry("sme", place=text or "x", name=text, base_model=text, licence=text, results=[result(task=text)])
    left = [LeftOut(place=text, reason=text)]
    told = Parsed(render_page(index_of(usual, title="x", note="x", left_out=left)))
    page = Parsed(render_page(index_of(odd, title=text or "x", note=text or "x", left_out=left)))
    for tag in ("script", "style", "img", "table", "tr", "td", "a", "section", "svg", "form", "iframe", "html", "body"):
        assert page.count(tag) == told.count(tag)


def test_what_cannot_be_seen_is_written_out() -> None:
    assert visible("a\u202eb\x00\x1b\n") == "a\\u202eb\\x00\\x1b\\n"
    assert visible("هستی\u200cشناسی") == "هستی\u200cشناسی"
    assert visible("<a href='x'>&\"") == "&lt;a href=&#x27;x&#x27;&gt;&amp;&quot;"


def test_a_loss_is_written_as_a_loss() -> None:
    page = render_page(index_of(entry("sme", results=[result(-4.2, "harms")])))
    assert "−4.2" in page
    assert "▼ harms" in page


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0 B"), (999, "999 B"), (1500, "1.5 kB"), (25_700, "25.7 kB"), (123_456_789, "123 MB"), (7 * 10**9, "7.0 GB")],
)
def test_sizes_are_readable(count: int, text: str) -> None:
    assert size(count) == text


def test_points_have_a_sign() -> None:
    assert (points(1.24), points(-0.04), points(0)) == ("+1.2", "+0.0", "+0.0")


@given(st.lists(st.tuples(st.floats(-100, 100), st.floats(0, 20)), max_size=20))
def test_all_intervals_and_zero_lie_on_the_scale(gains: list[tuple[float, float]]) -> None:
    made = [Gain(value=v, low=max(v - w, -100), high=min(v + w, 100)) for v, w in gains]
    scale = Scale.of(made)
    assert scale.low <= 0 <= scale.high
    assert scale.low < scale.high
    for gain in made:
        numbers = [float(x) for x in re.findall(r'(?:x1|x2|cx)="([-0-9.]+)"', scale.bar(gain))]
        assert len(numbers) == 5
        assert all(0 <= x <= 144 for x in numbers)


def test_a_family_is_divided_only_where_its_languages_divide() -> None:
    made = [entry(code) for code in ("sme", "smj", "fin", "est", "amh", "eus")]
    tree = family_tree(made)
    assert [(top.name, top.adapters) for top in tree] == [("Afro-Asiatic", 1), ("Basque", 1), ("Uralic", 4)]
    for top in tree:
        for branch in top.walk():
            assert len(branch.branches) + len(branch.languages) > 1 or branch is top
    assert [path[0] for path in paths(tree).values()].count("ural1272") == 4


def test_a_language_without_a_family_stands_in_the_tree() -> None:
    tree = family_tree([entry("epo", families=[]), entry("fin")])
    assert [top.name for top in tree] == ["Uralic", "Family not known"]


def test_a_deep_tree_ends() -> None:
    deep = [Family(glottocode=f"f{n}", name=f"family {n}") for n in range(40)]
    tree = family_tree([entry("fin", families=deep), entry("est", families=deep[:20])])
    assert paths(tree).keys() == {"fin", "est"}
    assert render_page(index_of(entry("fin", families=deep)))


def test_thousands_of_adapters_make_one_page() -> None:
    page = render_page(index_of(*(entry("sme", place=f"org/{n}") for n in range(3000))))
    assert page.count('<tr role="row" data-adapter') == 3000
    assert len(page) < 12_000_000
