"""A passage is placed in the revision that stands now, or kept without a place."""

import pytest

from corrections.models import Case, Suggestion
from corrections.triage.pipeline import (
    triage_suggestion,
)
from tests.support.factories import make_article, make_revision
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db


def triaged(*suggestions: Suggestion) -> list[Case]:
    for suggestion in suggestions:
        triage_suggestion(suggestion.pk)
    return list(Case.objects.order_by("pk"))


def test_what_was_read_in_an_older_revision_is_placed_in_the_current_one() -> None:
    article = make_article()
    moved, fixed, gone = (
        make_suggestion(article, "three", "four", category="fact"),
        make_suggestion(article, "will recieve the report", "will receive the report"),
        make_suggestion(article, "on Tuesday", "on Monday"),
    )
    make_revision(article, find="The council will recieve the report on Tuesday.", put="It will receive the report.")

    cases = triaged(moved, fixed, gone)

    assert [case.anchor for case in cases[:2]] == ["moved", "fixed"]
    assert cases[0].anchored_in.require_content().text[cases[0].start : cases[0].end] == "three"
    assert cases[1].state == Case.State.ALREADY_FIXED
    assert cases[2].anchor in ("changed", "removed")


def test_a_quote_that_stands_nowhere_is_kept_unplaced() -> None:
    article = make_article()
    suggestion = make_suggestion(article)
    Suggestion.objects.filter(pk=suggestion.pk).update(
        exact="отримає звіт", prefix="Рада ", suffix=" у вівторок", start=5, end=17
    )

    [case] = triaged(suggestion)

    assert (case.anchor, case.state, case.exact) == ("unplaced", "open", "отримає звіт")
