"""The lists of the admin fit a laptop and a phone: nothing is cut, and every cell can be reached."""

from itertools import count

import pytest
from playwright.sync_api import Page, expect

from corrections.decisions.outcomes import decline_case
from newsroom.accounts.roles import DESK_CHIEF
from newsroom.models import Editor
from tests.browser.desk import with_session
from tests.support.desk_page import make_case
from tests.support.factories import make_article, make_editor, make_revision
from tests.support.processes import Site

_numbers = count(1)
LONG = "The harbour authority’s report on fourteen closed bridges and one ferry is a year late, says the council"
PATHS = ("newsroom/article/", "newsroom/revision/", "newsroom/act/", "newsroom/picture/", "newsroom/editor/")
DESK_PATHS = ("corrections/case/", "corrections/case/numbers/", "corrections/mail/", "corrections/reason/")
# Cells and controls that are not wholly within the page, in the direction of reading or against it.
CUT = """() => {
    const width = document.documentElement.clientWidth;
    const beyond = (box) => box.width > 0 && (box.left < -1 || box.right > width + 1);
    return [...document.querySelectorAll("#content :is(th, td, a, button, input, select)")]
        .filter((each) => beyond(each.getBoundingClientRect()) && getComputedStyle(each).visibility !== "hidden")
        .map((each) => `${each.localName}.${each.className} ${each.textContent.trim().slice(0, 40)}`);
}"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SCROLLED = """() => [...document.querySelectorAll("#content *")]
    .filter((each) => each.clientWidth && each.scrollWidth > each.clientWidth + 1 && ["auto", "scroll", "hidden"]
        .includes(getComputedStyle(each).overflowX) && each.matches(".results, .results *, .numbers-table"))
    .map((each) => each.className)"""


@pytest.fixture
def editor(site: Site) -> Editor:
    editor = make_editor(username=f"lists{next(_numbers)}", group=DESK_CHIEF, public_name="Theodora Papadopoulou-Weiss")
    number = next(_numbers)
    article = make_article(slug=f"the-harbour-authoritys-report-on-bridges-{number}", headline=LONG, by=editor)
    make_revision(article, find="Tuesday", put="Monday", by=editor)
    decline_case(make_case(article), by=editor, reason="The word is right.")
    make_case(article, "bridges", "bridge")
    return editor


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 844)])
@pytest.mark.parametrize("language", ["de", "ar"])
def test_no_list_is_cut(page: Page, editor: Editor, width: int, height: int, language: str) -> None:
    Editor.objects.filter(pk=editor.pk).update(language=language)
    with_session(page, editor)
    page.set_viewport_size({"width": width, "height": height})
    for path in (*PATHS, *DESK_PATHS):
        page.goto(f"/admin/{path}")
        found = page.evaluate(OVERFLOW), page.evaluate(CUT), page.evaluate(SCROLLED)
        assert found == (0, [], []), path
        heads = page.locator("#result_list thead th:visible")
        assert (heads.count() == 0) == (width < 768 or page.locator("#result_list").count() == 0), path


def test_on_a_phone_each_cell_carries_the_name_of_its_column(page: Page, editor: Editor) -> None:
    with_session(page, editor)
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/admin/newsroom/article/")
    cell = page.locator("#result_list td.field-headline").first
    expect(cell).to_have_attribute("data-label", "Headline")
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Headline"'
