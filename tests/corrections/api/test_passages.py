"""The API of a passage: what it answers, and which questions it refuses."""

from typing import Any

import pytest
from django.test import Client

from newsroom.models import Article
from tests.support.factories import current_revision, make_article

pytestmark = pytest.mark.django_db
ADDRESS = "/api/articles/bridges/passage"


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


def ask(client: Client, words: str, *, revision: int = 1, field: str = "body", status: int = 200) -> Any:
    """What the API says of words of a revision."""
    read = Article.objects.get(slug="bridges").revisions.select_related("content").get(number=revision)
    start = read.content.canonical(field).index(words)
    query: dict[str, Any] = {"revision": revision, "field": field, "start": start, "end": start + len(words)}
    response = client.get(ADDRESS, query)
    assert response.status_code == status, response.content
    return response.json()


@pytest.mark.both_databases
def test_a_passage_that_nobody_reported_is_quoted_as_it_stands(client: Client, article: Article) -> None:
    text = current_revision(article).content.text
    start = text.index("recieve")

    answer = ask(client, "recieve")

    assert answer == {
        "revision": 1,
        "words": "recieve",
        "quote": {
            "field": "body",
            "exact": "recieve",
            "prefix": text[:start],
            "suffix": text[start + 7 : start + 39],
            "start": start,
            "end": start + 7,
        },
        "reports": [],
    }


@pytest.mark.parametrize(
    ("query", "status", "field"),
    [
        ({"start": 5, "end": 5}, 422, "end"),
        ({"start": -1, "end": 5}, 422, "end"),
        ({"start": 0, "end": 10_000}, 422, "end"),
        ({"start": 100, "end": 400}, 422, "end"),
        ({"start": 2**31, "end": 2**31 + 1}, 422, "end"),
        ({"field": "caption"}, 422, "field"),
        ({"revision": 2}, 422, "revision"),
        ({"revision": 2**70}, 422, "revision"),
    ],
)
def test_a_wrong_question_is_refused(
    client: Client, article: Article, query: dict[str, Any], status: int, field: str
) -> None:
    asked: dict[str, Any] = {"revision": 1, "field": "body", "start": 0, "end": 5} | query
    response = client.get(ADDRESS, asked)

    assert response.status_code == status, response.content
    assert list(response.json()["errors"]) == [field]


def test_an_unknown_article_is_404(client: Client) -> None:
    query: dict[str, Any] = {"revision": 1, "field": "body", "start": 0, "end": 5}
    assert client.get(ADDRESS, query).status_code == 404
