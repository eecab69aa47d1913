"""The forms by which an article gets new words."""

import pytest

from newsroom.models import Article
from tests.support.admin_page import tree
from tests.support.desk_page import Desk, make_case, told, typing_in
from tests.support.factories import current_revision, make_article

pytestmark = pytest.mark.django_db


def text_of(article: Article) -> str:
    return current_revision(article).require_content().text


def test_a_phones_blank_behind_the_word_does_not_stand_in_the_way() -> None:
    article = make_article()
    assert Desk().decide(make_case(article, "recieve", "receive "), "publish").status_code == 302
    assert text_of(article).startswith("The council will receive the report")


def test_a_word_that_goes_takes_its_blank_along() -> None:
    article = make_article(body="<p>The the council sits.</p>")
    assert Desk().decide(make_case(article, "the", ""), "publish").status_code == 302
    assert text_of(article) == "The council sits."


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


def test_a_link_that_leads_nowhere_is_named_beside_the_article() -> None:
    case = make_case(make_article())
    desk = Desk()
    page = desk.open(case, "?whole=1")
    body = typing_in(page, "edit-article", "body") + '<p><a href="pool.html">Pool</a></p>'
    answer = desk.send(page, "edit-article", body=body, kind="clarification", note="A link was added.")
    assert answer.status_code == 422
    assert "The link to “pool.html” leads nowhere" in told(answer)
    assert typing_in(answer, "edit-article", "body") == body


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"kind": ""}, "kind", "required"),
        ({"kind": "publication"}, "kind", "not one of the available choices"),
        ({"kind": "update"}, "kind", "not one of the available choices"),
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


def test_a_readers_case_is_no_news_and_the_desk_says_what_a_change_of_meaning_needs() -> None:
    article = make_article()
    for case in (make_case(article), make_case(article, None, None, note="All wrong.", category="other")):
        page = Desk().open(case)
        assert not tree(page).xpath("//select[@name='kind']/option[@value='update']")
        assert "needs a public note and a second editor, whatever its kind." in page.content.decode()


def test_a_headline_is_one_line() -> None:
    article = make_article()
    case = make_case(article, "due", "here", field="headline")
    assert Desk().decide(case, "edit", wording="due\nsoon").status_code == 422
    assert Desk().decide(case, "edit", wording="due soon").status_code == 302
    assert current_revision(article).require_content().headline == "Report on the bridges is due soon"


def test_an_article_is_not_emptied() -> None:
    case = make_case(make_article(), None, None, note="All wrong.", category="other")
    page = Desk().decide(case, "edit-article", body="<p> </p>", kind="clarification", note="So.")
    assert page.status_code == 422
    assert "A headline and a text are needed" in told(page)


@pytest.mark.parametrize(
    ("forged", "status", "sentence"),
    [
        ({"chosen": "0-1:x"}, 422, "The passage is not in the current version"),
        ({"chosen": "x"}, 422, "Choose one of the proposed wordings."),
        ({"chosen": "999-9999:x"}, 422, "The passage is not in the current version"),
        ({"base": "x"}, 422, "Enter a whole number."),
        ({"base": "77"}, 409, "The article was changed while you were writing"),
    ],
)
def test_a_forged_form_publishes_nothing(forged: dict[str, str], status: int, sentence: str) -> None:
    article = make_article()
    page = Desk().decide(make_case(article), "publish", **forged)
    assert page.status_code == status
    assert sentence in told(page)
    assert current_revision(article).number == 1
