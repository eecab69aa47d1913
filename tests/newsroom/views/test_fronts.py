"""The front page of a section, and what an unknown address leads on to."""

import re
from html import escape
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from newsroom.models import Article
from newsroom.record import queries as published
from tests.support.factories import make_article, retract
from tests.support.public_pages import html

pytestmark = pytest.mark.django_db
LINK = r'<h2><a href="/articles/(\w+)/">'


def put_into(section: str, *articles: Article) -> str:
    for article in articles:
        article.section = section
        article.save()
    return reverse("section", args=[section])


@pytest.mark.parametrize("section", ["Local", "Culture & Arts", "مدينة", "a/b", "50 %", "?x=1#y", "<b>"])
def test_a_section_lists_its_articles_alone(client: Client, section: str) -> None:
    first, second, other = (make_article(slug=slug) for slug in ("first", "second", "other"))
    address = put_into(section, first, second)
    put_into("Elsewhere", other)
    Article.objects.create(slug="draft", section=section)
    page = html(client, address)
    assert re.findall(LINK, page) == ["second", "first"]
    assert "<b></title>" not in page
    assert client.get(f"/corrections/?section={quote(section, safe='')}").status_code == 200


def test_the_article_and_the_front_page_lead_to_the_section(client: Client) -> None:
    address = put_into("Culture & Arts", make_article(slug="one"))
    for path in ("/articles/one/", "/"):
        assert f'<a href="{escape(address)}">Culture &amp; Arts</a>' in html(client, path)


@pytest.mark.parametrize("section", ["Nowhere", "local", "..", "Local%00"])
def test_a_section_without_a_public_article_is_not_found(client: Client, section: str) -> None:
    put_into("Local", make_article())
    Article.objects.create(slug="draft", section="Nowhere")
    assert client.get(f"/sections/{section}/").status_code == 404


def test_a_section_goes_on_page_by_page(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "PAGE_SIZE", 2)
    address = put_into("Local", *(make_article(slug=slug) for slug in ("a", "b", "c")))
    page = html(client, address)
    assert re.findall(LINK, page) == ["c", "b"]
    older = re.search(r'<a href="(\?cursor=[^"]+)" rel="next">', page)
    assert older
    assert re.findall(LINK, html(client, address + older[1])) == ["a"]


def test_an_unknown_address_leads_on_to_the_latest_articles(client: Client) -> None:
    for number in range(7):
        make_article(slug=f"a{number}")
    answer = client.get("/articles/a/")
    assert answer.status_code == 404
    found = re.findall(r'<li><a href="/articles/(\w+)/"', answer.content.decode())
    assert found == ["a6", "a5", "a4", "a3", "a2"]
    with CaptureQueriesContext(connection) as asked:
        client.get("/no/such/page/")
    assert not [each for each in asked.captured_queries if "newsroom_revision" in each["sql"]]


def test_an_unknown_address_shows_no_words_that_were_published_and_left(client: Client) -> None:
    gone = make_article(slug="gone", headline="The bridge has fallen")
    assert "The bridge has fallen" in client.get("/nothing/").content.decode()
    retract(gone)
    make_article(slug="later", headline="A later story")
    page = client.get("/nothing/").content.decode()
    assert page.index("A later story") < page.index("gone")


def test_the_lead_is_in_the_language_of_the_site_with_a_picture(client: Client) -> None:
    make_article(slug="old")
    make_article(slug="pictured", body='<p>One.</p><figure><img src="/media/a.webp" alt="Kelp"></figure>')
    make_article(slug="plain")
    retract(make_article(slug="gone"))
    make_article(slug="miyah", language="ar")
    page = html(client, "/")
    assert re.findall(LINK, page) == ["pictured", "miyah", "gone", "plain", "old"]
    assert page.count('<img src="/media/a.webp" alt="Kelp" width="1200" height="800">') == 1  # shown as 3 by 2


def test_the_newest_article_leads_where_none_is_in_the_language_of_the_site(client: Client) -> None:
    for slug in ("first", "second"):
        make_article(slug=slug, language="ar")
    page = html(client, "/")
    assert re.findall(LINK, page) == ["second", "first"]
    assert page.count("front-lead") == 1
