"""Pages around a few paragraphs, as systems of newsrooms make them."""

from collections import Counter

from newsroom.extraction.extract import Selectors, as_article, extract
from newsroom.extraction.page import parse
from newsroom.text.canonical import canonical_text
from newsroom.text.sanitizer import sanitise

FIRST = "The old stone bridge over the mill stream opens on Monday at six, after nine months of repair."
SECOND = "The council paid 412,000 crowns, and the mayor told a hundred people in the hall that it was worth it."
THIRD = "On Thursday the first cars follow, in one lane only, and lorries of less than twelve tonnes in May."
PROSE = f"<p>{FIRST}</p>\n<p>{SECOND}</p>\n<p>{THIRD}</p>"
GUESSED = Selectors()
TEXT = f"{FIRST}\n\n{SECOND}\n\n{THIRD}"


def page(inside: str, *, head: str = "", attributes: str = ' lang="en"', root: str = "article") -> str:
    """A whole page with a frame: `inside` stands in its root element."""
    return (
        f"<!doctype html><html{attributes}><head><title>The bridge opens | The Daily Example</title>{head}</head><body>"
        "<header><h1>The Daily Example</h1><nav><ul><li><a href=/>Home</a><li><a href=/local>Local news</a></ul></nav>"
        f"</header><main><{root}><h1>The bridge opens</h1>{inside}</{root.split()[0]}></main>"
        '<aside><h3>Most read</h3><ul><li><a href="/a">Another article of today</a></ul></aside>'
        "<footer><p>All rights reserved by The Daily Example and its friends in the valley.</p></footer></body></html>"
    )


def text_of(html: str, selectors: Selectors = GUESSED) -> str:
    """Canonical text of what is taken out of a page."""
    return canonical_text(body_of(html, selectors))


def body_of(html: str, selectors: Selectors = GUESSED, left_out: Counter[str] | None = None) -> str:
    found = extract(parse(html), selectors)
    body = sanitise(as_article(found, local=lambda source, alt: {}))
    if left_out is not None:
        left_out.update(found.left_out)
    return body
