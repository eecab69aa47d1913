"""From a reader's mark to the words on the site: the desk hands over, an editor changes WordPress, watching sees it."""

import pytest
from playwright.sync_api import Page

from corrections.decisions.compose import Edit, compose
from corrections.decisions.outcomes import publish_cases
from corrections.models import Case
from newsroom.models import Kind, Source
from tests.browser.test_journey import reload_until, wait_for_case
from tests.sites.host_page import opened, suggest_on_host
from tests.sites.looks import first_look, let_the_time_pass
from tests.sites.posts import CONTENT
from tests.sites.wordpress import WordPress
from tests.support.factories import current_revision, make_editor
from tests.support.waiting import wait_until

pytestmark = pytest.mark.usefixtures("site")
ACCEPTED, PUBLISHED = "Accepted, on its way into the article", "We changed the article"


def hand_over(case: Case, wording: str) -> None:
    """As the desk's button does for a typing error."""
    base = current_revision(case.article)
    composed = compose(base, [Edit(case, wording)])
    assert publish_cases([case], by=make_editor(), base=base, composed=composed, kind=Kind.TYPO) is None


def is_published(case: Case) -> bool:
    case.refresh_from_db()
    return case.state == Case.State.PUBLISHED


def test_a_mark_becomes_words_on_the_site_and_its_reader_hears_of_it_when_they_are_seen(
    wordpress: WordPress, source: Source, page: Page
) -> None:
    wrong = CONTENT.replace("Buy a ticket.", "Buy a tikcet.")
    post = wordpress.publish("The last ferry", wrong)
    placed = first_look(source, post)
    article = placed.article
    opened(page, post.link)

    link = suggest_on_host(page, "tikcet", "ticket")
    case = wait_for_case(article)
    hand_over(case, "ticket")
    page.goto(link)
    reload_until(page, ACCEPTED)
    assert article.revisions.count() == 1

    wordpress.change(post, content=CONTENT)
    let_the_time_pass(placed)
    wait_until(lambda: is_published(case), seconds=90)
    revision = current_revision(article)
    assert (revision.number, revision.kind, case.published_in) == (2, Kind.TYPO, revision)
    reload_until(page, PUBLISHED)
