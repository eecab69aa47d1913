"""A link to a passage marks it in the page, also where a translation or an advertisement has changed the page."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from corrections.decisions.compose import Edit, compose
from corrections.decisions.outcomes import publish_cases
from corrections.suggestions.reader_status import spot_link
from corrections.suggestions.status_tokens import status_token
from corrections.triage.pipeline import triage_suggestion
from newsroom.models import Article, Kind
from newsroom.text.fragments import spot_address
from tests.support.factories import current_revision, make_article, make_editor
from tests.support.processes import Site
from tests.support.suggestion_factories import make_suggestion

BODY = "<p>The ferry 🚢 will <em>propably</em> sail.</p><p>It will <b>not</b> sail on Monday.</p><p>It will sail.</p>"
MARKED = """() => "highlights" in CSS
    ? [...(CSS.highlights.get("spot") ?? [])].map((range) => range.toString())
    : [[...document.querySelectorAll("mark.spot")].map((mark) => mark.textContent).join("")]"""


@pytest.fixture
def article(site: Site) -> Article:
    return make_article(body=BODY)


def address(article: Article, words: str) -> str:
    revision = current_revision(article)
    start = revision.require_content().text.index(words)
    return spot_address(revision.get_absolute_url(), start=start, end=start + len(words))


def rewritten(page: Page, change: Callable[[str], str]) -> None:
    """Let the article's pages come changed, as an extension of the browser would change them."""

    def answer(route: Route) -> None:
        response = route.fetch()
        route.fulfill(response=response, body=change(response.text()))

    page.route(re.compile("/articles/"), answer)


def marked(page: Page) -> list[str]:
    # The passage's block gets the focus when all is done.
    expect(page.locator("[data-field=body] :focus")).to_be_visible()
    found: list[str] = page.evaluate(MARKED)
    return found


@pytest.mark.parametrize("words", ["propably", "will propably sail.\n\nIt will not", "will sail"])
def test_the_passage_is_marked_by_its_offsets(page: Page, article: Article, words: str) -> None:
    page.goto(address(article, words))
    assert marked(page) == [words.replace("\n\n", "")]


def test_without_highlights_marks_are_put_around_the_words(page: Page, article: Article) -> None:
    page.add_init_script("delete CSS.highlights; delete Object.getPrototypeOf(CSS).highlights")
    page.goto(address(article, "will propably sail"))
    assert marked(page) == ["will propably sail"]
    expect(page.locator("mark.spot")).to_have_count(3)


def test_the_next_passage_takes_the_mark_over_without_highlights(page: Page, article: Article) -> None:
    page.add_init_script("delete CSS.highlights; delete Object.getPrototypeOf(CSS).highlights")
    page.goto(address(article, "propably"))
    expect(page.locator("mark.spot")).to_have_text("propably")
    page.evaluate("(hash) => { location.hash = hash; }", address(article, "propably sail").partition("#")[2])
    expect(page.locator("mark.spot")).to_have_text(["propably", " sail"])


def test_words_that_were_put_into_the_page_do_not_shift_the_mark(page: Page, article: Article) -> None:
    rewritten(page, lambda html: html.replace('data-field="body">', 'data-field="body"><p>Advertisement</p>'))
    page.goto(address(article, "not"))
    assert marked(page) == ["not"]


def test_in_a_translated_page_nothing_wrong_is_marked(page: Page, article: Article) -> None:
    rewritten(page, lambda html: html.replace("It will <b>not</b> sail on Monday", "Sie fährt am Montag nicht"))
    with page.expect_response("**/api/articles/**"):
        page.goto(address(article, "not"))
    page.wait_for_load_state("networkidle")
    assert page.evaluate(MARKED) == []


def test_without_the_server_the_offsets_have_to_do(page: Page, article: Article) -> None:
    page.route("**/api/**", lambda route: route.abort())
    page.goto(address(article, "propably"))
    assert marked(page) == ["propably"]


def test_the_readers_page_leads_to_the_passage(page: Page, article: Article, site: Site) -> None:
    suggestion = make_suggestion(article, "propably", "probably")
    triage_suggestion(suggestion.pk)
    page.goto(f"/suggestions/{status_token(suggestion.pk)}/")

    page.get_by_role("link", name="See it in the article").click()
    page.wait_for_url("**/revisions/1/**")
    assert marked(page) == ["propably"]


def test_of_words_that_were_deleted_those_on_both_sides_are_marked(page: Page, article: Article) -> None:
    case = triage_suggestion(make_suggestion(article, "propably ", "").pk)
    assert case is not None
    base = current_revision(article)
    by = make_editor()
    publish_cases([case], by=by, base=base, composed=compose(base, [Edit(case, "")]), kind=Kind.TYPO)
    case.refresh_from_db()
    link = spot_link(case)
    assert link is not None
    assert case.spot_start == case.spot_end

    page.goto(link)

    assert marked(page) == ["will sail."]
