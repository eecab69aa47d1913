"""A passage is tracked from where it is known best, in its own field, through texts that are still there."""

import pytest
from pytest_django import DjangoAssertNumQueries

from corrections.anchoring.spans import Span
from corrections.triage.tracking import Origin, PassageTracker, origin_of
from newsroom.models import Article, Revision
from tests.support.desk_page import make_case
from tests.support.factories import make_article, make_revision
from tests.support.withheld_words import withhold

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article(headline="Report on the bridges")


def revision_of(article: Article, number: int) -> Revision:
    return article.revisions.select_related("stored_text").get(number=number)


def test_a_case_is_tracked_from_its_anchor_or_from_where_it_was_published(article: Article) -> None:
    case, first = make_case(article), revision_of(article, 1)
    assert origin_of(case, first) == Origin(first.pk, Span(17, 24))
    second = make_revision(article, find="recieve", put="receive")
    case.published_in, case.spot_start, case.spot_end = second, 17, 30
    assert origin_of(case, second) == Origin(second.pk, Span(17, 30))
    third = make_revision(article, find="14", put="15")
    assert origin_of(case, third) == Origin(second.pk, Span(17, 30))
    assert origin_of(case, first) == Origin(first.pk, Span(17, 24))  # not yet published there


@pytest.mark.parametrize("missing", ["spot_start", "spot_end"])
def test_without_a_whole_spot_the_anchor_counts(article: Article, missing: str) -> None:
    case, first = make_case(article), revision_of(article, 1)
    case.published_in, case.spot_start, case.spot_end = first, 1, 2
    setattr(case, missing, None)
    assert origin_of(case, first) == Origin(first.pk, Span(17, 24))
    case.start = None
    assert origin_of(case, first) is None


def test_a_span_is_followed_forward_and_back_in_its_own_field(article: Article) -> None:
    first = revision_of(article, 1)
    second = make_revision(article, find="The council", put="Next week the council")
    there = PassageTracker(second, {first.pk})
    assert there.span("body", Origin(first.pk, Span(17, 24))) == Span(27, 34)
    assert there.span("headline", Origin(first.pk, Span(14, 21))) == Span(14, 21)
    assert there.span("body", Origin(second.pk, Span(3, 5))) == Span(3, 5)
    back = PassageTracker(first, {second.pk})
    assert back.span("body", Origin(second.pk, Span(27, 34))) == Span(17, 24)


def test_a_passage_that_is_gone_or_withheld_is_nowhere(article: Article) -> None:
    first = revision_of(article, 1)
    second = make_revision(
        article,
        find="<p>It counts <strong>14</strong> bridges, of which three are closed.</p>",
        put="<p>Nobody at the town hall wanted to comment.</p>",
    )
    start = first.require_content().text.index("It counts")
    assert PassageTracker(second, {first.pk}).span("body", Origin(first.pk, Span(start, start + 20))) is None
    withhold(article)
    tracker = PassageTracker(second, {first.pk})
    assert tracker.span("body", Origin(first.pk, Span(17, 24))) is None
    assert (tracker.text(first.pk, "body"), tracker.text(second.pk, "headline")) == (None, "Report on the bridges")


def test_two_queries_less_than_passages(article: Article, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first = revision_of(article, 1)
    second = make_revision(article, find="14", put="15")
    with django_assert_num_queries(1):
        tracker = PassageTracker(second, {first.pk})
        for start in range(0, 40, 4):
            tracker.span("body", Origin(first.pk, Span(start, start + 3)))
