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
    read = Article.objects.get(slug="bridges").revisions.select_related("stored_text").get(number=revision)
    start = read.require_content().canonical(field).index(words)
    query: dict[str, Any] = {"revision": revision, "field": field, "start": start, "end": start + len(words)}
    response = client.get(ADDRESS, query)
    assert response.status_code == status, response.content
    return response.json()


@pytest.mark.both_databases
def test_a_passage_that_nobody_reported_is_quoted_as_it_stands(client: Client, article: Article) -> None:
    text = current_revision(article).require_content().text
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
    ("query", "sentence", "field"),
    [
        ({"start": 5, "end": 5}, "the start before the end", "end"),
        ({"start": -1, "end": 5}, "the start before the end", "end"),
        ({"start": 0, "end": 1001}, "at most 1,000 characters", "end"),
        ({"start": 100, "end": 400}, "text is shorter", "end"),
        ({"start": 2**31, "end": 2**31 + 1}, "the start before the end", "end"),
        ({"field": "caption"}, "", "field"),
        ({"revision": 2}, "no version with this number", "revision"),
        ({"revision": 2**70}, "no version with this number", "revision"),
    ],
)
def test_a_wrong_question_is_refused(
    client: Client, article: Article, query: dict[str, Any], sentence: str, field: str
) -> None:
    asked: dict[str, Any] = {"revision": 1, "field": "body", "start": 0, "end": 5} | query
    response = client.get(ADDRESS, asked)

    assert response.status_code == 422, response.content
    [(named, [said])] = response.json()["errors"].items()
    assert named == field
    assert sentence in said


def test_an_unknown_article_is_404(client: Client) -> None:
    query: dict[str, Any] = {"revision": 1, "field": "body", "start": 0, "end": 5}
    assert client.get(ADDRESS, query).status_code == 404


@pytest.mark.parametrize(("end", "status"), [(1000, 200), (1001, 422)])
def test_a_passage_has_at_most_a_thousand_code_points(client: Client, end: int, status: int) -> None:
    make_article(slug="bridges", body=f"<p>{'🌉' * 1100}</p>")
    asked: dict[str, Any] = {"revision": 1, "field": "body", "start": 0, "end": end}
    assert client.get(ADDRESS, asked).status_code == status
