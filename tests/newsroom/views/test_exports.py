"""Exports of an article: each in its media type, and none of what is not public."""

import pytest
from django.test import Client

from newsroom.models import Article

pytestmark = pytest.mark.django_db
PATH = "/articles/bridges/annotations/"


@pytest.mark.parametrize("number", ["0", "2", "-1", "x", "", "9" * 20, "٣", "%00"])
def test_there_are_no_other_pages(client: Client, bridges: Article, number: str) -> None:
    assert client.get(f"{PATH}?page={number}").status_code == 404


@pytest.mark.parametrize("slug", ["draft", "unknown"])
def test_what_was_never_published_has_none(client: Client, slug: str) -> None:
    Article.objects.create(slug="draft")
    assert client.get(f"/articles/{slug}/annotations/").status_code == 404
