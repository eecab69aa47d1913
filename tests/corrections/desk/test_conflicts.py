"""Decisions that come too late overwrite nothing, and no typing is lost."""

import pytest

from newsroom.models import Article
from tests.support.admin_page import buttons
from tests.support.desk_page import Desk, diffs, make_case, told, typing_in
from tests.support.factories import current_revision, make_article, make_editor, make_revision
from tests.support.record_check import breaks
from tests.support.withheld_words import withhold

pytestmark = pytest.mark.django_db


def text_of(article: Article) -> str:
    return current_revision(article).require_content().text


@pytest.mark.both_databases
def test_words_that_were_changed_meanwhile_are_not_overwritten() -> None:
    article = make_article()
    case = make_case(article)
    desk = Desk()
    page = desk.open(case)
    make_revision(article, find="recieve", put="obtain", note="It obtains it.", by=make_editor(public_name="Mara"))
    late = desk.send(page, "edit", wording="be given", note="My note")
    assert late.status_code == 409
    assert text_of(article).startswith("The council will obtain the report on Tuesday.")
    assert "it is now at version 2" in told(late)
    assert (["recieve"], ["obtain"]) in diffs(late)
    assert "Mara" in told(late)
    assert "be given" in told(late)
    assert typing_in(late, "edit", "note") == "My note"
    assert desk.send(late, "edit", wording="be given").status_code == 302
    assert text_of(article).startswith("The council will be given the report on Tuesday.")


@pytest.mark.both_databases
def test_a_form_that_an_unrelated_revision_overtook_is_published_on_it() -> None:
    article = make_article()
    case, desk = make_case(article), Desk()
    page = desk.open(case)
    make_revision(article, find="The council will", put="On Monday the council will", by=desk.editor)
    make_revision(article, find="three", put="four")
    assert desk.send(page, "edit", wording="be given").status_code == 302
    case.refresh_from_db()
    text = text_of(article)
    assert (case.state, text[case.spot_start : case.spot_end]) == ("published", "be given")
    assert "On Monday the council will be given the report" in text
    assert "four are closed" in text
    assert breaks() == []


def test_a_form_whose_base_was_withheld_says_so() -> None:
    article = make_article()
    case, desk = make_case(article), Desk()
    page = desk.open(case)
    make_revision(article, find="three", put="four")
    withhold(article)
    late = desk.send(page, "edit", wording="be given")
    assert late.status_code == 409
    assert "were withheld" in told(late)


def test_a_page_that_ones_own_revision_overtook_says_so() -> None:
    article = make_article()
    case, desk = make_case(article), Desk()
    page = desk.open(case)
    make_revision(article, find="recieve", put="obtain", by=desk.editor)
    late = desk.send(page, "edit", wording="be given")
    assert "You changed the same words yourself, in version 2" in told(late)


def test_a_whole_article_whose_words_were_changed_is_not_overwritten() -> None:
    article = make_article()
    case = make_case(article, None, None, note="Where are the bridges?", category="other")
    desk = Desk()
    page = desk.open(case)
    make_revision(article, find="on Tuesday", put="on Friday")
    body = current_revision(article).require_content().body.replace("Friday", "Thursday")
    late = desk.send(page, "edit-article", headline="Fourteen bridges", kind="typo", body=body)
    assert late.status_code == 409
    assert "Fourteen bridges" in told(late)
    assert "on Thursday" in typing_in(late, "edit-article", "body")
    assert current_revision(article).number == 2


def test_who_decided_meanwhile_is_told_and_the_typing_is_kept() -> None:
    article = make_article()
    case = make_case(article)
    desk, other = Desk(), Desk(public_name="Mara Lind")
    page = desk.open(case)
    other.decide(case, "decline", reason="The spelling is the author's.")
    late = desk.send(page, "edit", wording="obtain", note="A note of mine")
    assert late.status_code == 409
    assert "Mara Lind decided this case while you were writing (Declined)" in told(late)
    assert "obtain" in told(late)
    assert "A note of mine" in told(late)
    assert not buttons(late)
    assert current_revision(article).number == 1
