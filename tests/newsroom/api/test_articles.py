"""The API for reading."""

import json
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from newsroom.api.errors import Problem, answer_exception
from newsroom.api.parser import NotJson
from newsroom.api.strict_json import BadJson, BodyTooLarge
from newsroom.models import Article, Kind
from newsroom.record import queries as published
from tests.support.factories import current_revision, make_article, make_editor, make_revision
from tests.support.public_pages import NOTE

pytestmark = pytest.mark.django_db


def get(client: Client, path: str, status: int = 200) -> Any:
    answer = client.get(path)
    assert answer.status_code == status
    assert answer["Content-Type"].startswith("application/json")
    assert not answer.cookies
    return answer.json()


def moment(value: str) -> datetime:
    return datetime.fromisoformat(value)


def test_an_article_is_given_whole(client: Client, bridges: Article) -> None:
    current = current_revision(bridges)
    first = bridges.revisions.get(number=1)
    given = get(client, "/api/articles/bridges")
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
        "html": current.content.body,
        "text": current.content.text,
    }


def test_articles_are_listed_newest_first(client: Client, bridges: Article) -> None:
    make_article(slug="harbour")
    Article.objects.create(slug="draft")
    given = get(client, "/api/articles")
    assert [item["slug"] for item in given["items"]] == ["harbour", "bridges"]
    assert given["next"] is None
    assert set(given["items"][0]) == {
        *("slug", "headline", "language", "revision", "published_at", "modified_at", "url"),
    }


@pytest.mark.both_databases
def test_lists_are_followed_by_their_next(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "PAGE_SIZE", 2)
    article = make_article(slug="a")
    for slug in ("b", "c", "d", "e"):
        make_article(slug=slug)
    for number in range(4):
        put = str(15 + number)
        make_revision(article, find=str(14 + number), put=put, kind=Kind.CORRECTION, note=f"It is {put}.")
    for path, key, expected in (
        ("/api/articles", "slug", ["e", "d", "c", "b", "a"]),
        ("/api/articles/a/revisions", "number", [5, 4, 3, 2, 1]),
        ("/api/corrections", "revision", [5, 4, 3, 2]),
    ):
        seen, url = [], f"{settings.SITE_URL}{path}"
        while url:
            given = get(client, url.removeprefix(settings.SITE_URL))
            assert len(given["items"]) <= 2
            seen += [item[key] for item in given["items"]]
            url = given["next"]
        assert seen == expected


