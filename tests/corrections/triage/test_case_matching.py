"""Suggestions about the same words come into one case."""

import pytest

from corrections.models import Case, Suggestion
from corrections.triage.pipeline import (
    triage_suggestion,
)
from tests.support.factories import make_article
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db


def triaged(*suggestions: Suggestion) -> list[Case]:
    for suggestion in suggestions:
        triage_suggestion(suggestion.pk)
    return list(Case.objects.order_by("pk"))


@pytest.mark.both_databases
def test_the_word_and_its_sentence_make_one_case() -> None:
    article = make_article()

    [case] = triaged(
        make_suggestion(article, "recieve", "receive"),
        make_suggestion(article, "will recieve the report", "will receive the report"),
        make_suggestion(article, "recieve", "get"),
    )

    assert (case.readers, case.anchor, case.start, case.end) == (3, "exact", 17, 24)
    assert (case.change_start, case.change_end) == (20, 22)
    assert {s.status for s in Suggestion.objects.all()} == {"triaged"}


def test_two_mistakes_of_one_sentence_make_two_cases() -> None:
    article = make_article()

    cases = triaged(
        make_suggestion(article, "recieve", "receive"),
        make_suggestion(article, "Tuesday", "Monday", category="fact"),
    )

    assert [case.exact for case in cases] == ["recieve", "Tuesday"]


def test_cases_of_other_fields_articles_and_decided_ones_are_left_alone() -> None:
    one, other = make_article(headline="We recieve"), make_article()
    cases = triaged(
        make_suggestion(one), make_suggestion(other), make_suggestion(one, "recieve", "receive", field="headline")
    )
    assert len(cases) == 3

    cases[0].state, cases[0].reason = Case.State.DECLINED, "No."
    cases[0].save()
    assert len(triaged(make_suggestion(one))) == 4


def test_about_the_whole_article_there_is_no_place() -> None:
    article = make_article()

    cases = triaged(
        make_suggestion(article, None, None, note="Too long.", category="other"),
        make_suggestion(article, None, None, note="Too short.", category="other"),
    )

    assert [(case.field, case.anchor, case.start) for case in cases] == [("", "unplaced", None)] * 2


def test_the_same_place_of_another_field_is_another_case() -> None:
    article = make_article(headline="The council will recieve it")
    cases = triaged(make_suggestion(article), make_suggestion(article, field="headline"))
    assert [(case.field, case.start, case.readers) for case in cases] == [("body", 17, 1), ("headline", 17, 1)]
