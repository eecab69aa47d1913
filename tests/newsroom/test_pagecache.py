"""Public pages are kept in memory, and never longer than the record stands still."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection
from django.db.utils import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from newsroom import head
from newsroom.models import Kind
from newsroom.pagecache import PageCache, Rendered, cached_page, pages
from tests.factories import make_article, make_revision

pytestmark = pytest.mark.django_db


@contextmanager
def database_down() -> Iterator[None]:
    def refuse(*_arguments: object) -> None:
        raise DatabaseError("gone")

    with connection.execute_wrapper(refuse):
        yield


def rendered() -> Rendered:
    return Rendered(head="a", made_at=time.monotonic(), etag='"x"', body=b"0123456789", headers={})


class Clock:
    """Stands still until a test moves it."""

    now = time.monotonic()

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The head is asked for once a second, as in production."""
    clock = Clock()
    monkeypatch.setattr(head, "SECONDS", 1.0)
    monkeypatch.setattr("newsroom.head.monotonic", clock)
    monkeypatch.setattr("newsroom.pagecache.monotonic", clock)
    return clock


def test_a_page_in_memory_costs_no_query_within_a_second(client: Client, clock: Clock) -> None:
    url = make_article().get_absolute_url()
    first = client.get(url)
    with CaptureQueriesContext(connection) as queries:
        again = client.get(url)
    assert len(queries) == 0
    assert again.content == first.content
    assert again["ETag"] == first["ETag"]


def test_a_publication_by_another_process_shows_after_a_second(client: Client, clock: Clock) -> None:
    article = make_article()
    url = article.get_absolute_url()
    client.get(url)
    make_revision(article, find="recieve", put="receive", kind=Kind.TYPO)
    assert b"recieve" in client.get(url).content
    clock.now += 1.0
    assert b"receive" in client.get(url).content


def test_a_process_that_published_itself_need_not_wait(client: Client, clock: Clock) -> None:
    article = make_article()
    client.get(article.get_absolute_url())
    make_revision(article, find="recieve", put="receive", kind=Kind.TYPO)
    head.forget_head()
    assert b"receive" in client.get(article.get_absolute_url()).content


def test_what_was_read_before_the_database_went_away_can_still_be_read(client: Client) -> None:
    url = make_article().get_absolute_url()
    before = client.get(url)
    with database_down():
        assert client.get(url).content == before.content


def test_what_no_act_tells_of_shows_after_a_minute(client: Client, clock: Clock) -> None:
    article = make_article()
    client.get(article.get_absolute_url())
    article.section = "Harbour"
    article.save()
    assert b"Harbour</p>" not in client.get(article.get_absolute_url()).content
    clock.now += 61
    assert b"Harbour</p>" in client.get(article.get_absolute_url()).content


@pytest.mark.parametrize("sent", ["{}", "W/{}", '"other", {}', "*"])
def test_who_has_the_page_is_told_so(client: Client, sent: str) -> None:
    url = make_article().get_absolute_url()
    etag = client.get(url)["ETag"]
    answer = client.get(url, headers={"If-None-Match": sent.format(etag)})
    assert answer.status_code == 304
    assert answer.content == b""
    assert answer["ETag"] == etag
    assert "max-age" in answer["Cache-Control"]


def test_who_has_an_older_page_gets_the_new_one(client: Client) -> None:
    article = make_article()
    old = client.get(article.get_absolute_url())["ETag"]
    make_revision(article, find="recieve", put="receive", kind=Kind.TYPO)
    answer = client.get(article.get_absolute_url(), headers={"If-None-Match": old})
    assert answer.status_code == 200
    assert answer["ETag"] != old


def test_a_304_costs_no_rendering(rf: RequestFactory) -> None:
    requests = []

    @cached_page()
    def page(request: HttpRequest) -> HttpResponse:
        requests.append(request)
        return HttpResponse("words")

    etag = page(rf.get("/x"))["ETag"]
    assert page(rf.get("/x", headers={"If-None-Match": etag})).status_code == 304
    assert len(requests) == 1


def test_only_the_named_parameters_make_another_page(rf: RequestFactory) -> None:
    @cached_page("cursor")
    def page(request: HttpRequest) -> HttpResponse:
        return HttpResponse(request.GET.urlencode())

    assert page(rf.get("/x?cursor=1")).content == b"cursor=1"
    assert page(rf.get("/x?cursor=1&utm=2")).content == b"cursor=1"
    assert page(rf.get("/x?cursor=2")).content == b"cursor=2"


def test_only_answers_of_200_to_get_and_head_are_kept(rf: RequestFactory) -> None:
    @cached_page()
    def refusing(request: HttpRequest) -> HttpResponse:
        return HttpResponse(status=405 if request.method == "POST" else 404)

    @cached_page()
    def missing(request: HttpRequest) -> HttpResponse:
        raise Http404

    assert refusing(rf.post("/x")).status_code == 405
    assert refusing(rf.get("/x")).status_code == 404
    with pytest.raises(Http404):
        missing(rf.get("/y"))
    assert len(pages) == 0


def test_another_host_gets_the_same_bytes(client: Client) -> None:
    url = make_article().get_absolute_url()
    first = client.get(url, headers={"Host": "localhost"})
    pages.clear()
    second = client.get(url, headers={"Host": "testserver"})
    assert first.content == second.content
    assert b"testserver" not in second.content


def test_the_cache_keeps_the_pages_used_last() -> None:
    cache = PageCache(max_pages=2)
    for path in ("/1", "/2"):
        cache.put((path, ()), rendered())
    cache.get(("/1", ()), "a")
    cache.put(("/3", ()), rendered())
    assert cache.get(("/1", ()), "a") is not None
    assert cache.get(("/2", ()), "a") is None


def test_the_cache_keeps_no_more_bytes_than_it_may() -> None:
    cache = PageCache(max_bytes=25)
    for path in ("/1", "/2", "/2", "/3"):
        cache.put((path, ()), rendered())
    assert len(cache) == 2
    assert cache.get(("/1", ()), "a") is None


def test_a_page_of_an_older_head_is_not_used() -> None:
    cache = PageCache()
    cache.put(("/1", ()), rendered())
    assert cache.get(("/1", ()), "b") is None
