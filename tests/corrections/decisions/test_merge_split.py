"""Cases merged into one, and one split in two."""

import pytest

from corrections.models import Case
from corrections.suggestions.reader_status import suggestion_status
from newsroom.models import Article
from tests.support.desk_page import Desk, make_case
from tests.support.factories import make_article
from tests.support.ticking import tick

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article()


@pytest.mark.both_databases
def test_merged_cases_become_one_and_their_readers_follow_it(article: Article) -> None:
    first = make_case(article)
    second = make_case(article, "Tuesday", "Monday", category="fact")
    reader = second.suggestions.get()
    desk = Desk()

    tick(desk, first, "merge", "others", [second.pk])

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.readers) == ("open", 2)
    assert (second.state, second.merged_into, second.readers) == ("merged", first, 0)
    desk.decide(first, "decline", reason="Both are right.")
    reader.refresh_from_db()
    assert suggestion_status(reader).reason == "Both are right."


def test_a_case_of_another_article_is_not_merged(article: Article) -> None:
    first, other = make_case(article), make_case(make_article())
    make_case(article, "counts", "count")
    assert tick(Desk(), first, "merge", "others", [other.pk]).status_code == 422
    other.refresh_from_db()
    assert other.state == "open"


@pytest.mark.both_databases
def test_a_split_makes_two_cases_that_are_decided_apart(article: Article) -> None:
    case = make_case(article)
    make_case(article, "will recieve the report on", "shall get the report on", category="clarity")
    first, second = case.suggestions.order_by("received_at")

    tick(Desk(), case, "split", "suggestions", [second.pk])

    case.refresh_from_db()
    second.refresh_from_db()
    new = second.case
    assert new is not None
    assert new != case
    assert (case.readers, new.readers, new.state) == (1, 1, "open")
    assert new.anchored_in.require_content().text[new.start : new.end] == "will recieve the report on"
    assert first.case_id == case.pk


def test_not_all_of_a_case_can_be_split_off(article: Article) -> None:
    case = make_case(article)
    make_case(article)
    keys: list[object] = list(case.suggestions.values_list("pk", flat=True))
    assert tick(Desk(), case, "split", "suggestions", keys).status_code == 422
    assert Case.objects.count() == 1
