"""What the browser tests of the desk share: logging in and letting the ten seconds go by."""

import re

from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from corrections.models import Decision
from newsroom.models import Editor
from tests.support.desk_page import LIST
from tests.support.factories import PASSWORD
from tests.support.processes import Site
from tests.support.waiting import wait_until


def log_in(page: Page, editor: Editor) -> None:
    page.goto(f"/admin/login/?next={LIST}")
    page.get_by_label("Username").fill(editor.username)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"{LIST}$"), timeout=30_000)


def with_session(page: Page, editor: Editor) -> None:
    """Logged in, as after `log_in`, without the second that a good hash of a password takes on a busy machine."""
    client = Client()
    client.force_login(editor)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": settings.SITE_URL}])


def at_desk(browser: Browser, site: Site, editor: Editor) -> Page:
    """A page of a second editor, with cookies of its own."""
    page = browser.new_context(base_url=site.url).new_page()
    with_session(page, editor)
    return page


def press(page: Page, key: str) -> None:
    """Press a key once the page's scripts listen: a page is seen, and its address is new, before they were run."""
    page.wait_for_load_state("domcontentloaded")
    page.keyboard.press(key)


def let_the_time_pass() -> None:
    """The ten seconds of every decision are over, and the dispatcher of the running site carries it out."""
    pending = Decision.objects.filter(state=Decision.State.PENDING)
    pending.update(due_at=timezone.now())
    wait_until(lambda: not pending.exists())
