"""Every state of the pages to the eye: WCAG 2.2 AA by axe, 320 px, zoomed to 200 %, dark, from right to left."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from newsroom.accounts.roles import DESK_CHIEF
from newsroom.models import Editor
from tests.browser.desk import with_session
from tests.browser.eyes import faults
from tests.browser.states import (
    ARABIC,
    ENGLISH,
    Story,
    case_of,
    dialog_states,
    form_states,
    private_pages,
    public_pages,
    refused_pages,
    told,
)
from tests.support.desk_page import address_of
from tests.support.factories import make_editor
from tests.support.processes import Site, new_reader
from tests.support.suggestion_factories import make_suggestion


@dataclass(frozen=True, slots=True)
class Screen:
    """What a reader looks at the pages with."""

    width: int
    height: int
    scheme: Literal["light", "dark"]
    story: Story
    density: int = 1
    desk_pages: int | None = None  # the first so many of DESK_PAGES; all of them where it says nothing


SCREENS = {
    "wide": Screen(width=1280, height=800, scheme="light", story=ENGLISH, desk_pages=0),
    "narrow": Screen(width=320, height=640, scheme="light", story=ENGLISH),
    # 1280 x 800 at 200 %: half as many CSS pixels, each twice as large.
    "zoomed": Screen(width=640, height=400, scheme="dark", story=ENGLISH, density=2, desk_pages=7),
    "arabic": Screen(width=390, height=844, scheme="dark", story=ARABIC),
}


DESK_PAGES = [
    *("", "all/", "profile/", "second-factor/", "password_change/", "corrections/case/", "corrections/case/numbers/"),
    *(
        "corrections/mail/",
        "corrections/reason/",
        "corrections/reason/add/",
        "corrections/hook/",
        "corrections/hook/add/",
    ),
    *("newsroom/article/", "newsroom/article/add/", "newsroom/revision/", "newsroom/act/", "newsroom/picture/"),
    *("newsroom/proposal/", "newsroom/withholding/", "newsroom/editor/", "newsroom/editor/add/"),
]


@pytest.fixture(params=SCREENS)
def screen(request: pytest.FixtureRequest) -> Screen:
    return SCREENS[request.param]


@pytest.fixture
def seen(browser: Browser, site: Site, screen: Screen) -> Iterator[Page]:
    size: ViewportSize = {"width": screen.width, "height": screen.height}
    context = browser.new_context(
        base_url=site.url,
        viewport=size,
        device_scale_factor=screen.density,
        color_scheme=screen.scheme,
        permissions=["clipboard-read", "clipboard-write"],
        extra_http_headers=new_reader(),
    )
    yield context.new_page()
    context.close()


def test_the_dialog_and_the_forms_are_right_in_every_state(seen: Page, screen: Screen) -> None:
    article = told(screen.story)
    for state in dialog_states(seen, screen.story, article):
        assert faults(seen) == {}, state
    for state in form_states(seen, screen.story, article):
        assert faults(seen) == {}, state


def test_the_pages_are_right_whatever_was_decided(seen: Page, screen: Screen) -> None:
    article = told(screen.story)
    pages = private_pages(screen.story, article) | public_pages(article)
    for name, path in pages.items():
        seen.goto(path)
        assert faults(seen) == {}, name
    for state in refused_pages(seen, pages["silent"]):
        assert faults(seen) == {}, state


def test_the_desk_is_right_too(seen: Page, screen: Screen) -> None:
    editor = make_editor(group=DESK_CHIEF)
    Editor.objects.filter(pk=editor.pk).update(language=screen.story.language)
    case = case_of(make_suggestion(told(screen.story), *screen.story.found, note="Seen at the quay."))
    with_session(seen, editor)
    for path in (address_of(case), *(f"/admin/{name}" for name in DESK_PAGES[: screen.desk_pages])):
        answer = seen.goto(path)
        assert answer
        assert answer.status == 200, path
        assert seen.locator("html").get_attribute("lang") == screen.story.language
        assert faults(seen) == {}, path
