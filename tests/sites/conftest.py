"""One WordPress for all tests of `make sites`; each test publishes posts of its own."""

from collections.abc import Iterator

import pytest

from tests.sites.wordpress import WordPress, running_wordpress


@pytest.fixture(scope="session")
def running_wordpress_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WordPress]:
    with running_wordpress(tmp_path_factory.mktemp("wordpress") / "site") as site:
        yield site


@pytest.fixture
def wordpress(running_wordpress_site: WordPress) -> Iterator[WordPress]:
    """As it was installed: what a test pasted or set is gone after it."""
    yield running_wordpress_site
    running_wordpress_site.paste("")
    running_wordpress_site.set_policy("")
