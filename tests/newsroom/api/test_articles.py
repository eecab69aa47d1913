"""The API for reading."""

from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from newsroom.models import Article, Kind
from tests.support.factories import current_revision, make_article, make_editor, make_revision
from tests.support.public_pages import NOTE, read_json

pytestmark = pytest.mark.django_db


def moment(value: str) -> datetime:
    return datetime.fromisoformat(value)


def test_an_article_is_given_whole(client: Client, bridges: Article) -> None:
    current = current_revision(bridges)
    first = bridges.revisions.get(number=1)
    given = read_json(client, "/api/articles/bridges")
    assert abs((moment(given.pop("published_at")) - first.published_at).total_seconds()) < 0.001
    assert abs((moment(given.pop("modified_at")) - current.published_at).total_seconds()) < 0.001
    assert given == {
        "slug": "bridges",
        "headline": "Report on the bridges is due",
        "standfirst": "Fourteen bridges were looked at.",
        "byline": "Ida Wrenfold",
        "language": "en",
        "revision": 2,
        "url": f"{settings.SITE_URL}/articles/bridges/",
        "html": current.require_content().body,
        "text": current.require_content().text,
    }


def test_articles_are_listed_newest_first(client: Client, bridges: Article) -> None:
    make_article(slug="harbour")
    Article.objects.create(slug="draft")
    given = read_json(client, "/api/articles")
    assert [item["slug"] for item in given["items"]] == ["harbour", "bridges"]
    assert given["next"] is None
    assert set(given["items"][0]) == {
        *("slug", "headline", "language", "revision", "published_at", "modified_at", "url"),
    }


def test_revisions_are_listed_and_given_with_their_words(client: Client, bridges: Article) -> None:
    make_revision(bridges, find="recieve", put="receive", kind=Kind.TYPO, by=make_editor(public_name="Tobin Vance"))
    items = read_json(client, "/api/articles/bridges/revisions")["items"]
    assert [(item["number"], item["kind"], item["editor"]) for item in items] == [
        (3, "typo", "Tobin Vance"),
        (2, "correction", None),
        (1, "publication", None),
    ]
    assert items[1]["note"] == NOTE
    first = read_json(client, "/api/articles/bridges/revisions/1")
    assert first["digest"] == bridges.revisions.get(number=1).digest
    assert first["url"] == f"{settings.SITE_URL}/articles/bridges/revisions/1/"
    assert "three are closed" in first["text"]
    assert "recieve" in first["html"]
    assert first["headline"] == "Report on the bridges is due"


def test_the_record_of_corrections_is_given(client: Client, bridges: Article) -> None:
    make_revision(bridges, find="recieve", put="receive", kind=Kind.TYPO)
    [item] = read_json(client, "/api/corrections")["items"]
    item.pop("published_at")
    assert item.pop("head").startswith("2:")
    assert item == {
        "article": "bridges",
        "headline": "Report on the bridges is due",
        "language": "en",
        "revision": 2,
        "kind": "correction",
        "note": NOTE,
        "url": f"{settings.SITE_URL}/articles/bridges/revisions/2/",
        "diff_url": f"{settings.SITE_URL}/articles/bridges/changes/1...2/",
        "credit": None,
    }


def test_what_is_read_bears_a_date_once_the_record_has_settled(
    client: Client, bridges: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsroom.record.page_cache.SETTLED_AFTER", timedelta(seconds=-1))
    moment = client.get("/api/corrections")["Last-Modified"]
    assert client.get("/api/corrections", headers={"If-Modified-Since": moment}).status_code == 304


def test_a_publication_shows_in_the_api(client: Client, bridges: Article) -> None:
    assert read_json(client, "/api/articles/bridges")["revision"] == 2
    make_revision(bridges, find="recieve", put="receive", kind=Kind.TYPO)
    assert read_json(client, "/api/articles/bridges")["revision"] == 3
