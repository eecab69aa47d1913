"""What readers reported, for other readers: where, how many and what became of it, and never their words."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from corrections.decisions.compose import Edit, compose
from corrections.decisions.outcomes import decline_case, publish_cases
from corrections.models import Case
from corrections.privacy.withdrawal import withdraw_suggestion
from corrections.suggestions.reported_passages import read_reports
from corrections.triage.reanchoring import reanchor_article
from newsroom.models import Article, Kind
from tests.support.desk_page import make_case
from tests.support.factories import current_revision, make_article, make_editor, make_revision
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db
ADDRESS = "/api/articles/bridges/reports"


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


def reports(client: Client, query: str = "") -> Any:
    response = client.get(ADDRESS + query)
    assert response.status_code == 200, response.content
    return response.json()


def passages(article: Article, number: int) -> list[str]:
    """The reported words as they stand in a revision."""
    revision = article.revisions.select_related("stored_text").get(number=number)
    return [
        revision.require_content().canonical(item.field)[item.start : item.end] for item in read_reports(revision).items
    ]


def publish(case: Case, replacement: str) -> None:
    base = current_revision(case.article)
    composed = compose(base, [Edit(case, replacement)])
    publish_cases([case], by=make_editor(), base=base, composed=composed, kind=Kind.TYPO)


@pytest.mark.both_databases
def test_open_and_decided_passages_newest_first(client: Client, article: Article) -> None:
    make_case(article)
    make_case(article, "recieve", "get")
    declined = make_case(article, "three", "four", category="fact")
    decline_case(declined, by=make_editor(), reason="There are three.")

    assert reports(client) == {
        "items": [
            {"field": "body", "start": 80, "end": 85, "count": 1, "state": "declined", "reason": "There are three."},
            {"field": "body", "start": 17, "end": 24, "count": 2, "state": "in_review", "reason": None},
        ],
        "next": None,
    }


def test_no_word_of_a_reader_is_shown(client: Client, article: Article) -> None:
    make_case(article, "recieve", "zanzibar", note="Quokka.", email="ada@example.org")

    answer = client.get(ADDRESS).content.decode()

    assert json.loads(answer)["items"]
    assert not any(word in answer for word in ("zanzibar", "Quokka", "ada@example.org", "recieve"))


def test_what_has_no_place_or_was_taken_back_is_left_out(client: Client, article: Article) -> None:
    make_case(article, None, None, note="Too long.", category="other")
    withdraw_suggestion(make_case(article).suggestions.get())
    make_suggestion(article, "three", "four")

    assert reports(client)["items"] == []


@pytest.mark.both_databases
def test_passages_are_followed_into_the_revision_that_is_asked_for(client: Client, article: Article) -> None:
    make_case(article, "three", "four", category="fact")
    make_case(article)
    make_revision(article, find="The council", put="Early next week the council")
    assert passages(article, 1) == passages(article, 2) == ["recieve", "three"]

    reanchor_article(article)
    assert passages(article, 1) == passages(article, 2) == ["recieve", "three"]
    assert reports(client) == reports(client, "?revision=2")
    assert [item["start"] for item in reports(client, "?revision=1")["items"]] == [17, 80]


def test_a_page_is_fifty_rows_whatever_it_shows(client: Client, article: Article) -> None:
    pattern = make_case(article)
    first_at = timezone.now()
    Case.objects.bulk_create(
        Case(
            article=article,
            category="typo",
            readers=index + 1,
            first_at=first_at,
            # Some at the same moment, so that the key has to tell them apart.
            last_at=first_at + timedelta(seconds=index // 7),
            field="body",
            exact="recieve",
            anchored_in=pattern.anchored_in,
            anchor="removed" if index % 3 == 0 else "exact",
            start=None if index % 3 == 0 else 17,
            end=None if index % 3 == 0 else 24,
        )
        for index in range(119)
    )

    first = reports(client)
    second = reports(client, "?" + first["next"].partition("?")[2])
    third = reports(client, "?" + second["next"].partition("?")[2])

    assert first["next"].startswith("http")
    assert "revision=1&" in first["next"]
    assert third["next"] is None
    counts = [item["count"] for page in (first, second, third) for item in page["items"]]
    expected = sorted((i + 1 for i in range(119) if i % 3), key=lambda count: ((count - 1) // 7, count), reverse=True)
    assert counts == [*expected, 1]
    assert all(len(page["items"]) < 50 for page in (first, second))


def test_the_next_page_stays_in_the_revision_of_the_first(client: Client, article: Article) -> None:
    pattern = make_case(article)
    for _turn in range(50):
        pattern.pk = None
        pattern.save_without_historical_record()  # type: ignore[attr-defined]
    following = reports(client)["next"].partition("?")[2]
    make_revision(article, find="The council", put="Early next week the council")

    assert [item["start"] for item in reports(client, f"?{following}")["items"]] == [17]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?revision=2", "revision"),
        ("?revision=0", "revision"),
        ("?revision=-1", "revision"),
        ("?revision=99999999999999999999", "revision"),
        ("?revision=one", "revision"),
        ("?revision=", "revision"),
        ("?cursor=x", "cursor"),
        ("?cursor=fffffffffffffff-1", "cursor"),
    ],
)
def test_what_is_asked_wrongly_is_named(client: Client, article: Article, query: str, field: str) -> None:
    response = client.get(ADDRESS + query)

    assert response.status_code == 422
    assert list(response.json()["errors"]) == [field]


def test_drafts_and_unknown_articles_are_not_there(client: Client) -> None:
    Article.objects.create(slug="draft")

    for slug in ("draft", "nowhere"):
        response = client.get(f"/api/articles/{slug}/reports")
        assert response.status_code == 404
        assert list(response.json()["errors"]) == ["_"]
    assert client.post(ADDRESS).status_code == 405


def test_reports_have_an_etag(client: Client, article: Article) -> None:
    path = f"/api/articles/{article.slug}/reports"
    whole, bare = client.get(path), client.head(path)
    assert (bare.status_code, bare["ETag"], bare.content) == (200, whole["ETag"], b"")
    assert client.get(path, headers={"If-None-Match": whole["ETag"]}).status_code == 304
