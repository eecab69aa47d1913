"""The widget's look-up and its suggestions: what a page of a Source is told, and what is believed of it."""

from typing import Any

import pytest
from django.test import Client

from corrections.embed.article import text_digest
from corrections.models import Suggestion
from newsroom.models import Kind, SourceArticle
from tests.support.factories import current_revision
from tests.support.sources import make_seen_revision, make_source, make_source_article

pytestmark = pytest.mark.django_db
ORIGIN = "https://daily.example"
PAGE = f"{ORIGIN}/bridge/"


@pytest.fixture
def placed() -> SourceArticle:
    return make_source_article(url=PAGE, external_id="41", slug="bridge", source=make_source(root=".text", drop=".ad"))


def look_up(client: Client, placed: SourceArticle, origin: str = ORIGIN, **query: str) -> Any:
    asked = {"site": placed.source.key, "url": PAGE} | query
    return client.get("/api/embed/article", asked, headers={"Origin": origin})


def quote(placed: SourceArticle, words: str = "recieve") -> dict[str, Any]:
    text = current_revision(placed.article).require_content().text
    start = text.index(words)
    around = {"prefix": text[:start][-32:], "suffix": text[start + len(words) :][:32]}
    return {"field": "body", "exact": words, **around, "start": start, "end": start + len(words)}


def send(client: Client, placed: SourceArticle, origin: str = ORIGIN, **parts: Any) -> Any:
    body = {"site": placed.source.key, "url": PAGE, "quote": quote(placed), "replacement": "receive"}
    return client.post(
        "/api/suggestions",
        body | {"category": "typo"} | parts,
        content_type="application/json",
        headers={"Origin": origin},
    )


@pytest.mark.both_databases
def test_a_page_is_told_its_article(client: Client, placed: SourceArticle) -> None:
    answer = look_up(client, placed)

    text = current_revision(placed.article).require_content().text
    told = answer.json()
    assert {**told, "selectors": None} == {
        "slug": "bridge",
        "revision": 1,
        "text_digest": text_digest(text),
        "language": "en",
        "selectors": None,
        "notices": [],
    }
    assert told["selectors"]["root"] == ".text"
    assert told["selectors"]["drop"].endswith(", .ad")
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("query", "origin"),
    [
        ({"url": f"{ORIGIN}/unknown/"}, ORIGIN),
        ({"url": "no address"}, ORIGIN),
        ({"url": f"{PAGE}\0"}, ORIGIN),
        ({"site": "0" * 24}, ORIGIN),
        ({"site": "\0"}, ORIGIN),
        ({}, "https://other.example"),
        ({}, "http://daily.example"),
        ({}, "null"),
        ({}, ""),
    ],
)
def test_a_page_without_a_snapshot_or_of_another_origin_is_told_nothing(
    client: Client, placed: SourceArticle, query: dict[str, str], origin: str
) -> None:
    assert look_up(client, placed, origin, **query).status_code == 404


def test_a_page_is_told_the_corrections_and_where_they_stand(client: Client, placed: SourceArticle) -> None:
    corrected = make_seen_revision(
        placed, kind=Kind.CORRECTION, note="We wrote “recieve”. It is “receive”.", find="recieve", put="receive"
    )

    [notice] = look_up(client, placed).json()["notices"]

    text = corrected.require_content().text
    assert text[notice["start"] : notice["end"]] == "receive"
    assert notice["note"] == "We wrote “recieve”. It is “receive”."
    assert notice["url"].endswith("/articles/bridge/changes/1...2/")


def test_offsets_are_believed_where_the_page_reads_as_the_snapshot(client: Client, placed: SourceArticle) -> None:
    digest = text_digest(current_revision(placed.article).require_content().text)

    answer = send(client, placed, text_digest=digest)

    assert answer.status_code == 202, answer.content
    assert answer.json()["status_url"].startswith("http")
    stored = Suggestion.objects.get()
    assert (stored.article_id, stored.start) == (placed.article_id, quote(placed)["start"])


def test_elsewhere_the_words_and_their_context_place_the_quote(client: Client, placed: SourceArticle) -> None:
    assert send(client, placed, text_digest="0" * 64).status_code == 202
    assert send(client, placed, quote=quote(placed) | {"field": "headline"}).status_code == 202

    assert [(each.start, each.exact) for each in Suggestion.objects.all()] == [(None, "recieve")] * 2


@pytest.mark.parametrize(
    ("parts", "origin", "status", "field"),
    [
        ({}, "https://other.example", 422, "site"),
        ({"site": "0" * 24}, ORIGIN, 422, "site"),
        ({"article": "bridge"}, ORIGIN, 422, "site"),
        ({"site": None}, ORIGIN, 422, "article"),
        ({"site": None, "article": "bridge"}, ORIGIN, 422, "revision"),
        ({"site": None, "article": "bridge", "revision": 1}, ORIGIN, 422, "site"),
        ({"url": f"{ORIGIN}/unknown/"}, ORIGIN, 404, "_"),
        ({"about": {"element": "picture", "index": 0}, "quote": None}, ORIGIN, 422, "about"),
    ],
)
def test_a_page_that_cannot_know_is_refused(
    client: Client, placed: SourceArticle, parts: dict[str, Any], origin: str, status: int, field: str
) -> None:
    answer = send(client, placed, origin, **parts)

    assert answer.status_code == status
    assert field in answer.json()["errors"]
    assert not Suggestion.objects.exists()
