"""Looks at pages of other sites: what is stored, what is refused, and when the next one is due."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from newsroom.models import Article, Kind, Source, SourceArticle
from newsroom.sources.addresses import find_article
from newsroom.sources.reading import NoSnapshot
from newsroom.sources.watching import GAP, SCHEDULE, WEEK, ask_for_look, due_looks, look_again, look_at
from tests.support.page_server import PageServer, redirect, response, serving
from tests.support.sources import make_source

pytestmark = pytest.mark.django_db
Trouble = SourceArticle.Trouble
LINES = (
    "The council will receive the report on the bridges of the town on Tuesday morning.",
    "It counts 14 bridges, of which three are closed to carts and to people on foot.",
    "Repairs begin in May, the mayor said, and will take until the end of the year.",
)


def page(*lines: str, head: str = "", title: str = "Report on the bridges", headers: tuple[str, ...] = ()) -> bytes:
    text = "".join(f"<p>{line}</p>" for line in lines or LINES)
    markup = (
        f"<!doctype html><html lang=en><head><title>{title}</title>{head}</head><body><nav><a href=/>Home</a></nav>"
        f"<article><h1>{title}</h1><div class=text>{text}</div></article></body></html>"
    )
    return response("200 OK", "Content-Type: text/html; charset=utf-8", *headers, body=markup.encode())


@pytest.fixture
def server(settings: Any) -> Iterator[PageServer]:
    settings.SOURCE_ALLOW = ["127.0.0.1"]
    with serving(bridges=page()) as running:
        yield running


@pytest.fixture
def source(server: PageServer) -> Source:
    made = make_source(origins=[server.origin], root=".text")
    Source.objects.filter(pk=made.pk).update(proven_at=timezone.now())
    made.refresh_from_db()
    return made


def looks_again(placed: SourceArticle) -> SourceArticle:
    """The next look, as if its time had come."""
    long_ago = timezone.now() - timedelta(days=8)
    SourceArticle.objects.filter(pk=placed.pk).update(next_look_at=long_ago, fetched_at=long_ago)
    assert due_looks() == [placed.pk]
    look_again(placed.pk)
    return SourceArticle.objects.select_related("article__current__stored_text").get(pk=placed.pk)


def asked_for(server: PageServer, path: str) -> int:
    return [asked for asked, _headers in server.asked].count(path)


def test_the_first_look_makes_an_article_with_the_page_s_words(server: PageServer, source: Source) -> None:
    placed = look_at(source, f"{server.origin}/bridges?utm_source=mail#end")
    article = Article.objects.with_wording().get(pk=placed.pk)
    assert article.current
    stored = article.current.require_content()
    assert (stored.headline, stored.text) == ("Report on the bridges", "\n\n".join(LINES))
    assert (article.slug, article.language, article.current.kind) == ("bridges", "en", Kind.PUBLICATION)
    assert article.current.editor == source.account
    assert find_article(source, url=f"{server.origin}/bridges") == placed
    assert "Corrigenda" in server.asked[-1][1]["user-agent"]


def test_a_change_on_the_site_becomes_an_observed_revision_and_is_looked_at_soon(
    server: PageServer, source: Source
) -> None:
    placed = look_at(source, f"{server.origin}/bridges")
    server.pages["/bridges"] = page(LINES[0], LINES[1].replace("14", "15"), LINES[2])
    placed = looks_again(placed)
    current = placed.article.current
    assert current
    assert (current.number, current.kind, current.note) == (2, Kind.OBSERVED, "")
    assert "15 bridges" in current.require_content().text
    assert placed.next_look_at
    assert timezone.now() < placed.next_look_at <= timezone.now() + SCHEDULE[0]


def test_other_markup_around_the_same_words_is_no_change(server: PageServer, source: Source) -> None:
    placed = look_at(source, f"{server.origin}/bridges")
    server.pages["/bridges"] = page(*(f"<b>{line}</b>" for line in LINES), head="<meta name=ad content=2>")
    assert looks_again(placed).article.revisions.count() == 1


def test_looks_become_rare_while_nothing_changes(server: PageServer, source: Source) -> None:
    placed = look_at(source, f"{server.origin}/bridges")
    for wait in (*SCHEDULE[1:], WEEK, WEEK):
        placed = looks_again(placed)
        assert placed.next_look_at
        assert timedelta(0) <= timezone.now() + wait - placed.next_look_at < timedelta(minutes=5)


def test_a_page_that_says_it_is_as_it_was_is_not_read(server: PageServer, source: Source) -> None:
    server.pages["/bridges"] = page(headers=('ETag: "a1"', "Last-Modified: Tue, 12 May 2026 10:15:00 GMT"))
    placed = look_at(source, f"{server.origin}/bridges")
    server.pages["/bridges"] = response("304 Not Modified")
    placed = looks_again(placed)
    asked = server.asked[-1][1]
    assert (asked["if-none-match"], asked["if-modified-since"]) == ('"a1"', "Tue, 12 May 2026 10:15:00 GMT")
    assert (placed.trouble, placed.article.revisions.count()) == ("", 1)


def test_no_page_is_fetched_twice_within_a_minute(server: PageServer, source: Source) -> None:
    placed = look_at(source, f"{server.origin}/bridges")
    for _time in range(3):
        ask_for_look(placed)
        for key in due_looks():
            look_again(key)
    assert asked_for(server, "/bridges") == 1
    SourceArticle.objects.filter(pk=placed.pk).update(fetched_at=timezone.now() - GAP)
    look_again(placed.pk)
    look_again(placed.pk)
    assert asked_for(server, "/bridges") == 2


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (response("404 Not Found"), Trouble.GONE),
        (response("410 Gone"), Trouble.GONE),
        (response("451 Unavailable For Legal Reasons"), Trouble.GONE),
        (response("503 Service Unavailable"), Trouble.UNREACHABLE),
        (response("403 Forbidden"), Trouble.UNREACHABLE),
        (response("200 OK", "Content-Type: application/pdf", body=b"%PDF"), Trouble.NO_ARTICLE),
        (response("200 OK", "Content-Type: text/html", body=b""), Trouble.NO_ARTICLE),
        (redirect("https://elsewhere.example/login"), Trouble.ELSEWHERE),
        (page(head='<link rel="canonical" href="https://elsewhere.example/bridges">'), Trouble.ELSEWHERE),
        (page(LINES[0]), Trouble.PREVIEW),
        (
            page(
                head='<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False"}</script>'
            ),
            Trouble.PREVIEW,
        ),
        (response("200 OK", "Content-Type: text/html", body=b"<html><p>Choose your cookies."), Trouble.ROOT_NOT_FOUND),
        (
            response("200 OK", "Content-Type: text/html", body=b"<p class=text>One.<p class=text>Two."),
            Trouble.ROOT_AMBIGUOUS,
        ),
    ],
    ids=[
        *("404", "410", "451", "503", "403", "pdf", "empty", "redirect", "canonical", "short", "paid"),
        *("no root", "two roots"),
    ],
)
def test_what_is_not_the_article_changes_nothing_and_is_told(
    server: PageServer, source: Source, answer: bytes, trouble: Trouble
) -> None:
    placed = look_at(source, f"{server.origin}/bridges")
    server.pages["/bridges"] = answer
    placed = looks_again(placed)
    assert (placed.trouble, placed.article.revisions.count()) == (trouble, 1)
    server.pages["/bridges"] = page()
    assert looks_again(placed).trouble == ""


def test_robots_txt_is_obeyed_for_watching_not_for_a_page_that_is_asked_for(server: PageServer, source: Source) -> None:
    rules = b"User-agent: *\nAllow: /\n\nUser-agent: Corrigenda\nDisallow: /bri*s$"
    server.pages["/robots.txt"] = response("200 OK", "Content-Type: text/plain", body=rules)
    placed = look_at(source, f"{server.origin}/bridges")
    assert looks_again(placed).trouble == Trouble.ROBOTS
    assert asked_for(server, "/bridges") == 1


def test_a_page_at_another_address_is_the_same_article(server: PageServer, source: Source) -> None:
    placed = look_at(source, f"{server.origin}/bridges")
    server.pages["/bridges"] = redirect("/2026/bridges")
    server.pages["/2026/bridges"] = page()
    moved = looks_again(placed)
    assert (moved.url, moved.article.revisions.count()) == (f"{server.origin}/2026/bridges", 1)
    assert look_at(source, f"{server.origin}/2026/bridges") == placed
    assert find_article(source, url=f"{server.origin}/bridges") == placed


def test_copies_for_print_lead_to_the_article_that_they_name(server: PageServer, source: Source) -> None:
    placed = look_at(source, f"{server.origin}/bridges")
    server.pages["/print"] = page(head=f'<link rel="canonical" href="{server.origin}/bridges">')
    assert look_at(source, f"{server.origin}/print") == placed
    assert find_article(source, url=f"{server.origin}/print") == placed
    server.pages["/other"] = page(head='<link rel="canonical" href="/">')
    assert look_at(source, f"{server.origin}/other").url == f"{server.origin}/other"


def test_a_site_is_watched_once_its_page_carries_the_key(server: PageServer) -> None:
    source = make_source(origins=[server.origin], root=".text")
    placed = look_at(source, f"{server.origin}/bridges")
    assert placed.next_look_at is None
    ask_for_look(placed)
    assert due_looks() == []
    server.pages["/other"] = page(head=f'<script type="module" src="/embed/v1.js" data-site="{source.key}"></script>')
    look_at(source, f"{server.origin}/other")
    assert SourceArticle.objects.filter(source=source, next_look_at__isnull=False).count() == 2


def test_a_page_off_the_source_or_in_an_inner_network_is_never_fetched(
    server: PageServer, source: Source, settings: Any
) -> None:
    settings.SOURCE_ALLOW = []
    with pytest.raises(NoSnapshot) as refused:
        look_at(source, f"{server.origin}/bridges")
    assert (refused.value.trouble, server.asked) == (Trouble.UNREACHABLE, [])


def test_two_articles_with_one_name_have_two_addresses_here(server: PageServer, source: Source) -> None:
    server.pages["/2025/bridges"] = page()
    slugs = {look_at(source, f"{server.origin}{path}").article.slug for path in ("/bridges", "/2025/bridges")}
    assert slugs == {"bridges", "bridges-2"}
