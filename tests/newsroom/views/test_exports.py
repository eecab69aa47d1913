"""Exports of an article: each in its media type, and none of what is not public."""

import pytest
from django.test import Client

from newsroom.models import Article
from tests.support.factories import make_article

pytestmark = pytest.mark.django_db
PATH = "/articles/bridges/annotations/"


@pytest.mark.parametrize("number", ["0", "2", "-1", "x", "", "9" * 20, "9" * 5000, "٣", "%00"])
def test_there_are_no_other_pages(client: Client, bridges: Article, number: str) -> None:
    assert client.get(f"{PATH}?page={number}").status_code == 404


@pytest.mark.parametrize("slug", ["draft", "unknown"])
def test_what_was_never_published_has_none(client: Client, slug: str) -> None:
    Article.objects.create(slug="draft")
    assert client.get(f"/articles/{slug}/annotations/").status_code == 404


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("timemap/", "application/link-format; charset=utf-8"),
        ("annotations/", 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'),
        ("annotations/?page=1", 'application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"'),
        ("ninjs.json", "application/json"),
    ],
)
def test_each_export_has_its_media_type_and_is_only_read(
    client: Client, bridges: Article, path: str, media_type: str
) -> None:
    answer = client.get(f"/articles/bridges/{path}")
    assert (answer.status_code, answer["Content-Type"]) == (200, media_type)
    assert client.post(f"/articles/bridges/{path}").status_code == 405


def test_letters_of_any_script_are_written_as_they_are(client: Client) -> None:
    make_article(slug="bridges", headline="Мости")
    assert "Мости" in client.get("/articles/bridges/ninjs.json").content.decode()
