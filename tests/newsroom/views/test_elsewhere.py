"""The record of an article that another system publishes."""

import pytest
from django.test import Client

from newsroom.models import Source
from newsroom.record.queries import current_revisions
from tests.support.factories import make_article
from tests.support.public_pages import html, text
from tests.support.sources import make_source_article

pytestmark = pytest.mark.django_db
URL = "https://daily.example/bridges"


def test_its_pages_name_the_site_s_address_and_ask_not_to_be_found(client: Client) -> None:
    make_source_article(url=URL, slug="bridges")
    for address in ("/articles/bridges/", "/articles/bridges/changes/", "/articles/bridges/revisions/1/"):
        page = html(client, address)
        assert f'<link rel="canonical" href="{URL}"><meta name="robots" content="noindex">' in page, address
    assert b"bridges" not in client.get("/sitemap-1.xml").content
    assert "Published by The Daily Example; here is its record." in text(html(client, "/articles/bridges/"))


def test_our_own_are_found_under_our_own_address(client: Client) -> None:
    make_article(slug="ours")
    page = html(client, "/articles/ours/")
    assert '/articles/ours/">' in page
    assert "noindex" not in page


def test_a_record_that_is_not_public_is_on_no_page(client: Client) -> None:
    placed = make_source_article(url=URL, slug="bridges", headline="Seven closed bridges")
    assert "Seven closed bridges" in html(client, "/")
    Source.objects.filter(pk=placed.source_id).update(is_public=False)
    assert not current_revisions().exists()
    for address in ("/articles/bridges/", "/articles/bridges/changes/", "/articles/bridges/revisions/1/"):
        assert client.get(f"{address}?again=1").status_code == 404, address
    assert client.get("/api/articles/bridges").status_code == 404
    assert b"bridges" not in client.get("/api/articles").content
