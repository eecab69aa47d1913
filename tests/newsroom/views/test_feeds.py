"""The feeds, read as a stranger would read them."""

import json
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest
from django.conf import settings
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker

from newsroom.audit.log import act_hash
from newsroom.models import Act, Article, Kind
from tests.support.factories import make_article, make_editor, make_revision

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
NOTE = "We wrote <b>three</b> & more; four are closed.\nSorry."


@pytest.fixture
def bridges() -> Article:
    article = make_article(slug="bridges", language="fr", headline="Bridges & <wall>")
    make_revision(article, find="three", put="four", kind=Kind.CORRECTION, note=NOTE)
    return article


def read(client: Client, path: str = "/corrections/feed.atom") -> Any:
    answer = client.get(path, headers={"Host": "localhost"})
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(answer.content)
    assert not feed.bozo
    return feed


def test_a_correction_is_an_entry_with_its_note(client: Client, bridges: Article) -> None:
    make_revision(bridges, find="recieve", put="receive", kind=Kind.TYPO)
    [entry] = read(client).entries
    assert entry.title == "Correction\N{NARROW NO-BREAK SPACE}: Bridges & <wall>"
    assert entry.content[0].value == NOTE
    assert entry.content[0].type == "text/plain"
    assert entry.content[0].language == "fr"
    assert entry.link == f"{settings.SITE_URL}/articles/bridges/revisions/2/"
    assert entry.author == "Notre rédaction"
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


SECTION = "/corrections/sections/Local"
CHANGES = "/articles/bridges/changes"
RECORD = "{urn:x-corrigenda:record}"
# JSON Feed 1.1 as its specification lists it; every name that it does not know must begin with "_".
AUTHOR = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("name", "url", "avatar")},
    "minProperties": 1,
}
ITEM = {
    "type": "object",
    "required": ["id"],
    "anyOf": [{"required": ["content_text"]}, {"required": ["content_html"]}],
    "properties": {
        "id": {"type": "string", "minLength": 1},
        "url": {"type": "string", "format": "uri"},
        "external_url": {"type": "string", "format": "uri"},
        "title": {"type": "string"},
        "content_text": {"type": "string"},
        "content_html": {"type": "string"},
        "summary": {"type": "string"},
        "image": {"type": "string", "format": "uri"},
        "banner_image": {"type": "string", "format": "uri"},
        "date_published": {"type": "string", "format": "date-time"},
        "date_modified": {"type": "string", "format": "date-time"},
        "authors": {"type": "array", "items": AUTHOR},
        "tags": {"type": "array", "items": {"type": "string"}},
        "language": {"type": "string"},
        "attachments": {"type": "array"},
    },
    "patternProperties": {"^_[^.]+$": {"type": "object"}},
    "additionalProperties": False,
}
FEED = {
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string"},
        "home_page_url": {"type": "string", "format": "uri"},
        "feed_url": {"type": "string", "format": "uri"},
        "description": {"type": "string"},
        "user_comment": {"type": "string"},
        "next_url": {"type": "string", "format": "uri"},
        "icon": {"type": "string", "format": "uri"},
        "favicon": {"type": "string", "format": "uri"},
        "authors": {"type": "array", "items": AUTHOR},
        "language": {"type": "string"},
        "expired": {"type": "boolean"},
        "hubs": {"type": "array"},
        "items": {"type": "array", "items": ITEM},
    },
    "patternProperties": {"^_[^.]+$": {"type": "object"}},
    "additionalProperties": False,
}


def read_json(client: Client, path: str) -> Any:
    answer = client.get(path)
    assert answer["Content-Type"] == "application/feed+json; charset=utf-8"
    feed = json.loads(answer.content)
    Draft202012Validator(FEED, format_checker=FormatChecker()).validate(feed)
    assert feed["feed_url"] == f"{settings.SITE_URL}{path}"
    return feed


@pytest.mark.parametrize("place", ["/corrections", SECTION, CHANGES])
def test_both_formats_say_the_same(client: Client, bridges: Article, place: str) -> None:
    atom, feed = read(client, f"{place}/feed.atom"), read_json(client, f"{place}/feed.json")
    assert atom.feed.title == feed["title"]
    assert [(each.id, each.title, each.link, each.author) for each in atom.entries] == [
        (each["id"], each["title"], each["url"], each["authors"][0]["name"]) for each in feed["items"]
    ]
    assert feed["items"][0]["content_text"] == NOTE
    assert feed["items"][0]["_record"]["diff"] == f"{settings.SITE_URL}/articles/bridges/changes/1...2/"


