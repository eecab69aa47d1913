"""Articles for the tests: of what the public sees, and of what the record keeps."""

import pytest
from django.db import transaction

from newsroom.audit.log import append_act
from newsroom.models import Article, Kind
from tests.support.factories import make_article, make_revision
from tests.support.public_pages import NOTE


@pytest.fixture
def bridges(quick_passwords: None) -> Article:
    """An article with every part and a listed correction."""
    article = make_article(slug="bridges", standfirst="Fourteen bridges were looked at.", byline="Ida Wrenfold")
    make_revision(article, find="three are", put="four are", kind=Kind.CORRECTION, note=NOTE)
    return article


@pytest.fixture
def record(request: pytest.FixtureRequest) -> Article:
    """Seven acts: an article and its three revisions, and four decisions of the desk."""
    if "committed_db" in request.fixturenames:
        request.getfixturevalue("committed_db")
    article = make_article(slug="bridges")
    make_revision(article, find="14", put="14 lorries and", note="A second look.", kind=Kind.CLARIFICATION)
    for number in range(4):
        with transaction.atomic():
            # Of a verb that no check compares with rows.
            append_act("note", subject="article:bridges", by=None, payload={"number": number})
    make_revision(article, find="three", put="four", note="Four are closed.", kind=Kind.CORRECTION)
    return article
