"""An article for the tests of what the public sees."""

import pytest

from newsroom.models import Article, Kind
from tests.support.factories import make_article, make_revision
from tests.support.public_pages import NOTE


@pytest.fixture
def bridges(quick_passwords: None) -> Article:
    """An article with every part and a listed correction."""
    article = make_article(slug="bridges", standfirst="Fourteen bridges were looked at.", byline="Ida Wrenfold")
    make_revision(article, find="three are", put="four are", kind=Kind.CORRECTION, note=NOTE)
    return article
