"""The browser computes the canonical text of a page exactly as Python does, and its offsets lead back to the words."""

import random
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Page

from newsroom.text.canonical import NotCanonical, canonical_text, splice
from newsroom.text.html_layout import BLOCK_NAMES, SKIPPED_NAMES
from newsroom.text.sanitizer import sanitise
from tests.support.random_html import random_body, random_words

ROOT = Path(__file__).parents[2]
SCRIPTS = ROOT / "static" / "shared"
SCRIPT = SCRIPTS / "canonical.js"

BODIES = {
    "emoji": "<p>Rain 🌧️ over 👩‍👩‍👧 and 🇺🇦, then <em>sun ☀️</em>.</p>",
    "combining marks": "<p>Cafe\u0301 de\u0301ja\u0300, Ки\u0306їв</p><p>nai\u0308ve</p>",
    "nested inline": '<p>The <a href="/a"> <strong>minister <em>of </em></strong> trade</a> said <code> x </code>.</p>',
    "lists": "<ul>\n<li>one</li>\n<li>two<ol start='3'><li>three</li></ol> tail</li></ul><dl><dt>A</dt><dd>B</dd></dl>",
    "breaks": "<p>one <br> two<br><br>three<br></p><p><br></p><p> four</p>",
    "figure": '<figure><img src="/m/1.jpg" alt="A map"><figcaption>'
    "The <cite>map</cite>\nof 1932</figcaption></figure>after",
    "right to left": '<p dir="rtl" lang="ar">قال <b>الوزير</b>: «٣٫٥ ٪»\u200f</p><p>\u202aאבג\u202c</p>',
    "table": "<table><caption>Votes</caption><thead><tr><th>Party</th><th>Seats</th></tr></thead>"
    "<tbody><tr><td>A</td><td> 12 </td></tr><tr><td></td><td>7</td></tr></tbody></table>",
    "pre": "<pre>\n  two\n\n  <code>lines &amp; more </code>\n</pre><p>a</p><pre>\n\nfirst\t</pre>",
    "white space": "<p>\n one \t two\f<b> three</b> \n<i> four </i>\n</p>"
    " \n loose <p>no&nbsp;break \u2003 \ufeffwide</p>",
    "entities": "<p>&lt;p&gt; &amp;amp; &quot;x&quot; &#128169; a\u00adb &copy;</p>",
    "quote": '<blockquote cite="/q"><p>One</p><p>Two</p>loose</blockquote><hr><h2>Head</h2>',
    "empty": "",
}

READ_ALL = """async () => {
  const {CanonicalText} = await import("/canonical.js");
  return [...document.querySelectorAll('[data-field="body"]')].map((body) => new CanonicalText(body).text);
}"""

# Each span comes back as [text of the range, offset of its start, offset of its end].
READ_SPANS = """async (spans) => {
  const {CanonicalText} = await import("/canonical.js");
  const {rangeOf} = await import("/ranges.js");
  const bodies = [...document.querySelectorAll('[data-field="body"]')].map((body) => new CanonicalText(body));
  return spans.map(([body, start, end]) => {
    const range = rangeOf(bodies[body], start, end);
    return [range.toString(), bodies[body].offsetOf(range.startContainer, range.startOffset),
            bodies[body].offsetOf(range.endContainer, range.endOffset)];
  });
}"""


class Site:
    """A tiny site of one page, whose document is set by the test."""

    def __init__(self) -> None:
        self.document = b""
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                is_script = self.path.endswith(".js")
                content = (SCRIPTS / self.path[1:]).read_bytes() if is_script else site.document
                self.send_response(200)
                self.send_header("Content-Type", "text/javascript" if is_script else "text/html; charset=utf-8")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *args: object) -> None:
                """Quiet: a test's output is its failures."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    def show(self, page: Page, bodies: list[str]) -> None:
        shown = "\n".join(f'<div data-field="body">{body}</div>' for body in bodies)
        self.document = f"<!doctype html><html><head><title>Bodies</title></head><body>{shown}</body></html>".encode()
        page.goto(f"http://127.0.0.1:{self.server.server_address[1]}/")


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()
    thread = Thread(target=site.server.serve_forever)
    thread.start()
    yield site
    site.server.shutdown()
    thread.join()
    site.server.server_close()


def fuzzed_bodies(seed: int, count: int) -> list[str]:
    chance = random.Random(seed)
    return [sanitise(random_body(chance)) for _ in range(count)]


def assert_same(site: Site, page: Page, bodies: list[str]) -> None:
    site.show(page, bodies)
    assert page.evaluate(READ_ALL) == [canonical_text(body) for body in bodies]


def test_the_lists_of_elements_are_those_of_python() -> None:
    script = " ".join(SCRIPT.read_text().replace('" +\n    "', "").split())
    assert f'("{BLOCK_NAMES}")' in script
    assert f'"{SKIPPED_NAMES}"' in script


@pytest.mark.parametrize("name", BODIES)
def test_the_text_of_each_kind_of_body(site: Site, page: Page, name: str) -> None:
    assert_same(site, page, [BODIES[name]])


def test_the_text_of_every_seed(site: Site, page: Page) -> None:
    bodies = [sanitise(path.read_text()) for path in sorted((ROOT / "seeds").glob("**/*.html"))]
    assert bodies
    assert_same(site, page, bodies)


def test_the_text_of_random_bodies(site: Site, page: Page) -> None:
    assert_same(site, page, fuzzed_bodies(seed=1, count=500))


def test_the_text_of_random_bodies_after_a_splice(site: Site, page: Page) -> None:
    chance = random.Random(2)
    spliced = []
    for body in fuzzed_bodies(seed=3, count=400):
        text = canonical_text(body)
        start = chance.randint(0, len(text))
        try:
            spliced.append(splice(body, start, min(len(text), start + chance.randint(0, 30)), random_words(chance)))
        except NotCanonical:
            continue
    assert len(spliced) > 200
    assert_same(site, page, spliced)


def test_offsets_lead_to_the_words_and_back(site: Site, page: Page) -> None:
    chance = random.Random(4)
    bodies = [*BODIES.values(), *fuzzed_bodies(seed=5, count=60)]
    texts = [canonical_text(body) for body in bodies]
    spans = []
    for number, text in enumerate(texts):
        # Line ends stand for markup, so a span that begins or ends with one has no text node there.
        places = [place for place, character in enumerate(text) if character != "\n"]
        for _ in range(8 if places else 0):
            start, last = sorted((chance.choice(places), chance.choice(places)))
            spans.append((number, start, last + 1))
    site.show(page, bodies)
    for (number, start, end), (shown, first, last) in zip(spans, page.evaluate(READ_SPANS, spans), strict=True):
        assert (first, last) == (start, end), (bodies[number], start, end)
        assert "".join(shown.split()) == "".join(texts[number][start:end].split())
