"""Reported passages stand where their words stand in the revision that is asked for."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corrections.decisions.compose import Edit, compose
from corrections.decisions.outcomes import decline_case, publish_cases
from corrections.models import Case
from corrections.suggestions.reported_passages import read_reports
from corrections.triage.reanchoring import reanchor_article
from newsroom.models import Article, Kind
from tests.support.desk_page import make_case
from tests.support.factories import current_revision, make_article, make_editor, make_revision

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


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


def test_published_words_are_followed_from_where_they_were_published(article: Article) -> None:
    case = make_case(article)
    make_revision(article, find="The council", put="Early next week the council")
    reanchor_article(article)
    case.refresh_from_db()
    publish(case, "be handed")
    make_revision(article, find="Early next week", put="Soon")

    assert [passages(article, number) for number in (1, 2, 3, 4)] == [
        ["recieve"],
        ["recieve"],
        ["be handed"],
        ["be handed"],
    ]


def test_words_that_were_deleted_stand_where_they_were_and_leave_a_place_behind(article: Article) -> None:
    publish(make_case(article, "of which", ""), "")

    assert passages(article, 1) == ["of which"]
    assert passages(article, 2) == [""]


def test_a_passage_that_is_gone_is_left_out(article: Article) -> None:
    case = make_case(article, "It counts 14 bridges, of which three are closed.", "It counts 14 bridges.")
    decline_case(case, by=make_editor(), reason="They are closed.")
    make_revision(
        article,
        find="<p>It counts <strong>14</strong> bridges, of which three are closed.</p>",
        put="<p>Nobody at the town hall wanted to comment on what else is planned for the year.</p>",
    )

    assert passages(article, 1) == ["It counts 14 bridges, of which three are closed."]
    assert passages(article, 2) == []


def test_other_fields_have_their_own_texts(article: Article) -> None:
    make_case(article, "bridges", "bridge", field="headline")
    make_revision(article, find="14", put="fourteen")

    assert passages(article, 2) == ["bridges"]


def test_many_passages_cost_no_more_queries_than_one(article: Article) -> None:
    make_case(article)
    make_revision(article, find="14", put="fourteen")
    revision = current_revision(article)
    with CaptureQueriesContext(connection) as one:
        read_reports(revision)
    make_case(article, "three", "four", category="fact")
    make_case(article, "council", "Council", category="name")

    with CaptureQueriesContext(connection) as several:
        assert len(read_reports(revision).items) == 3

    assert len(several) == len(one) == 2
