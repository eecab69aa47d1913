"""The public record: numbered versions and their words."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from newsroom.models import Article, Revision
from tests.support.factories import current_revision, make_article, make_editor, make_revision

pytestmark = pytest.mark.django_db


def test_the_newest_comes_first_and_the_current_one_is_what_the_article_points_at() -> None:
    article, other = make_article(slug="bridges"), make_article()
    second = make_revision(article, find="14", put="15")
    make_revision(other, find="14", put="16")

    assert [revision.number for revision in article.revisions.newest_first()] == [2, 1]
    assert Revision.objects.current_of(article) == second
    assert (str(second), second.get_absolute_url()) == ("bridges 2", "/articles/bridges/revisions/2/")


def test_a_draft_has_no_current_revision() -> None:
    make_article()
    with pytest.raises(Revision.DoesNotExist):
        Revision.objects.current_of(Article.objects.create(slug="draft"))


def test_each_field_has_its_canonical_text() -> None:
    content = current_revision(
        make_article(headline="Bridges", byline="Ida", body="<p>A &amp; B</p>")
    ).require_content()

    assert {name: content.canonical(name) for name in ("headline", "standfirst", "byline", "body")} == {
        "headline": "Bridges",
        "standfirst": "",
        "byline": "Ida",
        "body": "A & B",
    }
    assert content.wording.body == "<p>A &amp; B</p>"


@pytest.mark.parametrize(("public_name", "shown"), [("Iryna Kovalenko", "Iryna Kovalenko"), ("", "")])
def test_a_revision_is_signed_with_the_public_name_alone(public_name: str, shown: str) -> None:
    by = make_editor(username="iryna", public_name=public_name)

    assert Revision.objects.current_of(make_article(by=by)).editor_name == shown


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("number", "constraint"),
    [(0, "revision_(number_from_one|first_has_no_base)"), (2, "revision_approver_is_not_editor")],
)
def test_the_database_refuses_what_no_record_may_hold(number: int, constraint: str) -> None:
    article, by = Article.objects.create(slug="bridges"), make_editor()
    approved_by = by if number else None
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Revision.objects.create(
            article=article,
            number=number,
            kind="update",
            editor=by,
            approved_by=approved_by,
            published_at=timezone.now(),
            digest="0" * 64,
        )
