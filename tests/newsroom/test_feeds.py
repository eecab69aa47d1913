"""The feed, read as a stranger would read it."""

from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from django.conf import settings
from django.test import Client

from newsroom.models import Article, Kind
from tests.factories import make_article, make_editor, make_revision

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
NOTE = "We wrote <b>three</b> & more; four are closed.\nSorry."


@pytest.fixture
def bridges() -> Article:
    article = make_article(slug="bridges", language="fr", headline="Bridges & <wall>")
    make_revision(article, find="three", put="four", kind=Kind.CORRECTION, note=NOTE)
    return article


def read(client: Client) -> Any:
    answer = client.get("/corrections/feed.atom", headers={"Host": "localhost"})
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    return feed


def test_a_correction_is_an_entry_with_its_note(client: Client, bridges: Article) -> None:
    make_revision(bridges, find="recieve", put="receive", kind=Kind.TYPO)
    [entry] = read(client).entries
    assert entry.title == "Correction: Bridges & <wall>"
    assert entry.content[0].value == NOTE
    assert entry.content[0].type == "text/plain"
    assert entry.content[0].language == "fr"
    assert entry.link == f"{settings.SITE_URL}/articles/bridges/revisions/2/"
    assert entry.author == "The desk"
    assert [tag.term for tag in entry.tags] == ["correction"]


def test_an_entry_is_signed_by_its_editor(client: Client) -> None:
    article = make_article()
    by = make_editor(public_name="Tobin Vance")
    make_revision(article, find="three", put="four", kind=Kind.CORRECTION, note=NOTE, by=by)
    assert read(client).entries[0].author == "Tobin Vance"


def test_the_feed_has_what_the_format_demands(client: Client, bridges: Article) -> None:
    root = ET.fromstring(client.get("/corrections/feed.atom").content)
    for parent in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated", "author"):
            assert len(parent.findall(f"{ATOM}{name}")) == 1, (parent.tag, name)
    assert [link.get("href") for link in root.findall(f"{ATOM}link[@rel='self']")] == [
        f"{settings.SITE_URL}/corrections/feed.atom"
    ]
    assert root.find(f"{ATOM}entry/{ATOM}summary") is None


def test_ids_stay_and_the_newest_comes_first(client: Client, bridges: Article) -> None:
    [before] = [entry.id for entry in read(client).entries]
    assert before.startswith("tag:")
    make_revision(bridges, find="four", put="five", kind=Kind.CORRECTION, note="Five, indeed.")
    entries = read(client).entries
    assert [entry.content[0].value for entry in entries] == ["Five, indeed.", NOTE]
    assert entries[1].id == before
    assert entries[0].id != before


def test_every_address_comes_from_the_settings(client: Client, bridges: Article) -> None:
    answer = client.get("/corrections/feed.atom", headers={"Host": "testserver"})
    assert b"testserver" not in answer.content
    assert settings.SITE_URL.encode() in answer.content


def test_an_empty_record_is_a_feed_too(client: Client) -> None:
    assert read(client).entries == []


def test_who_has_the_feed_is_told_so(client: Client, bridges: Article) -> None:
    etag = client.get("/corrections/feed.atom")["ETag"]
    assert client.get("/corrections/feed.atom", headers={"If-None-Match": etag}).status_code == 304
