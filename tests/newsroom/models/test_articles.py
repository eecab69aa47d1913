"""What is published under one address."""

import pytest
from django.db import IntegrityError, transaction

from newsroom.accounts.roles import STANDARDS_EDITOR
from newsroom.models import Article, Kind
from tests.support.factories import make_article, make_editor, make_revision

pytestmark = pytest.mark.django_db


def test_the_public_sees_what_was_published_and_what_was_retracted() -> None:
    Article.objects.create(slug="draft")
    make_article(slug="published")
    retracted = make_article(slug="retracted")
    by = make_editor(group=STANDARDS_EDITOR)
    make_revision(retracted, find="14", put="14", kind=Kind.RETRACTION, note="It was made up.", by=by)

    assert [article.slug for article in Article.objects.published().order_by("slug")] == ["published", "retracted"]


def test_an_article_with_its_wording_takes_one_query(django_assert_num_queries: pytest.FixtureRequest) -> None:
    make_article(slug="bridges", headline="Bridges")
    with django_assert_num_queries(1):  # type: ignore[operator]  # pytest-django's own
        article = Article.objects.with_wording().get(slug="bridges")
        assert article.current is not None
        assert article.current.require_content().headline == "Bridges"


@pytest.mark.both_databases
def test_the_database_lets_no_article_be_public_without_a_revision() -> None:
    with pytest.raises(IntegrityError, match="article_draft_has_no_revision"), transaction.atomic():
        Article.objects.create(slug="bridges", state=Article.State.PUBLISHED)


def test_an_article_is_named_by_its_address() -> None:
    article = Article(slug="bridges")

    assert (str(article), article.get_absolute_url()) == ("bridges", "/articles/bridges/")
