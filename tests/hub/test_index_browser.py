"""The page in a real browser: it sorts, filters, works by keyboard and on a phone, and asks nobody for anything."""

import json
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar

import pytest
from browser import Browser, started
from index_world import entry, index_of, result

from lexaug.hub.index.page import render_page
from lexaug.hub.index.page_columns import COLUMNS
from lexaug.hub.index.schema import LeftOut

HOSTILE = [
    "<img src=x onerror=window.hit=1>",
    "</script><script>window.hit=1</script>",
    '"><svg onload=window.hit=1>',
    "' onmouseover='window.hit=1",
    "&lt;b&gt;",
    "\u202egnp.exe",
]
CODES = ("amh", "tir", "heb", "pes", "hin", "kat", "swa", "swh", "swc", "sme", "smj", "fao", "mlt", "quy", "yue", "eus")
BASES = ("intfloat/multilingual-e5-small", "FacebookAI/xlm-roberta-base")
LICENCES = ("CC-BY-4.0", "CC-BY-SA-4.0", "GPL-3.0-or-later")
VERDICTS = {6.0: "helps", 0.5: "no_effect", -4.0: "harms"}


def entries() -> list:
    """Give one adapter per language; `eus` is not measured, `sme` was measured on two tasks."""
    made = []
    for place, code in enumerate(CODES):
        gain = (6.0, 0.5, -4.0)[place % 3]
        results = [result(gain + place / 100, VERDICTS[gain], n=100 + place)]
        if code == "sme":
            results.append(result(3.0, task="retrieval"))
        made.append(
            entry(
                code,
                results=[] if code == "eus" else results,
                base_model=BASES[place % 2],
                licence=LICENCES[place % 3],
                size=10_000 * (place + 1),
            )
        )
    return made


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder without a word, and remembers what was asked for."""

    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.asked.append(self.path)
        super().do_GET()

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the page of the adapters, and one of hostile ones."""
    folder = tmp_path_factory.mktemp("site")
    index = index_of(*entries(), note="An example; all scores are made up.")
    (folder / "index.html").write_text(render_page(index))
    bad = [
        entry("sme", place=text, name=text, base_model=text, licence=text, autonym=text, results=[result(task=text)])
        for text in HOSTILE
    ]
    long = "w" * 300
    bad.append(entry("sme", place=long, name=long, base_model=long, licence=long, results=[result(task=long)]))
    bad.append(entry("sme", place="script", link="javascript:window.hit=1"))
    left = [LeftOut(place=text, reason=text) for text in HOSTILE]
    hostile = index_of(*bad, title=HOSTILE[1], note=HOSTILE[0], left_out=left)
    (folder / "hostile.html").write_text(render_page(hostile))
    many = index_of(*(entry("sme", place=f"org/{number}", results=[result(2 + number / 100)]) for number in range(700)))
    (folder / "many.html").write_text(render_page(many))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser for all tests of this file."""
    with started(tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Browser]:
    """The page, wide and light; whatever a test does with it, nothing is complained about and nothing fetched."""
    browser.open(f"{site}/index.html")
    yield browser
    assert browser.console() == []
    assert browser.requests() == [f"{site}/index.html"]


SHOWN = "return [...document.querySelectorAll('#rows tr')].filter(row => row.checkVisibility())"


def shown(browser: Browser) -> list[str]:
    """Give the adapters of the rows that can be seen, in their order."""
    return browser.run(f"{SHOWN}.map(row => row.dataset.adapter.slice(4, 7))")


def keys(browser: Browser, column: int) -> list[str]:
    """Give the keys of a column in the order of the rows."""
    return browser.run(f"{SHOWN}.map(row => row.cells[arguments[0]].dataset.key)", column)


def count(browser: Browser) -> str:
    """Give what the live region says."""
    return browser.run("return document.querySelector('[role=status]').textContent")


def choose(browser: Browser, name: str, value: str) -> None:
    """Choose from a list, as a person would end up doing."""
    browser.run(
        "const list = document.getElementById(arguments[0]); list.value = arguments[1];"
        "list.dispatchEvent(new Event('change', {bubbles: true}))",
        name,
        value,
    )


def test_the_page_asks_for_nothing_but_itself(page: Browser, site: str) -> None:
    assert Quiet.asked[-1] == "/index.html"
    assert count(page) == "16 of 16 adapters, 17 rows"
    assert page.run("return document.querySelectorAll('link[rel=stylesheet], script[src], img, iframe').length") == 0


def test_it_starts_with_the_greatest_gain_and_keeps_losses(page: Browser) -> None:
    column = [column.name for column in COLUMNS].index("gain")
    gains = keys(page, column)
    assert gains[-1] == ""
    numbers = [float(gain) for gain in gains[:-1]]
    assert numbers == sorted(numbers, reverse=True)
    assert numbers[-1] < 0


@pytest.mark.parametrize("place", range(len(COLUMNS)), ids=[column.name for column in COLUMNS])
def test_every_column_sorts_both_ways_and_says_so(page: Browser, place: int) -> None:
    state = "return document.querySelectorAll('thead th')[arguments[0]].getAttribute('aria-sort')"
    if page.run(state, place) is None:
        page.click("thead button", place)
    first, order = keys(page, place), page.run(state, place)
    page.click("thead button", place)
    second, other = keys(page, place), page.run(state, place)

    assert {order, other} == {"ascending", "descending"}
    numeric = COLUMNS[place].numeric
    for found, told in ((first, order), (second, other)):
        known = [float(key) if numeric else key.casefold() for key in found if key]
        assert known == sorted(known, reverse=told == "descending")
        assert all(found[: len(known)])
    assert page.run("return document.querySelectorAll('[aria-sort]').length") == 1


@pytest.mark.parametrize(
    ("name", "value", "fits"),
    [
        ("by-base", BASES[1], lambda one: one.base_model == BASES[1]),
        ("by-licence", LICENCES[2], lambda one: one.licence == LICENCES[2]),
        ("by-family", "Uralic", lambda one: one.family == "Uralic"),
        ("by-task", "retrieval", lambda one: any(each.task == "retrieval" for each in one.results)),
    ],
)
def test_a_filter_leaves_what_fits_and_tells_how_many(page: Browser, name: str, value: str, fits) -> None:
    choose(page, name, value)
    wanted = {one.code for one in entries() if fits(one)}
    assert set(shown(page)) == wanted
    assert count(page).startswith(f"{len(wanted)} of 16 adapters")


def test_filters_join_and_reset_undoes_them(page: Browser) -> None:
    choose(page, "by-base", BASES[1])
    choose(page, "by-licence", LICENCES[0])
    wanted = {one.code for one in entries() if (one.base_model, one.licence) == (BASES[1], LICENCES[0])}
    assert set(shown(page)) == wanted != set()
    page.click("#reset")
    assert len(set(shown(page))) == 16


@pytest.mark.parametrize("verdict", ["helps", "no_effect", "harms", "not_measured"])
def test_a_verdict_can_be_picked_and_let_go(page: Browser, verdict: str) -> None:
    page.click(f"[data-verdict={verdict}]:is(button)")
    found = page.run(f"{SHOWN}.map(row => row.dataset.verdict)")
    assert set(found) == {verdict}
    assert page.run("return document.querySelector('button[aria-pressed=true]').dataset.verdict") == verdict
    page.click(f"[data-verdict={verdict}]:is(button)")
    assert len(set(shown(page))) == 16


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("smj", {"smj"}),
        ("አማርኛ", {"amh"}),
        ("עברית", {"heb"}),
        ("हिन्दी", {"hin"}),
        ("ქართული", {"kat"}),
        ("DAVVISAMEGIELLA", {"sme"}),
        ("quy", {"quy"}),
        ("swahili", {"swa", "swh", "swc"}),
        ("org/fao", {"fao"}),
        ("sami lule", {"smj"}),
    ],
)
def test_a_language_is_found_by_code_and_name_in_any_script(page: Browser, text: str, codes: set[str]) -> None:
    page.click("#query")
    page.press(text)
    assert set(shown(page)) == codes


def test_nothing_found_is_told_and_can_be_undone(page: Browser) -> None:
    page.click("#query")
    page.press("xyzzy")
    assert count(page) == "0 of 16 adapters"
    assert shown(page) == []
    page.click("#clear")
    assert len(set(shown(page))) == 16


def test_the_tree_narrows_to_a_branch_and_to_a_language(page: Browser) -> None:
    page.click("#tree > summary")
    page.click("#tree details:has([data-branch=ural1272]) > summary")
    page.click("[data-branch=ural1272]")
    assert set(shown(page)) == {"sme", "smj"}
    assert "Uralic" in page.run("return document.getElementById('branch').textContent")
    page.click("[data-branch=smj]")
    assert set(shown(page)) == {"smj"}
    page.click("#branch")
    assert len(set(shown(page))) == 16


def test_macrolanguage_and_members_are_rows_of_their_own(page: Browser) -> None:
    page.click("#tree > summary")
    page.click("#tree details:has([data-branch=swh]) > summary")
    page.click("[data-branch=swh]")
    assert set(shown(page)) == {"swh"}


def test_all_of_it_works_by_keyboard(page: Browser) -> None:
    focused = "return document.activeElement"
    page.press("Tab")
    assert page.run(f"{focused}.className") == "skip"
    page.press("Enter")
    page.press("Tab")
    page.press("Enter")
    assert page.run(f"{focused}.closest('th').getAttribute('aria-sort')") == "ascending"
    languages = [key.casefold() for key in keys(page, 0)]
    assert languages == sorted(languages)
    page.press("Space")
    assert page.run(f"{focused}.closest('th').getAttribute('aria-sort')") == "descending"


def test_every_control_is_reached_by_tab_and_shows_where_the_focus_is(page: Browser) -> None:
    reached, invisible = [], []
    for _ in range(60):
        page.press("Tab")
        name, outline = page.run(
            "const one = document.activeElement, style = getComputedStyle(one);"
            "return [one.id || one.dataset.verdict || one.className || one.tagName, style.outlineStyle]"
        )
        reached.append(name)
        if outline == "none" and name != "BODY":
            invisible.append(name)
    wanted = {"skip", "query", "by-family", "by-base", "by-licence", "by-task", "reset", "helps", "harms", "SUMMARY"}
    assert wanted <= set(reached)
    assert reached.count("BUTTON") >= len(COLUMNS)
    assert "A" in reached
    assert invisible == []


def test_every_control_has_a_name(page: Browser) -> None:
    tree = page.devtools("Accessibility.getFullAXTree")["nodes"]
    roles = {"button", "link", "searchbox", "combobox", "textbox", "DisclosureTriangle"}
    controls = [node for node in tree if not node["ignored"] and node["role"]["value"] in roles]
    assert len(controls) > 30
    assert [node for node in controls if not node.get("name", {}).get("value", "").strip()] == []


@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1161, 1280, 1440, 1920])
def test_nothing_is_cut_off_at_any_width(browser: Browser, site: str, width: int) -> None:
    for page in ("index.html", "hostile.html"):
        browser.open(f"{site}/{page}", width=width, height=780)
        assert browser.run("return document.documentElement.scrollWidth") <= width


def test_on_a_phone_rows_are_cards_that_say_what_is_what(browser: Browser, site: str) -> None:
    browser.open(f"{site}/index.html", width=360, height=780)
    outside = "cell => cell.getBoundingClientRect().right > 360 || cell.scrollWidth > cell.clientWidth + 1"
    assert browser.run(f"return [...document.querySelectorAll('#rows td, #rows th')].filter({outside}).length") == 0
    label = "return getComputedStyle(document.querySelector('#rows td.rival'), '::before').content"
    assert browser.run(label) == '"Judged against"'
    assert browser.run("return document.querySelector('thead').checkVisibility()") is False
    roles = "return ['table', 'row', 'cell'].map(role => document.querySelectorAll(`[role=${role}]`).length > 0)"
    assert browser.run(roles) == [True, True, True]

    choose(browser, "sort", "0")
    languages = [key.casefold() for key in keys(browser, 0)]
    assert languages == sorted(languages)
    browser.click("#direction")
    assert [key.casefold() for key in keys(browser, 0)] == sorted(languages, reverse=True)
    sizes = "return [...document.querySelectorAll('button, select, input')].filter(one => one.checkVisibility())"
    assert min(browser.run(f"{sizes}.map(one => one.getBoundingClientRect().height)")) >= 24
    assert browser.console() == []


CONTRAST = """
const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
const light = colour => {
  canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
  const parts = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3).map(part => part / 255);
  const [r, g, b] = parts.map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const behind = one => {
  for (; one; one = one.parentElement) {
    const colour = getComputedStyle(one).backgroundColor;
    if (colour !== 'rgba(0, 0, 0, 0)') return colour;
  }
  return 'white';
};
const texts = [...document.querySelectorAll('body *')].filter(one => one.checkVisibility()
  && [...one.childNodes].some(node => node.nodeType === 3 && node.textContent.trim()));