def test_an_entry_has_one_id_in_every_feed(client: Client, bridges: Article) -> None:
    ids = {read(client, f"{place}/feed.atom").entries[0].id for place in ("/corrections", SECTION, CHANGES)}
    assert len(ids) == 1


def test_an_articles_own_feed_has_every_revision(client: Client, bridges: Article) -> None:
    make_revision(bridges, find="recieve", put="receive", kind=Kind.TYPO)
    feed = read_json(client, f"{CHANGES}/feed.json")
    assert [item["tags"] for item in feed["items"]] == [["typo"], ["correction"], ["publication"]]
    assert feed["items"][0]["content_text"] == "Une faute de frappe. Le sens ne change pas."
    assert feed["items"][2]["_record"]["diff"] is None


def test_a_section_has_its_own_corrections_alone(client: Client, bridges: Article) -> None:
    other = make_article(slug="opera")
    Article.objects.filter(slug="opera").update(section="Arts/Музика")
    make_revision(other, find="three", put="four", kind=Kind.CORRECTION, note=NOTE)
    assert len(read(client).entries) == 2
    assert [item["_record"]["article"] for item in read_json(client, f"{SECTION}/feed.json")["items"]] == [
        f"{settings.SITE_URL}/articles/bridges/"
    ]
    page = client.get("/articles/opera/").content.decode()
    path = "/corrections/sections/Arts/%D0%9C%D1%83%D0%B7%D0%B8%D0%BA%D0%B0/feed"
    assert f'href="{path}.atom"' in page
    assert len(read(client, f"{path}.atom").entries) == len(read_json(client, f"{path}.json")["items"]) == 1


@pytest.mark.parametrize(
    "path",
    ["/corrections/sections/Nowhere", "/corrections/sections/%00", "/articles/draft/changes", "/articles/x/changes"],
)
def test_what_was_never_published_has_no_feed(client: Client, path: str) -> None:
    Article.objects.create(slug="draft", section="Nowhere")
    assert client.get(f"{path}/feed.atom").status_code == 404
    assert client.get(f"{path}/feed.json").status_code == 404


def test_an_entry_bears_the_head_of_the_record_as_it_was_then(client: Client, bridges: Article) -> None:
    make_revision(bridges, find="four", put="five", kind=Kind.CORRECTION, note="Five instead of four.")
    root = ET.fromstring(client.get("/corrections/feed.atom").content)
    told = [head.text or "" for head in root.iterfind(f"{ATOM}entry/{RECORD}head")]
    acts = [Act.objects.get(sequence=int(head.partition(":")[0])) for head in told]
    assert [json.loads(act.payload)["revision"] for act in acts] == [3, 2]
    assert [head.partition(":")[2] for head in told] == [act_hash(act) for act in acts]
    for path in ("/corrections/feed.json", f"{SECTION}/feed.json", f"{CHANGES}/feed.json"):
        items = read_json(client, path)["items"]
        assert [item["_record"]["head"] for item in items][:2] == told


@pytest.mark.parametrize("path", ["/", "/corrections/", "/articles/bridges/", "/articles/bridges/changes/"])
def test_pages_name_their_feeds(client: Client, bridges: Article, path: str) -> None:
    page = client.get(path).content.decode()
    assert 'type="application/feed+json"' in page
    assert 'href="/corrections/feed.atom"' in page
    assert ('href="/articles/bridges/changes/feed.json"' in page) is ("bridges" in path)


def test_who_has_a_json_feed_is_told_so(client: Client, bridges: Article) -> None:
    etag = client.get(f"{CHANGES}/feed.json")["ETag"]
    assert client.get(f"{CHANGES}/feed.json", headers={"If-None-Match": etag}).status_code == 304


def test_an_empty_feed_stays_the_same_feed(client: Client) -> None:
    assert read(client).feed.updated == "1970-01-01T00:00:00+00:00"
    assert read_json(client, "/corrections/feed.json")["items"] == []
