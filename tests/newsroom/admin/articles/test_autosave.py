"""A draft is saved while it is typed, and never over another editor's."""

from typing import Any

import pytest

from newsroom.models import Article, Draft
from tests.support.admin_page import Answer, form_of
from tests.support.editor_page import LIST, Writer, draft_of, fields_of, start
from tests.support.factories import BODY, current_revision, make_article, make_revision
from tests.support.withheld_words import withhold

pytestmark = pytest.mark.django_db


def autosave(writer: Writer, page: Answer, article: Article | None = None, **typed: str) -> Any:
    """What the page's script sends after a pause."""
    address = f"{LIST}{article.pk}/autosave/" if article else f"{LIST}autosave/"
    return writer.client.post(address, {**fields_of(form_of(page, "save")), **typed})


@pytest.mark.both_databases
def test_what_is_typed_becomes_the_draft_under_one_token_after_the_other() -> None:
    article, writer = make_article(), Writer()
    page = writer.open(article)
    assert autosave(writer, page, article).json() == {"seen": "", "base": "1", "others": []}
    assert not Draft.objects.exists()

    first = autosave(writer, page, article, headline="Mine").json()
    assert (draft_of(article).headline, draft_of(article).base) == ("Mine", current_revision(article))
    second = autosave(writer, page, article, headline="Mine too", seen=first["seen"]).json()
    assert draft_of(article).edited_at.isoformat() == second["seen"] != first["seen"]
    assert current_revision(article).require_content().headline != "Mine too"


def test_an_answer_that_was_lost_is_given_again() -> None:
    article, writer = make_article(), Writer()
    page = writer.open(article)
    first = autosave(writer, page, article, headline="Mine").json()
    assert autosave(writer, page, article, headline="Mine").json() == first


@pytest.mark.both_databases
def test_another_editors_draft_is_never_overwritten() -> None:
    article, one, other = make_article(), Writer(), Writer()
    pages = [each.open(article) for each in (one, other)]
    autosave(one, pages[0], article, headline="Mine")
    answer = autosave(other, pages[1], article, headline="Yours")
    assert (answer.status_code, answer.json()["editor"]) == (409, str(one.editor))
    assert draft_of(article).headline == "Mine"
    # A page that only looks is told too.
    beat = other.client.post(f"{LIST}{article.pk}/autosave/", {**fields_of(form_of(pages[1], "save")), "beat": "1"})
    assert (beat.status_code, draft_of(article).headline) == (409, "Mine")


def test_an_open_page_brings_no_withheld_words_back() -> None:
    article, writer = make_article(), Writer()
    page = writer.open(article)
    make_revision(article, find="three", put="four")
    withhold(article)
    assert autosave(writer, page, article, headline="Mine").status_code == 409
    assert writer.send(page, "save", headline="Mine").status_code == 409
    assert not Draft.objects.exists()


def test_language_and_section_wait_for_a_button() -> None:
    article, writer = make_article(language="en"), Writer()
    autosave(writer, writer.open(article), article, headline="Mine", section="Sport", language="de")
    article.refresh_from_db()
    assert (article.section, article.language) == ("Local", "en")


def test_a_new_article_is_saved_once_it_has_an_address() -> None:
    writer = Writer()
    page = writer.open()
    nameless = autosave(writer, page, headline="Bridges", body=BODY)
    assert (nameless.status_code, list(nameless.json()["errors"])) == (422, ["slug"])
    answer = autosave(writer, page, headline="Bridges", body=BODY, slug="bridges")
    article = Article.objects.get(slug="bridges")
    assert answer.json()["address"] == f"{LIST}{article.pk}/change/"
    assert (article.state, draft_of(article).headline) == ("draft", "Bridges")
    taken = autosave(writer, page, headline="Bridges", body=BODY, slug="bridges")
    assert (taken.status_code, Article.objects.count()) == (422, 1)


def test_an_address_is_saved_with_the_words_until_publication() -> None:
    writer = Writer()
    article = start(writer, slug="fer")
    make_article(slug="taken")
    page = writer.open(article)
    autosave(writer, page, article, slug="ferry", headline="Mine")
    article.refresh_from_db()
    assert (article.slug, draft_of(article).headline) == ("ferry", "Mine")
    page = writer.open(article)
    refused = autosave(writer, page, article, slug="taken", headline="Yours")
    assert (refused.status_code, refused.json()["errors"]) == (422, {"slug": []})
    assert draft_of(article).headline == "Mine"
    assert writer.send(page, "publish").status_code == 302
    autosave(writer, writer.open(article), article, slug="moved", headline="Later")
    article.refresh_from_db()
    assert article.slug == "ferry"


def test_editors_of_one_draft_are_named_to_each_other() -> None:
    article, one, other = make_article(), Writer(public_name="Ada"), Writer(public_name="Ben")
    pages = [each.open(article) for each in (one, other)]
    assert autosave(one, pages[0], article).json()["others"] == []
    assert autosave(other, pages[1], article).json()["others"] == [str(one.editor)]


def test_who_may_not_write_saves_nothing() -> None:
    article, auditor = make_article(), Writer(group="Auditor")
    answer = auditor.client.post(f"{LIST}{article.pk}/autosave/", {"headline": "Mine"})
    assert (answer.status_code, Draft.objects.count()) == (403, 0)