return texts.map(one => {
  const [a, b] = [light(getComputedStyle(one).color), light(behind(one))];
  return [(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), one.textContent.slice(0, 30)];
}).filter(([ratio]) => ratio < 4.5);
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_stands_out_from_what_is_behind_it(browser: Browser, site: str, scheme: str) -> None:
    browser.open(f"{site}/index.html", scheme=scheme)
    dark = browser.run("return matchMedia('(prefers-color-scheme: dark)').matches")
    assert dark is (scheme == "dark")
    assert browser.run(CONTRAST) == []
    paper = browser.run("return getComputedStyle(document.body).backgroundColor")
    assert (sum(json.loads(f"[{paper[4:-1]}]")) < 200) is dark


def test_hostile_names_are_text_and_nothing_else(browser: Browser, site: str) -> None:
    browser.open(f"{site}/hostile.html")
    choose(browser, "by-base", HOSTILE[0])
    browser.run("document.querySelectorAll('details').forEach(one => { one.open = true })")
    browser.run("for (const one of document.querySelectorAll('*')) one.dispatchEvent(new MouseEvent('mouseover'))")

    assert browser.run("return window.hit ?? null") is None
    assert browser.run("return document.querySelectorAll('img, iframe, script[src], [onload], [onerror]').length") == 0
    assert browser.run("return document.querySelectorAll('script').length") == 1
    assert browser.run("return document.querySelectorAll('[href^=\"javascript:\"]').length") == 0
    told = browser.run("return document.body.textContent")
    assert all(text in told for text in HOSTILE[:-1])
    assert "\u202e" not in told
    assert "\\u202egnp.exe" in told
    assert shown(browser) != []
    assert browser.console() == []
    assert browser.requests() == [f"{site}/hostile.html"]


