"""An article for the tests of what becomes of earlier words."""

import pytest

from newsroom.models import Article
from tests.support.factories import make_article, make_revision


@pytest.fixture
def changed(quick_passwords: None) -> Article:
    """An article of two revisions."""
    article = make_article(slug="changed")
    make_revision(article, find="14", put="15")
    return article
