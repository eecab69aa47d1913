"""A browser of these tests' own: one more header would make each of its requests to another origin ask before."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.support.host_site import HostSite, host_site
from tests.support.processes import Site


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context()
    yield made
    made.close()


@pytest.fixture
def host(site: Site) -> Iterator[HostSite]:
    with host_site() as made:
        yield made