def test_of_many_rows_so_many_are_shown_and_more_where_wanted(browser: Browser, site: str) -> None:
    browser.open(f"{site}/many.html")
    gains = [column.name for column in COLUMNS].index("gain")
    assert len(shown(browser)) == 300
    assert float(keys(browser, gains)[0]) == pytest.approx(8.99)
    assert count(browser) == "700 of 700 adapters, the first 300 rows shown"
    browser.click("#more")
    browser.click("#more")
    assert len(shown(browser)) == 700
    assert browser.run("return document.getElementById('more').checkVisibility()") is False

    browser.click("thead button", gains)
    assert len(shown(browser)) == 300
    assert float(keys(browser, gains)[0]) == pytest.approx(2.0)
    browser.click("#query")
    browser.press("org/699")
    assert len(shown(browser)) == 1


def test_the_policy_lets_no_other_script_or_request_through(browser: Browser, site: str) -> None:
    browser.open(f"{site}/index.html")
    for attempt in (
        "const one = document.createElement('img'); one.src = '/probe.png'; document.body.append(one)",
        "const one = document.createElement('script'); one.src = '/probe.js'; document.body.append(one)",
        "const one = document.createElement('script'); one.text = 'window.hit = 1'; document.body.append(one)",
        "const one = document.createElement('p'); one.setAttribute('onclick', 'window.hit = 1'); one.click()",
        "document.body.innerHTML += '<iframe src=/probe.html>'",
        "fetch('/probe.json').catch(() => {})",
    ):
        browser.run(f"try {{ {attempt} }} catch {{}}")
    assert browser.run("return window.hit ?? null") is None
    assert not [path for path in Quiet.asked if "probe" in path]
    assert any("Content Security Policy" in line for line in browser.console())


