"""Pages of the record are followed by their cursors."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from newsroom.models import Kind
from newsroom.record import queries as published
from tests.support.factories import make_article, make_revision
from tests.support.public_pages import read_json

pytestmark = pytest.mark.django_db


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
            given = read_json(client, url.removeprefix(settings.SITE_URL))
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
        given = read_json(client, path)
        seen += [item["slug"] for item in given["items"]]
        path = given["next"] and given["next"].removeprefix(settings.SITE_URL)
    assert len(seen) == 5
    assert set(seen) == slugs


@pytest.mark.parametrize("path", ["/api/articles", "/api/articles/a/revisions", "/api/corrections"])
def test_lists_read_no_bodies_and_ask_as_often_for_many_rows(client: Client, path: str) -> None:
    article = make_article(slug="a")
    make_revision(article, find="14", put="15", kind=Kind.CORRECTION, note="It is 15.")
    with CaptureQueriesContext(connection) as few:
        read_json(client, path)
    make_article(slug="b")
    make_revision(article, find="15", put="16", kind=Kind.CORRECTION, note="It is 16.")
    with CaptureQueriesContext(connection) as more:
        read_json(client, path)
    assert len(more) == len(few)
    assert not any('"body"' in query["sql"] for query in more)
