"""One WordPress for all tests of `make sites`; each test publishes posts of its own."""

from collections.abc import Iterator
from typing import Any

import pytest

from newsroom.admin.sources.sources import lines_to_paste
from newsroom.models import Source
from tests.sites.wordpress import WordPress, running_wordpress
from tests.support.sources import make_source


@pytest.fixture(scope="session", autouse=True)
def allowed_hosts() -> Iterator[None]:
    """Corrigenda's own processes may read the WordPress on this machine too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_ALLOW", "127.0.0.1")
        yield


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


@pytest.fixture
def source(wordpress: WordPress, settings: Any) -> Source:
    """The site as its chief would enter it; the lines with its key are pasted into the theme, with a nonce."""
    settings.SOURCE_ALLOW = ["127.0.0.1"]
    made = make_source(origins=[wordpress.url], root=".entry-content", headline=".wp-block-post-title")
    wordpress.paste(lines_to_paste(made).replace("<script ", '<script nonce="n0nce" '))
    return made
