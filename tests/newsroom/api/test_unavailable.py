"""A database that is locked, or away, or full: 503 with Retry-After and a sentence, and pages in memory as ever."""

import errno
import json
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import count
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from newsroom.api.errors import is_unavailable
from newsroom.http.rsgi_bridge import BODY_IS_LATE, UNAVAILABLE
from newsroom.settings import WEB_THREADS
from tests.support.databases import Database
from tests.support.factories import make_article
from tests.support.processes import Processes
from tests.support.raw_sockets import RawAnswer, exchange
from tests.support.waiting import wait_until

SENTENCE = "Please try again in a few seconds."
BODY = json.dumps(
    {
        "article": "bridges",
        "revision": 1,
        "quote": {"field": "body", "exact": "recieve", "prefix": "will ", "suffix": " the", "start": 17, "end": 24},
        "replacement": "receive",
        "category": "typo",
    }
)


def get(path: str) -> RawAnswer:
    return exchange(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")


def suggest(number: int) -> RawAnswer:
    """A reader of a network of their own."""
    head = f"Content-Type: application/json\r\nContent-Length: {len(BODY)}\r\nX-Forwarded-For: 192.0.2.{number}"
    return exchange(f"POST /api/suggestions HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{head}\r\n\r\n{BODY}")


@contextmanager
def locked(database: Database) -> Iterator[None]:
    """Nobody else writes suggestions meanwhile."""
    if database.vendor == "sqlite":
        with closing(sqlite3.connect(f"/{urlsplit(database.url).path[1:]}", isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield
        return
    with psycopg.connect(database.url) as connection:
        connection.execute("LOCK TABLE corrections_suggestion IN ACCESS EXCLUSIVE MODE")
        yield
        connection.rollback()


@pytest.mark.both_databases
def test_a_locked_table_is_answered_503_and_pages_in_memory_go_on(
    processes: Processes, committed_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", "127.0.0.1")
    make_article(slug="bridges")
    processes.web()
    assert get("/articles/bridges/").status == 200
    assert suggest(0).status == 202
    number = 4 * WEB_THREADS
    with locked(committed_db), ThreadPoolExecutor(number) as readers:
        waiting = [readers.submit(suggest, each) for each in range(1, number + 1)]
        # While every thread waits for the lock, neither of these does.
        assert [get(path).status for path in ("/articles/bridges/", "/healthz") * 3] == [200] * 6
        assert not any(each.done() for each in waiting)
        answers = [each.result() for each in waiting]
    for answer in answers:
        assert (answer.status, answer.header("Retry-After")) == (503, "5")
        assert SENTENCE in json.loads(answer.body)["errors"]["_"][0]
    assert suggest(number + 1).status == 202


def test_a_database_that_restarts_gives_no_500(
    processes: Processes, committed_db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", "127.0.0.1")
    make_article(slug="bridges")
    processes.web()
    url = urlsplit(committed_db.url)
    cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
    with ThreadPoolExecutor(4) as readers, psycopg.connect(committed_db.url, autocommit=True) as connection:
        sending = [readers.submit(suggest, number) for number in range(40)]
        for each in sending[::8]:
            each.result()
            connection.execute(cut, [url.path[1:]])
    assert {each.result().status for each in sending} <= {202, 503}
    numbers = count(41)
    wait_until(lambda: suggest(next(numbers)).status == 202)


def test_what_the_request_could_not_help_is_told_apart() -> None:
    assert is_unavailable(OperationalError("database is locked"))
    assert is_unavailable(InterfaceError("connection already closed"))
    assert is_unavailable(OSError(errno.ENOSPC, "No space left on device"))
    assert not is_unavailable(OSError(errno.EACCES, "Permission denied"))
    assert not is_unavailable(ValueError())
    assert not is_unavailable(None)


@pytest.mark.parametrize(("flag", "status"), [(UNAVAILABLE, 503), (BODY_IS_LATE, 408)])
def test_what_the_server_set_aside_is_answered_without_the_database(flag: str, status: int) -> None:
    # pytest-django lets this test ask no database.
    client = Client(**{flag: True})  # type: ignore[arg-type]  # further keys of the environ
    page = client.post("/articles/bridges/suggest/")
    assert (page.status_code, page["Cache-Control"]) == (status, "no-store")
    assert b"lease" in page.content
    api = client.post("/api/suggestions")
    assert api.status_code == status
    assert list(api.json()["errors"]) == ["_"]
    assert ("Retry-After" in api.headers) == (status == 503)


def test_what_a_reader_typed_is_sent_again_by_a_button_and_no_password_is_shown() -> None:
    client = Client(**{UNAVAILABLE: True})  # type: ignore[arg-type]  # further keys of the environ
    page = client.post("/articles/bridges/suggest/", {"note": 'Say "four" <b>', "exact": "three"}).content.decode()
    assert '<input type="hidden" name="note" value="Say &quot;four&quot; &lt;b&gt;">' in page
    assert '<button type="submit">' in page
    assert "hunter" not in client.post("/admin/login/", {"password": "hunter"}).content.decode()
    assert (
        "<form"
        not in client.post("/articles/bridges/suggest/", b"x", content_type="multipart/form-data").content.decode()
    )
