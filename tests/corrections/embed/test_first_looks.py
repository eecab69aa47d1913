"""A page that nobody has looked at is looked at because a reader has it open, within bounds."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from corrections.embed.first_looks import MOST, ask_for_first_look, first_look
from newsroom.models import Article, Source
from newsroom.operations.heartbeat import broker_client
from newsroom.sources.addresses import find_article
from tests.newsroom.sources.test_watching import page
from tests.support.page_server import PageServer, serving
from tests.support.public_pages import text
from tests.support.sources import make_source, make_source_article

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_asked() -> None:
    for key in broker_client().scan_iter("*first-look*"):
        broker_client().delete(key)


@pytest.fixture
def server(settings: Any) -> Iterator[PageServer]:
    settings.SOURCE_ALLOW = ["127.0.0.1"]
    with serving(bridges=page()) as running:
        yield running


def test_it_is_asked_for_once_a_minute_and_only_on_the_site() -> None:
    source = make_source()
    assert not ask_for_first_look(source, "https://elsewhere.example/a")
    assert not ask_for_first_look(source, "no address")
    assert ask_for_first_look(source, "https://daily.example/a?utm_source=mail")
    assert not ask_for_first_look(source, "https://daily.example/a#top")
    assert [ask_for_first_look(source, f"https://daily.example/{n}") for n in range(MOST)].count(True) == MOST - 1
    assert ask_for_first_look(make_source(), "https://daily.example/a")


def test_a_first_look_makes_the_article(server: PageServer) -> None:
    source = make_source(origins=[server.origin], root=".text")
    first_look(source.pk, f"{server.origin}/bridges", "41")
    first_look(source.pk, f"{server.origin}/gone")
    assert Article.objects.get().slug == "bridges"
    assert find_article(source, url="elsewhere", external_id="41")
    assert not ask_for_first_look(source, f"{server.origin}/gone")


def test_the_plain_link_leads_to_the_form(client: Client) -> None:
    placed = make_source_article(url="https://daily.example/bridges", slug="bridges")
    Source.objects.update(is_public=False)
    address = {"site": placed.source.key, "url": "https://daily.example/bridges?utm_source=x"}
    answer = client.get("/embed/suggest/", address)
    assert answer.headers["Location"] == "/articles/bridges/suggest/"
    assert client.get(answer.headers["Location"]).status_code == 200
    assert Client(headers={"Origin": "https://daily.example"}).get("/api/embed/article", address).status_code == 200
    by_referer = client.get("/embed/suggest/", {"site": placed.source.key}, headers={"Referer": placed.url})
    assert by_referer.status_code == 302


def test_without_an_article_it_asks_and_says_what_goes_on(client: Client) -> None:
    source = make_source()
    told = text(client.get("/embed/suggest/", {"site": source.key}).content.decode())
    assert "Which article of The Daily Example is it?" in told
    new = {"site": source.key, "url": "https://daily.example/new"}
    assert "reading this article for the first time" in text(client.get("/embed/suggest/", new).content.decode())
    foreign = {**new, "url": "https://elsewhere.example/"}
    assert "could not read this page" in text(client.get("/embed/suggest/", foreign).content.decode())
    assert client.get("/embed/suggest/", {"site": "unknown"}).status_code == 404
