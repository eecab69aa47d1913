"""The public record in a real browser: a retraction and a withheld revision, from the desk to the public's pages."""

from itertools import count

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from newsroom.accounts.roles import STANDARDS_EDITOR
from newsroom.models import Article, Editor, Kind
from tests.browser.desk import with_session
from tests.support.factories import current_revision, make_article, make_editor, make_revision
from tests.support.processes import Site

pytestmark = pytest.mark.django_db
SECRET = "Ada Quill of 4 Elm Row"
REASON = "A court forbade us to name a witness."
_numbers = count(1)
NOTE = "The council never met; the article was made up."


@pytest.fixture
def editors() -> list[str]:
    return [make_editor(group=STANDARDS_EDITOR).username for _turn in range(2)]


@pytest.fixture
def article(site: Site) -> Article:
    headline = f"Report number {next(_numbers)} is due"
    article = make_article(headline=headline, body=f"<p>The council met.</p><p>{SECRET} spoke at length.</p>")
    make_revision(article, find=f"<p>{SECRET} spoke at length.</p>", put="<p>A witness spoke.</p>")
    note = "The council met on Monday; an earlier version gave no day."
    make_revision(article, find="met", put="met on Monday", kind=Kind.CORRECTION, note=note)
    return article


def log_in(page: Page, username: str) -> None:
    page.context.clear_cookies()
    with_session(page, Editor.objects.get(username=username))


def test_two_editors_withhold_a_revision_and_retract_the_article(
    page: Page, article: Article, editors: list[str]
) -> None:
    page.goto(f"{article.get_absolute_url()}revisions/1/")
    expect(page.get_by_text(SECRET)).to_be_visible()

    log_in(page, editors[0])
    page.goto(f"/admin/newsroom/revision/{article.revisions.get(number=1).pk}/change/")
    page.get_by_role("link", name="Withhold these words").click()
    page.get_by_label("Public reason").fill(REASON)
    page.get_by_role("button", name="Ask a second editor").click()
    expect(page.get_by_text("another editor has to agree")).to_be_visible()
    page.goto(f"/admin/newsroom/article/{article.pk}/change/")
    page.get_by_label("Kind of change").select_option("retraction")
    page.get_by_label("Public note").fill(NOTE)
    page.get_by_role("button", name="Ask a second editor").click()
    expect(page.get_by_text("waits for a second editor")).to_be_visible()

    log_in(page, editors[1])
    page.goto("/admin/newsroom/withholding/")
    page.get_by_role("link", name=f"{article.slug} 1").click()
    page.get_by_role("button", name="Withhold the words").click()
    expect(page.get_by_text("Words withheld")).to_be_visible()
    page.goto("/admin/newsroom/proposal/")
    page.get_by_role("link", name=current_revision(article).require_content().headline).click()
    page.get_by_role("button", name="Approve and publish").click()
    expect(page.get_by_text("Approved and published")).to_be_visible()

    for path in ("revisions/1/", "changes/1...2/", "changes/"):
        page.goto(f"{article.get_absolute_url()}{path}")
        expect(page.get_by_text(REASON).first).to_be_visible()
        expect(page.get_by_text(SECRET)).to_have_count(0)
    page.goto(article.get_absolute_url())
    expect(page.get_by_text(NOTE)).to_be_visible()
    expect(page.get_by_text("A witness spoke.")).to_have_count(0)
    page.get_by_role("link", name="What it said is kept, for the record").click()
    expect(page.get_by_text("A witness spoke.")).to_be_visible()
    expect(page.get_by_text("This article has been retracted.")).to_be_visible()


def test_a_reader_compares_two_revisions_finds_a_correction_and_sees_it_in_the_text(
    page: Page, article: Article
) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(f"{article.get_absolute_url()}changes/")
    page.get_by_label("From version").fill("2")
    page.get_by_label("To version").fill("3")
    page.get_by_role("button", name="Compare").click()
    expect(page).to_have_url(f"{article.get_absolute_url()}changes/2...3/")
    expect(page.locator(".words ins:visible")).to_have_text([" on Monday"])
    page.set_viewport_size({"width": 1280, "height": 800})
    sides = page.locator(".compared-body .pair").first
    old, new = (sides.locator(side).bounding_box() for side in (".pair-old", ".pair-new"))
    assert old is not None
    assert new is not None
    assert (old["y"], old["x"] < new["x"]) == (new["y"], True)

    Article.objects.filter(pk=article.pk).update(section="Harbour")  # no other test's record stands there
    page.goto("/corrections/")
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("Section").select_option("Harbour")
    page.get_by_label("Kind").select_option("clarification")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_text("Nothing matches.")).to_be_visible()
    page.get_by_label("Kind").select_option("correction")
    page.get_by_role("button", name="Show").click()
    page.locator(".correction h2 a").first.click()
    page.get_by_role("link", name="Show it in the text").click()
    expect(page.locator("mark.changed")).to_have_text([" on Monday"])
    expect(page.locator("mark.changed")).to_be_in_viewport()
    # The mark that the address leads to has the colour of all marks, not that of the paragraph around it.
    colour = "(mark) => getComputedStyle(mark).backgroundColor"
    plain = page.evaluate_handle("document.body.appendChild(document.createElement('mark'))")
    assert page.locator("mark#changed:target").evaluate(colour) == plain.evaluate(colour)


def test_a_reader_shares_an_article_without_a_third_party(page: Page, article: Article) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=settings.SITE_URL)
    page.add_init_script("delete Navigator.prototype.share")  # most desktops have none
    asked = list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(article.get_absolute_url())
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("status").filter(has_text="The link is copied.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == settings.SITE_URL + article.get_absolute_url()

    page.add_init_script("Navigator.prototype.share = async (data) => { window.shared = data }")
    page.reload()
    page.get_by_role("button", name="Share").click()
    page.wait_for_function("window.shared")
    assert page.evaluate("window.shared.url") == settings.SITE_URL + article.get_absolute_url()
    assert all(url.startswith(settings.SITE_URL) for url in asked)
