"""What editors decide on the page of a case, and how the page says what stands in the way."""

import pytest

from corrections.decisions.compose import Edit, compose
from corrections.decisions.outcomes import publish_cases
from newsroom.accounts.roles import AUDITOR
from newsroom.models import Article, Kind
from tests.support.desk_page import (
    LIST,
    Desk,
    address_of,
    buttons,
    make_case,
    messages,
    told,
    tree,
    typing_in,
)
from tests.support.factories import current_revision, make_article, make_editor

pytestmark = pytest.mark.django_db


def text_of(article: Article) -> str:
    return current_revision(article).content.text


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


def test_a_phones_blank_behind_the_word_does_not_stand_in_the_way() -> None:
    article = make_article()
    assert Desk().decide(make_case(article, "recieve", "receive "), "publish").status_code == 302
    assert text_of(article).startswith("The council will receive the report")


def test_a_word_that_goes_takes_its_blank_along() -> None:
    article = make_article(body="<p>The the council sits.</p>")
    assert Desk().decide(make_case(article, "the", ""), "publish").status_code == 302
    assert text_of(article) == "The council sits."


def test_an_edited_wording_is_published_as_typed() -> None:
    article = make_article()
    case = make_case(article)
    answer = Desk().decide(case, "edit", wording="be handed", kind="clarification", note="It is handed over.")
    assert answer.status_code == 302
    assert text_of(article).startswith("The council will be handed the report")
    revision = current_revision(article)
    assert (revision.kind, revision.note) == ("clarification", "It is handed over.")


def test_line_feeds_come_from_a_browser_with_carriage_returns() -> None:
    article = make_article()
    answer = Desk().decide(make_case(article), "edit", wording="receive\r\nat last")
    assert answer.status_code == 302
    assert text_of(article).startswith("The council will receive\nat last the report")


def test_a_readers_wording_is_not_published_over_the_editors_typing() -> None:
    article = make_article()
    page = Desk().decide(make_case(article), "publish", wording="obtain")
    assert page.status_code == 422
    assert "Edit and publish" in told(page)
    assert typing_in(page, "edit", "wording") == "obtain"
    assert current_revision(article).number == 1


def test_declining_needs_a_reason() -> None:
    case = make_case(make_article())
    page = Desk().decide(case, "decline", reason="  ")
    assert page.status_code == 422
    assert "Reason for declining" in told(page)
    case.refresh_from_db()
    assert case.state == "open"


def test_declining_keeps_the_reason_for_the_readers() -> None:
    case = make_case(make_article())
    desk = Desk()
    assert desk.decide(case, "decline", reason="The spelling is the author's.").status_code == 302
    case.refresh_from_db()
    assert (case.state, case.reason) == ("declined", "The spelling is the author's.")
    assert "The spelling is the author" in desk.open(case).content.decode()


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"kind": ""}, "kind", "required"),
        ({"kind": "publication"}, "kind", "not one of the available choices"),
        ({"kind": "clarification"}, "note", "needs a public note"),
        ({"wording": "re\u202eceive"}, "wording", "U+202E"),
        ({"wording": "receive  twice"}, "wording", "spaces"),
        ({"note": "see\u2066"}, "note", "U+2066"),
        ({"wording": "recieve"}, None, "the same as the current"),
    ],
)
def test_what_cannot_be_published_is_told_beside_the_field(typed: dict[str, str], field: str | None, said: str) -> None:
    article = make_article()
    page = Desk().decide(make_case(article), "edit", **{"wording": "receive it", **typed})
    assert page.status_code == 422
    assert said in told(page)
    if field:
        errors = tree(page).xpath(f"//*[@name='{field}']/ancestor::div[contains(@class, 'desk-field')]//p/text()")
        assert any(said in error for error in errors)
    kept = typing_in(page, "edit", "wording")
    assert kept == typed.get("wording", "receive it")
    assert current_revision(article).number == 1


def test_a_headline_is_one_line() -> None:
    article = make_article()
    case = make_case(article, "due", "here", field="headline")
    assert Desk().decide(case, "edit", wording="due\nsoon").status_code == 422
    assert Desk().decide(case, "edit", wording="due soon").status_code == 302
    assert current_revision(article).content.headline == "Report on the bridges is due soon"


def test_a_case_without_a_place_is_settled_by_editing_the_article() -> None:
    article = make_article()
    case = make_case(article, None, None, note="Where are the bridges?", category="other")
    body = "<p>The council will receive the report.</p><script>alert(1)</script>"
    answer = Desk().decide(case, "edit-article", body=body, kind="update")
    assert answer.status_code == 302
    assert current_revision(article).content.body == "<p>The council will receive the report.</p>"
    case.refresh_from_db()
    assert case.state == "published"


def test_an_article_is_not_emptied() -> None:
    case = make_case(make_article(), None, None, note="All wrong.", category="other")
    page = Desk().decide(case, "edit-article", body="<p> </p>", kind="update")
    assert page.status_code == 422
    assert "A headline and a text are needed" in told(page)


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


@pytest.mark.parametrize(
    "forged", [{"chosen": "0-1:x"}, {"chosen": "x"}, {"chosen": "999-9999:x"}, {"base": "x"}, {"base": "77"}]
)
def test_a_forged_form_publishes_nothing(forged: dict[str, str]) -> None:
    article = make_article()
    assert Desk().decide(make_case(article), "publish", **forged).status_code in (409, 422)
    assert current_revision(article).number == 1


def test_a_published_case_shows_its_new_words_in_the_article() -> None:
    article = make_article()
    case = make_case(article)
    base = current_revision(article)
    publish_cases([case], by=make_editor(), base=base, composed=compose(base, [Edit(case, "receive")]), kind=Kind.TYPO)
    assert tree(Desk().open(case)).xpath("//mark/text()") == ["receive"]
