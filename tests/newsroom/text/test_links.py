"""Links get the scheme that their writer left out, or are found to lead nowhere."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from newsroom.text.links import dead_links, whole_address
from newsroom.text.sanitizer import sanitise

TYPED: dict[str, str | None] = json.loads(Path(settings.BASE_DIR, "tests/js/richtext/addresses.json").read_text())


@pytest.mark.parametrize(("typed", "whole"), TYPED.items())
def test_an_address_is_made_whole_as_in_the_editor(typed: str, whole: str | None) -> None:
    assert whole_address(typed) == whole


def test_what_is_published_leads_where_it_was_meant_to() -> None:
    body = '<p><a href="example.org/pool?a=1&amp;b">a</a><a href="//b.org">b</a><a href="me@b.org">c</a></p>'
    addresses = ("https://example.org/pool?a=1&amp;b", "https://b.org", "mailto:me@b.org")
    links = (f'<a href="{href}" rel="noopener">{text}</a>' for href, text in zip(addresses, "abc", strict=True))
    assert sanitise(body) == f"<p>{''.join(links)}</p>"
    assert 'cite="https://b.org"' in sanitise('<blockquote cite="b.org"><p>a</p></blockquote>')


def test_links_that_lead_nowhere_are_named_once() -> None:
    body = '<a href="pool">a</a><A HREF=" javascript:x() ">b</A><a href="pool">c</a><a href="/d">d</a><a name="e">e</a>'
    assert dead_links(body) == ["pool", " javascript:x() "]
