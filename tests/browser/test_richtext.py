"""What the rich-text field makes of a body, in a real browser."""

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from newsroom.text.canonical import canonical_text
from newsroom.text.sanitizer import sanitise
from tests.browser.richtext import Desk

SAME = {"b": "strong", "i": "em"}
SEEDS = Path(settings.BASE_DIR) / "seeds"

CLIPBOARDS = Path(settings.BASE_DIR) / "tests" / "js" / "richtext" / "clipboards"

FAITHFUL = {
    "inline": "<p>a <b>b</b> <i>c</i> <s>d</s> H<sub>2</sub>O x<sup>2</sup> <code>e &lt; f &amp;&amp; g</code></p>",
    "emphasis around a link": '<p><em>One <a href="/a?b=1&amp;c=2" title="T" hreflang="fr">two</a> three</em></p>'
    '<p><em><a href="https://example.org/" rel="noopener">four</a> five</em></p>',
    "source and short form": '<p><cite>The Book</cite>, <abbr title="World Health Organization">WHO</abbr></p>',
    "headings": "<h2>Two</h2><h3 lang='fr'>Trois</h3><h4>Four</h4><hr><p>x</p>",
    "bare and full items": '<ol start="4"><li>a<ul><li>b</li></ul>c</li><li><p>d</p><p>e</p></li><li></li></ol>',
    "quotations": '<blockquote cite="/source"><p>a</p></blockquote><blockquote>bare <b>b</b><p>c</p></blockquote>',
    "code": "<pre>\n  two\n\tthree  <code>x</code>\n</pre>",
    "figures": '<figure><img src="/media/a.png" alt="A &quot;q&quot;" width="8" height="4"><figcaption>C <a href="/s">s'
    "</a></figcaption></figure><figure><figcaption>Only words</figcaption></figure>"
    '<figure><a href="/big"><img src="/media/b.png" alt=""></a></figure><p><img src="/media/c.png" alt="c"> inline</p>',
    "table": '<table><caption>Cap</caption><thead><tr><th scope="col" colspan="2">A</th></tr></thead><tbody><tr>'
    '<td rowspan="1">1</td><td><p>2</p></td></tr></tbody><tfoot><tr><td></td><td>z</td></tr></tfoot></table>',
    "definitions": "<dl><dt>Term</dt><dd>Meaning</dd><dd><p>Another</p></dd></dl>",
    "breaks and blanks": "<p>a<br>b <br> c<br><br>d</p>\n\n <p>  many \n  blanks\u00a0kept&nbsp;: 5\u2009k\u00adm </p>",
    "emoji and marks": "<p>👩\u200d👩\u200d👧 e\u0301 🇺🇦 — “quotes”</p>",
    "right to left": '<p dir="rtl" lang="ar">مرحبا <b>بالعالم</b> ٢٠٢٤ <em lang="en" dir="ltr">hello</em></p>',
    "nested emphasis": '<p><em>a <em lang="fr">b</em></em> <b>c</b> <strong><em>e</em></strong></p>',
    **{path.stem: path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.html"))},
}


class Elements(HTMLParser):
    """Every element with its attributes, and how often it stands there."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[f"{SAME.get(tag, tag)} {sorted(attrs)}"] += 1


@pytest.fixture
def desk(page: Page, collected_static: None) -> Iterator[Desk]:
    desk = Desk(page)
    yield desk
    assert desk.complaints == []


@pytest.mark.parametrize("name", FAITHFUL)
def test_an_edit_elsewhere_leaves_the_rest_as_it_was(desk: Desk, name: str) -> None:
    body = f"{FAITHFUL[name]}\n<p>end</p>"
    desk.open(body)
    desk.to_end()
    desk.page.keyboard.type("!")
    saved = desk.save()
    assert saved != body
    assert canonical_text(saved) == canonical_text(sanitise(saved)) == canonical_text(body) + "!"
    assert Elements(saved).found == Elements(body).found


@pytest.mark.parametrize("undo", ["Backspace", "Control+z"])
def test_what_was_not_changed_is_sent_byte_for_byte(desk: Desk, undo: str) -> None:
    body = "<p>one&nbsp;two  <b>three</b></p><p class=x>four\n</p>\n".replace(" class=x", "")
    desk.open(body)
    desk.to_end()
    desk.page.keyboard.type("!")
    expect(desk.source).to_have_value(re.compile("four!"))
    desk.page.keyboard.press(undo)
    assert desk.save() == body


@pytest.mark.parametrize(
    "body",
    [
        "<p>a <u>b</u></p>",
        "<p>a</p><details><summary>b</summary><p>c</p></details>",
        '<p>a <img src="https://elsewhere.example/x.png" alt="b"></p>',
        '<p class="lead">a</p>',
        "<ul><li>a</li>b</ul>",
    ],
)
def test_what_the_editor_would_change_is_shown_as_html(desk: Desk, body: str) -> None:
    desk.open(body)
    expect(desk.page.get_by_role("status")).to_contain_text("shown as HTML")
    expect(desk.text).to_have_js_property("localName", "textarea")
    desk.source.fill(body + "\n")
    assert desk.save() == body + "\n"


def test_typing_bold_italic_and_lines(desk: Desk) -> None:
    desk.open("").click()
    for keys in ("a ", "^b", "b", "^b", " ", "^i", "c", "^i"):
        desk.page.keyboard.press(f"Control+{keys[1:]}") if keys[0] == "^" else desk.page.keyboard.type(keys)
    desk.page.keyboard.press("Shift+Enter")
    desk.page.keyboard.type("1 < 2 & 3")
    desk.page.keyboard.press("Enter")
    desk.page.keyboard.type("next  ")
    assert desk.save() == "<p>a <strong>b</strong> <em>c</em><br>1 &lt; 2 &amp; 3</p>\n<p>next  </p>"


def test_marks_of_markdown_become_formatting_and_one_undo_puts_them_back(desk: Desk) -> None:
    desk.open("").click()
    desk.page.keyboard.type("## One **two**")
    expect(desk.source).to_have_value("<h3>One <strong>two</strong></h3>")
    desk.page.keyboard.press("Control+z")
    expect(desk.source).to_have_value("<h3>One **two**</h3>")
    desk.page.keyboard.press("Enter")
    desk.page.keyboard.type("- ")
    desk.page.keyboard.press("Control+z")
    desk.page.keyboard.type("a")
    assert desk.save() == "<h3>One **two**</h3>\n<p>- a</p>"


@pytest.mark.parametrize(
    ("button", "expected"),
    [
        ("Heading H2", "<h2>one</h2>\n<p>two</p>"),
        ("Heading H3", "<h3>one</h3>\n<p>two</p>"),
        ("Bullet list", "<ul><li>one</li></ul>\n<p>two</p>"),
        ("Numbered list", "<ol><li>one</li></ol>\n<p>two</p>"),
        ("Quotation", "<blockquote><p>one</p></blockquote>\n<p>two</p>"),
    ],
)
def test_a_button_changes_the_block_and_changes_it_back(desk: Desk, button: str, expected: str) -> None:
    desk.open("<p>one</p><p>two</p>").get_by_text("one", exact=True).click()
    desk.button(button).click()
    expect(desk.button(button)).to_have_attribute("aria-pressed", "true")
    expect(desk.source).to_have_value(expected)
    desk.button(button).click()
    expect(desk.button(button)).to_have_attribute("aria-pressed", "false")
    assert desk.save() == "<p>one</p><p>two</p>"


def test_a_list_goes_on_with_enter_and_ends_with_a_second_one(desk: Desk) -> None:
    desk.open("<ul><li>one</li></ul>")
    desk.to_end()
    for text in ("Enter", "two", "Enter", "Enter", "after"):
        desk.page.keyboard.press(text) if text == "Enter" else desk.page.keyboard.type(text)
    assert desk.save() == "<ul><li>one</li>\n<li>two</li></ul>\n<p>after</p>"


def test_code_keeps_the_blank_line_that_it_begins_with(desk: Desk) -> None:
    desk.open("<pre>\n\na</pre><p>end</p>")
    desk.to_end()
    desk.page.keyboard.type("!")
    assert desk.save() == "<pre>\n\na</pre>\n<p>end!</p>"


def test_two_neighbours_in_bold_become_one(desk: Desk) -> None:
    desk.open("<p><b>a</b><b>b</b> end</p>")
    desk.to_end()
    desk.page.keyboard.type("!")
    assert desk.save() == "<p><strong>ab</strong> end!</p>"


def test_enter_in_a_caption_goes_on_below_the_figure(desk: Desk) -> None:
    figure = '<figure><img src="/media/a.png" alt="a"><figcaption>c</figcaption></figure>'
    desk.open(figure)
    desk.to_end()
    for keys in ("!", "\n", "after"):
        desk.page.keyboard.type(keys)
    assert desk.save() == figure.replace("c</", "c!</") + "\n<p>after</p>"


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        (
            '<style>p{}</style><p style="color:red" class="x" onclick="f()">a '
            + '<b style=font-weight:bold title="b style=c">b</b>'
            + '<img src="https://elsewhere.example/x.png" onerror=f()></p><script>f()</script>',
            "<p>a <strong>b</strong></p>",
        ),
        (
            '<b style="font-weight:normal"><p dir="ltr" style="line-height:1.4"><span style="font-weight:700">a</span> '
            + '<span style="font-style:italic;font-weight:400">b</span></p></b>',
            "<p><strong>a</strong> <em>b</em></p>",
        ),
        (
            '<p><a href="javascript:f()">a</a> <a href="https://example.org/">b</a></p>',
            '<p>a <a href="https://example.org/">b</a></p>',
        ),
        ("<div>a</div><div>b</div>", "<p>a</p>\n<p>b</p>"),
        (
            (CLIPBOARDS / "google_docs.html").read_text(),
            "<h2>What was said</h2>\n<p><strong>Mayor</strong> spoke <em>softly</em><sup>2</sup> <strong><s>and "
            'loudly</s></strong>, see <a href="https://example.org/a?b=1">the plan</a>.</p>\n'
            "<ul><li>Open at six<ul><li>For swimmers</li></ul></li>\n<li>Closed on Mondays</li></ul>\n"
            "<table><tbody><tr><td><strong>Day</strong></td>\n<td>Time</td></tr></tbody></table>",
        ),
    ],
)
def test_pasting_keeps_the_meaning_and_leaves_the_looks(desk: Desk, pasted: str, expected: str) -> None:
    desk.open("").click()
    desk.paste(pasted)
    assert desk.save() == expected


def test_the_textarea_is_kept_in_step_and_says_so(desk: Desk) -> None:
    desk.open("<p>a</p>")
    desk.page.evaluate("document.addEventListener('change', (event) => { window.changed = event.target.value; })")
    desk.to_end()
    desk.page.keyboard.type("b")
    desk.page.wait_for_function("() => window.changed === '<p>ab</p>'")