def test_a_view_can_be_linked_to(page: Browser, site: str) -> None:
    choose(page, "by-family", "Uralic")
    page.click("thead button", 0)
    url = page.run("return location.href")
    before = shown(page)
    page.open(url)
    assert url != f"{site}/index.html"
    assert shown(page) == before
    page.open(f"{site}/index.html")


def test_a_broken_link_to_a_view_does_no_harm(page: Browser, site: str) -> None:
    page.open(f"{site}/index.html#column=99&order=sideways&family=%3Cb%3E&verdict=x&__proto__=1")
    assert shown(page) == []
    page.click("#clear")
    assert len(set(shown(page))) == 16
    page.open(f"{site}/index.html")


def test_without_scripts_the_table_is_there_and_no_dead_controls(browser: Browser, site: str) -> None:
    browser.open(f"{site}/index.html", script=False)
    nodes = browser.devtools("DOM.getDocument", depth=-1)["root"]
    (rows,) = [browser.devtools("DOM.querySelectorAll", nodeId=nodes["nodeId"], selector="#rows tr")["nodeIds"]]
    assert len(rows) == 17
    tree = browser.devtools("Accessibility.getFullAXTree")["nodes"]
    roles = [node["role"]["value"] for node in tree if not node["ignored"]]
    assert "searchbox" not in roles
    assert "combobox" not in roles
    assert roles.count("link") >= 17
    browser.devtools("Emulation.setScriptExecutionDisabled", value=False)