@pytest.mark.both_databases
def test_revisions_of_one_moment_are_neither_lost_nor_told_twice(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(published, "PAGE_SIZE", 2)
    now = published.EPOCH.replace(year=2026)
    monkeypatch.setattr("newsroom.publishing.publish.database_now", lambda: now)
    slugs = {make_article().slug for _ in range(5)}
    seen, path = [], "/api/articles"
    while path:
        given = get(client, path)
        seen += [item["slug"] for item in given["items"]]
        path = given["next"] and given["next"].removeprefix(settings.SITE_URL)
    assert len(seen) == 5
    assert set(seen) == slugs


def test_revisions_are_listed_and_given_with_their_words(client: Client, bridges: Article) -> None:
    make_revision(bridges, find="recieve", put="receive", kind=Kind.TYPO, by=make_editor(public_name="Tobin Vance"))
    items = get(client, "/api/articles/bridges/revisions")["items"]
    assert [(item["number"], item["kind"], item["editor"]) for item in items] == [
        (3, "typo", "Tobin Vance"),
        (2, "correction", None),
        (1, "publication", None),
    ]
    assert items[1]["note"] == NOTE
    first = get(client, "/api/articles/bridges/revisions/1")
    assert first["digest"] == bridges.revisions.get(number=1).digest
    assert first["url"] == f"{settings.SITE_URL}/articles/bridges/revisions/1/"
    assert "three are closed" in first["text"]
    assert "recieve" in first["html"]
    assert first["headline"] == "Report on the bridges is due"


def test_the_record_of_corrections_is_given(client: Client, bridges: Article) -> None:
    make_revision(bridges, find="recieve", put="receive", kind=Kind.TYPO)
    [item] = get(client, "/api/corrections")["items"]
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


@pytest.mark.parametrize("path", ["/api/articles", "/api/articles/a/revisions", "/api/corrections"])
def test_lists_read_no_bodies_and_ask_as_often_for_many_rows(client: Client, path: str) -> None:
    article = make_article(slug="a")
    make_revision(article, find="14", put="15", kind=Kind.CORRECTION, note="It is 15.")
    with CaptureQueriesContext(connection) as few:
        get(client, path)
    make_article(slug="b")
    make_revision(article, find="15", put="16", kind=Kind.CORRECTION, note="It is 16.")
    with CaptureQueriesContext(connection) as more:
        get(client, path)
    assert len(more) == len(few)
    assert not any('"body"' in query["sql"] for query in more)


@pytest.mark.parametrize(
    "path",
    [
        "/api/articles/unknown",
        "/api/articles/draft",
        "/api/articles/draft/revisions",
        "/api/articles/draft/revisions/1",
        "/api/articles/bridges/revisions/3",
        "/api/articles/bridges/revisions/0",
        f"/api/articles/bridges/revisions/{10**40}",
        "/api/articles/bridges/revisions/x",
        "/api/articles/%00",
        "/api/articles/../../admin",
        "/api/",
        "/api/unknown/address",
    ],
)
def test_what_is_not_there_is_said_in_json(client: Client, bridges: Article, path: str) -> None:
    Article.objects.create(slug="draft")
    errors = get(client, path, 404)["errors"]
    assert list(errors) == ["_"]
    assert errors["_"][0].startswith("There is no")


@pytest.mark.parametrize("path", ["/api/articles", "/api/articles/bridges/revisions", "/api/corrections"])
@pytest.mark.parametrize("cursor", ["x", "-", "1-", f"{'f' * 15}-1", "0", "%00", "1" * 5000])
def test_a_cursor_of_nobodys_is_a_field_that_is_wrong(client: Client, bridges: Article, path: str, cursor: str) -> None:
    assert list(get(client, f"{path}?cursor={cursor}", 422)["errors"]) == ["cursor"]


@pytest.mark.parametrize("path", ["/api/articles", "/api/articles/bridges", "/api/corrections"])
def test_a_method_that_is_not_possible_is_refused_in_json(client: Client, path: str) -> None:
    answer = client.delete(path)
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, OPTIONS"
    assert answer.json()["errors"]["_"] == ["DELETE is not possible here; possible is GET, HEAD, OPTIONS."]


@pytest.mark.parametrize("path", ["/api/articles", "/api/articles/bridges", "/api/openapi.json"])
def test_what_is_read_bears_a_tag_and_can_be_asked_for_its_headers(client: Client, bridges: Article, path: str) -> None:
    whole, bare = client.get(path), client.head(path)
    assert re.fullmatch('"[0-9a-f]{32}"', whole["ETag"])
    assert (bare.status_code, bare["ETag"], bare.content) == (200, whole["ETag"], b"")
    assert client.get(path, headers={"If-None-Match": whole["ETag"]}).status_code == 304
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get(f"{path}?nobody=asked").content == whole.content


def test_what_is_read_bears_a_date_once_the_record_has_settled(
    client: Client, bridges: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("newsroom.record.page_cache.SETTLED_AFTER", timedelta(seconds=-1))
    moment = client.get("/api/corrections")["Last-Modified"]
    assert client.get("/api/corrections", headers={"If-Modified-Since": moment}).status_code == 304


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/api/articles", "GET, HEAD, OPTIONS"),
        ("/api/openapi.json", "GET, HEAD, OPTIONS"),
    ],
)
def test_an_address_says_what_is_possible(client: Client, path: str, allowed: str) -> None:
    answer = client.options(path)
    assert (answer.status_code, answer["Allow"], answer.content) == (204, allowed, b"")
    assert client.put(path)["Allow"] == allowed


def test_a_publication_shows_in_the_api(client: Client, bridges: Article) -> None:
    assert get(client, "/api/articles/bridges")["revision"] == 2
    make_revision(bridges, find="recieve", put="receive", kind=Kind.TYPO)
    assert get(client, "/api/articles/bridges")["revision"] == 3


@pytest.mark.parametrize(
    ("error", "status", "field"),
    [
        (Problem(409, {"_": ["Not now."]}, headers={"Retry-After": "2"}), 409, "_"),
        (BadJson("The body must be a JSON object."), 400, "_"),
        (BodyTooLarge(), 413, "_"),
        (NotJson(), 415, "_"),
    ],
)
def test_what_a_door_refuses_is_said_in_the_one_form(
    rf: RequestFactory, error: Exception, status: int, field: str
) -> None:
    answer = answer_exception(rf.get("/api/x"), error)
    assert answer.status_code == status
    assert list(json.loads(answer.content)["errors"]) == [field]
    assert answer["Cache-Control"] == "no-store"


def test_a_fault_of_ours_is_said_without_its_cause(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("newsroom.api.articles.listed_revisions", fail)
    answer = client.get("/api/corrections")
    assert answer.status_code == 500
    assert list(answer.json()["errors"]) == ["_"]
    assert b"secret" not in answer.content
    assert "secret" in caplog.text


def test_the_description_is_openapi_3_1_and_names_every_route(client: Client) -> None:
    given = get(client, "/api/openapi.json")
    assert given["openapi"].startswith("3.1")
    assert {
        "/api/articles",
        "/api/articles/{slug}",
        "/api/articles/{slug}/revisions",
        "/api/articles/{slug}/revisions/{number}",
        "/api/corrections",
    } <= set(given["paths"])


def test_the_api_browser_comes_from_this_site_alone(client: Client) -> None:
    answer = client.get("/api/docs")
    assert b"http://" not in answer.content
    assert b"https://" not in answer.content
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert "img-src 'self' data:" in answer["Content-Security-Policy"]
    assert "data:" not in client.get("/")["Content-Security-Policy"]
