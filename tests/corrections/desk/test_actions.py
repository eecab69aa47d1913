"""What editors decide on the page of a case, and how the page says what stands in the way."""

import pytest

from corrections.decisions.compose import Edit, compose
from corrections.decisions.outcomes import publish_cases
from newsroom.accounts.roles import AUDITOR
from newsroom.models import Article, Kind
from tests.support.admin_page import buttons, tree
from tests.support.desk_page import LIST, Desk, address_of, make_case, messages
from tests.support.factories import BODY, current_revision, make_article, make_editor

pytestmark = pytest.mark.django_db


def text_of(article: Article) -> str:
    return current_revision(article).require_content().text


@pytest.mark.both_databases
def test_publishing_makes_the_next_revision_and_says_where_it_is() -> None:
    article = make_article(slug="bridges")
    case = make_case(article)
    desk = Desk()
    answer = desk.decide(case, "publish")
    assert (answer.status_code, answer["Location"]) == (302, LIST)  # no other case waits
    assert text_of(article).startswith("The council will receive the report")
    revision = current_revision(article)
    assert (revision.number, revision.kind, revision.editor) == (2, "typo", desk.editor)
    case.refresh_from_db()
    assert (case.state, case.published_in, case.decided_by) == ("published", revision, desk.editor)
    assert "That was the last case" in messages(desk)


def test_the_variant_that_was_chosen_is_published() -> None:
    article = make_article()
    case = make_case(article)
    make_case(article)
    make_case(article, "recieve the", "get the")
    desk = Desk()
    page = desk.open(case)
    [value] = [value for value in tree(page).xpath("//input[@name='chosen']/@value") if "get" in value]
    assert desk.send(page, "publish", chosen=value).status_code == 302
    assert text_of(article).startswith("The council will get the report")


def test_an_edited_wording_is_published_as_typed() -> None:
    article = make_article()
    case = make_case(article)
    answer = Desk().decide(case, "edit", wording="be handed", kind="clarification", note="It is handed over.")
    assert answer.status_code == 302
    assert text_of(article).startswith("The council will be handed the report")
    revision = current_revision(article)
    assert (revision.kind, revision.note) == ("clarification", "It is handed over.")


def test_declining_keeps_the_reason_for_the_readers() -> None:
    case = make_case(make_article())
    desk = Desk()
    assert desk.decide(case, "decline", reason="The spelling is the author's.").status_code == 302
    case.refresh_from_db()
    assert (case.state, case.reason) == ("declined", "The spelling is the author's.")
    assert "The spelling is the author" in desk.open(case).content.decode()


def test_a_case_without_a_place_is_settled_by_editing_the_article() -> None:
    article = make_article()
    case = make_case(article, None, None, note="Where are the bridges?", category="other")
    body = BODY + "<p>They stand in the old town.</p>"
    typed = {"kind": "clarification", "note": "It says now where they stand."}
    answer = Desk().decide(case, "edit-article", body=f"{body}<script>alert(1)</script>", **typed)
    assert answer.status_code == 302
    assert current_revision(article).require_content().body == body
    case.refresh_from_db()
    assert case.state == "published"


def test_the_whole_article_can_be_edited_for_a_placed_case_too() -> None:
    case = make_case(make_article())
    desk = Desk()
    assert "edit-article" in buttons(desk.open(case, "?whole=1"))


@pytest.mark.parametrize("decision", ["publish", "propose", "edit", "decline", "approve", "return"])
def test_an_auditor_changes_nothing(decision: str) -> None:
    case = make_case(make_article())
    fields = {"decision": decision, "state": "open", "base": "1", "kind": "typo", "wording": "x", "reason": "x"}
    assert Desk(group=AUDITOR).client.post(address_of(case), fields).status_code == 403
    case.refresh_from_db()
    assert case.state == "open"


@pytest.mark.parametrize("decision", ["", "approve-all", "publish\0"])
def test_a_decision_that_there_is_none_is_a_bad_request(decision: str) -> None:
    case = make_case(make_article())
    assert Desk().client.post(address_of(case), {"decision": decision}).status_code == 400


def test_a_published_case_shows_its_new_words_in_the_article() -> None:
    article = make_article()
    case = make_case(article)
    base = current_revision(article)
    publish_cases([case], by=make_editor(), base=base, composed=compose(base, [Edit(case, "receive")]), kind=Kind.TYPO)
    assert tree(Desk().open(case)).xpath("//mark/text()") == ["receive"]
