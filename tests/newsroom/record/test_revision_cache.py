"""Revisions that readers have open are read once, until the head moves or a minute is over."""

import pytest
from pytest_django import DjangoAssertNumQueries

from newsroom.audit.head import current_head, note_public_change
from newsroom.models import Article
from newsroom.record import revision_cache
from newsroom.record.revision_cache import cached_revision
from tests.support.factories import current_revision

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revision_cache, "_cache", {})


def test_a_revision_is_read_once_with_its_article(
    bridges: Article, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = cached_revision("bridges", 1)
    assert first is not None
    assert (first.article.slug, first.number) == ("bridges", 1)
    current_head()
    with django_assert_num_queries(1):  # the head alone
        again = cached_revision("bridges", 1)
        assert again is first
        assert again.article.slug == "bridges"
    assert cached_revision("bridges", 2) == current_revision(bridges)


@pytest.mark.parametrize(("slug", "number"), [("bridges", 3), ("bridges", 0), ("ferries", 1), ("", 1)])
def test_what_is_not_there_is_not_kept(bridges: Article, slug: str, number: int) -> None:
    assert cached_revision(slug, number) is None
    assert revision_cache._cache == {}


def test_a_head_that_moved_makes_it_read_anew(bridges: Article) -> None:
    first = cached_revision("bridges", 1)
    Article.objects.update(slug="spans")
    assert cached_revision("bridges", 1) is first
    note_public_change()
    assert cached_revision("bridges", 1) is None
    assert cached_revision("spans", 1) == first


def test_after_a_minute_it_is_read_anew(bridges: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1000.0
    monkeypatch.setattr(revision_cache, "monotonic", lambda: now)
    first = cached_revision("bridges", 1)
    now += 59.9
    assert cached_revision("bridges", 1) is first
    now += 0.1
    assert cached_revision("bridges", 1) is not first


def test_the_cache_does_not_grow_without_end(bridges: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(revision_cache, "MAX_REVISIONS", 1)
    for number in (1, 2, 1):
        cached_revision("bridges", number)
        assert list(revision_cache._cache) == [("bridges", number)]
