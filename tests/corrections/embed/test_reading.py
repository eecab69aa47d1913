"""Which revision a page showed: told by its text, also where a new one came meanwhile."""

import pytest

from corrections.embed.article import NoSnapshot, text_digest
from corrections.embed.reading import page_read
from newsroom.models import Article, Kind
from tests.support.factories import current_revision
from tests.support.sources import make_seen_revision, make_source_article

pytestmark = pytest.mark.django_db
PAGE = "https://daily.example/bridge/"


def test_a_page_from_before_the_last_change_is_known_by_its_text() -> None:
    placed = make_source_article(url=PAGE)
    digest = text_digest(current_revision(placed.article).require_content().text)
    make_seen_revision(placed, kind=Kind.OBSERVED, find="recieve", put="receive")

    read = page_read(placed.source, url=PAGE, external_id="", digest=digest)

    assert (read.revision.number, read.is_same_text) == (1, True)


def test_a_page_that_reads_as_none_is_taken_for_the_current_one() -> None:
    placed = make_source_article(url=PAGE)

    read = page_read(placed.source, url=PAGE, external_id="", digest="")

    assert (read.revision.number, read.is_same_text) == (1, False)


def test_a_retracted_article_is_read_nowhere() -> None:
    placed = make_source_article(url=PAGE)
    Article.objects.filter(pk=placed.article_id).update(state=Article.State.RETRACTED)

    with pytest.raises(NoSnapshot):
        page_read(placed.source, url=PAGE, external_id="", digest="")
