"""Which forms a case offers, and what they keep of one that was overtaken."""

import pytest

from newsroom.accounts.roles import STANDARDS_EDITOR
from tests.support.desk_page import Desk, make_case, told, typing_in
from tests.support.factories import current_revision, make_article, make_revision

pytestmark = pytest.mark.django_db


def test_typing_for_a_passage_that_was_edited_meanwhile_is_kept_beside_the_form() -> None:
    article = make_article()
    case = make_case(article)
    desk = Desk()
    page = desk.open(case)
    make_revision(article, find="will recieve", put="may recieve soon")
    make_revision(article, find="recieve soon", put="obtain, soon,")
    late = desk.send(page, "edit", wording="be given")
    assert late.status_code == 409
    assert "be given" in told(late)
    assert current_revision(article).number == 3


def test_an_article_that_was_edited_meanwhile_is_offered_again_as_the_editor_wrote_it() -> None:
    article = make_article()
    case = make_case(article)
    desk = Desk()
    page = desk.open(case, "?whole=1")
    body = typing_in(page, "edit-article", "body")
    make_revision(article, find="recieve", put="obtain")
    make_revision(article, find="Tuesday", put="Monday")
    mine = body.replace("recieve", "be handed")
    late = desk.send(page, "edit-article", body=mine, kind="clarification", note="It is handed over.")
    assert late.status_code == 409
    assert typing_in(late, "edit-article", "body") == mine.replace("Tuesday", "Monday")
    assert typing_in(late, "edit-article", "note") == "It is handed over."
    assert current_revision(article).number == 3


def test_an_article_that_a_second_editor_sent_back_is_offered_as_it_was_proposed() -> None:
    case = make_case(make_article(), None, None, note="Where are the bridges?", category="other")
    first, second = Desk(), Desk(group=STANDARDS_EDITOR)
    body = typing_in(first.open(case), "propose-article", "body") + "<p>They stand in the old town.</p>"
    first.decide(case, "propose-article", body=body, kind="clarification", note="It says now where they stand.")
    second.decide(case, "return", reason="Since when?")
    page = first.open(case)
    assert typing_in(page, "propose-article", "body") == body
