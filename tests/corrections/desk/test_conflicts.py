"""Decisions that come too late overwrite nothing, and no typing is lost."""

import pytest

from newsroom.models import Article
from tests.support.admin_page import buttons
from tests.support.desk_page import Desk, diffs, make_case, told, typing_in
from tests.support.factories import current_revision, make_article, make_editor, make_revision

pytestmark = pytest.mark.django_db


def text_of(article: Article) -> str:
    return current_revision(article).require_content().text


@pytest.mark.both_databases
def test_an_article_that_moved_on_is_not_overwritten() -> None:
    article = make_article()
    case = make_case(article)
    desk = Desk()
    page = desk.open(case)
    make_revision(
        article, find="on Tuesday", put="on Friday", note="The date was moved.", by=make_editor(public_name="Mara")
    )
    late = desk.send(page, "edit", wording="be given", note="My note")
    assert late.status_code == 409
    assert text_of(article).startswith("The council will recieve the report on Friday.")
    assert "revision 2 stands now" in told(late)
    assert (["Tuesday"], ["Friday"]) in diffs(late)
    assert "Mara" in told(late)
    assert typing_in(late, "edit", "wording") == "be given"
    assert typing_in(late, "edit", "note") == "My note"
    assert desk.send(late, "edit").status_code == 302
    assert text_of(article).startswith("The council will be given the report on Friday.")


def test_a_whole_article_that_moved_on_is_not_overwritten() -> None:
    article = make_article()
    case = make_case(article, None, None, note="Where are the bridges?", category="other")
    desk = Desk()
    page = desk.open(case)
    make_revision(article, find="on Tuesday", put="on Friday")
    late = desk.send(page, "edit-article", headline="Fourteen bridges", kind="typo")
    assert late.status_code == 409
    assert "Fourteen bridges" in told(late)
    assert "on Friday" in typing_in(late, "edit-article", "body")
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
