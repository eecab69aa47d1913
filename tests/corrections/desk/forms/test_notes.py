"""The note is there when the case is opened, so that proposing is one press."""

import pytest

from corrections.models import Case
from newsroom.models import Proposal
from tests.support.desk_page import Desk, make_case, typing_in
from tests.support.factories import make_article, make_pattern

pytestmark = pytest.mark.django_db
NOTE = "An earlier version of this article said “14 bridges”. It is “15 bridges”."


def test_a_fact_is_proposed_with_the_note_that_was_written_for_it() -> None:
    case, desk = make_case(make_article(), "14", "15", category="fact"), Desk()
    page = desk.open(case)
    assert (typing_in(page, "propose", "note"), typing_in(page, "propose", "kind")) == (NOTE, "correction")
    assert desk.send(page, "propose").status_code == 302
    assert (Proposal.objects.get().note, Case.objects.get().state) == (NOTE, "proposed")


def test_the_house_words_it() -> None:
    make_pattern("It is {new}, not {old}.")
    page = Desk().open(make_case(make_article(), "14", "15", category="fact"))
    assert typing_in(page, "propose", "note") == "It is “15 bridges”, not “14 bridges”."


def test_a_typing_error_needs_no_note_and_a_number_under_no_category_is_a_correction() -> None:
    article, desk = make_article(), Desk()
    page = desk.open(make_case(article))
    assert (typing_in(page, "publish", "note"), typing_in(page, "publish", "kind")) == ("", "typo")
    page = desk.open(make_case(article, "14", "15", category="other"))
    assert (typing_in(page, "propose", "note"), typing_in(page, "propose", "kind")) == (NOTE, "correction")
