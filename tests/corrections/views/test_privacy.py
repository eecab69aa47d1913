"""What readers are told about their privacy is what the code does, and is told before they send anything."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from corrections.abuse import senders
from corrections.privacy import retention
from newsroom.record.page_cache import CACHE_CONTROL, pages
from tests.support.factories import make_article
from tests.support.public_pages import html, text

pytestmark = pytest.mark.django_db


def test_the_page_names_the_numbers_that_the_code_keeps_to(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page = text(html(client, "/privacy/"))
    assert "24 hours" in page
    assert "90 days after your suggestion was settled" in page
    assert "Until you stop or the article is retracted; 7 days if you do not confirm it" in page

    monkeypatch.setattr(retention, "RETENTION_PERIOD", timedelta(days=1))
    monkeypatch.setattr(senders, "HASH_LIFETIME", timedelta(hours=1))
    pages.clear()
    page = text(html(client, "/privacy/"))
    assert "into a code by a secret key, and erase that code after 1 hour." in page
    assert "1 day after your suggestion was settled" in page


def test_it_is_cached_as_other_public_pages_are(client: Client) -> None:
    answer: Any = client.get("/privacy/")

    assert answer["Cache-Control"] == CACHE_CONTROL
    assert client.get("/privacy/", headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert not answer.cookies


def test_it_is_linked_from_every_page_and_beside_every_button_that_sends(client: Client) -> None:
    article = make_article()

    for path in ("/", "/policy/", f"/articles/{article.slug}/"):
        assert 'href="/privacy/"' in html(client, path)
    for path in (f"/articles/{article.slug}/", f"/articles/{article.slug}/suggest/"):
        markup = html(client, path)
        assert "you agree that we may publish the words that you propose" in text(markup)
        assert markup.count('href="/privacy/"') == 2
