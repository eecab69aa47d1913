"""Pages in memory are answered without a thread, also while the database is silent."""

import asyncio
import threading
from typing import Any

import pytest
from django.test import Client, RequestFactory

from newsroom.audit import head
from newsroom.http.rsgi_bridge import Answer
from newsroom.record import quick_pages
from newsroom.record.quick_pages import HeadReader, quick_page
from tests.support.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known_head(monkeypatch: pytest.MonkeyPatch) -> None:
    """At rest: what another connection would read of this test's transaction is nothing."""
    monkeypatch.setattr(head, "SECONDS", 600.0)
    monkeypatch.setattr(quick_pages, "_reader", HeadReader())


def ask(path: str, *, method: str = "GET", **headers: str) -> Answer | None:
    environ: dict[str, Any] = RequestFactory(headers=headers).generic(method, path).environ
    return asyncio.run(quick_page(environ))


def test_a_page_in_memory_is_the_page(client: Client) -> None:
    url = make_article().get_absolute_url()
    assert ask(url) is None  # not yet
    page = client.get(url)
    found = ask(url)
    assert found
    assert (found.status, found.body, dict(found.headers)) == (200, page.content, dict(page.items()))
    known = ask(url, **{"If-None-Match": page["ETag"]})
    assert known
    assert (known.status, known.body) == (304, b"")


def test_the_rest_needs_a_thread(client: Client) -> None:
    url = make_article().get_absolute_url()
    client.get(url)
    assert ask(url, method="POST") is None
    assert ask(f"{url}suggest/") is None
    assert ask(url, **{"Accept-Datetime": "Thu, 31 May 2007 20:35:00 GMT"}) is None
    assert ask(url, Host="evil.example") is None


def test_a_silent_database_keeps_nobody_waiting(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    url = make_article().get_absolute_url()
    client.get(url)
    answers_again = threading.Event()
    monkeypatch.setattr(head, "SECONDS", 0.0)
    monkeypatch.setattr(quick_pages, "PATIENCE", 0.05)
    monkeypatch.setattr(quick_pages, "read_head", answers_again.wait)

    async def ask_twice() -> list[Answer | None]:
        environ = RequestFactory().get(url).environ
        try:
            return [await quick_page(environ), await quick_page(environ)]
        finally:
            answers_again.set()

    assert [found.status for found in asyncio.run(ask_twice()) if found] == [200, 200]
