"""Edits of several cases become one wording, with a spot for each."""

import pytest

from corrections.decisions.compose import Edit, PassageLost, PassagesOverlap, compose
from corrections.decisions.outcomes import (
    publish_cases,
)
from corrections.models import Case
from corrections.triage.pipeline import triage_suggestion
from newsroom.models import Article, Kind
from tests.support.factories import current_revision, make_article, make_editor, make_revision
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db


def make_case(
    article: Article, exact: str | None = "recieve", replacement: str | None = "receive", **more: str
) -> Case:
    case = triage_suggestion(make_suggestion(article, exact, replacement, **more).pk)
    assert case
    return Case.objects.select_related("article").get(pk=case.pk)


def test_several_cases_of_one_article_make_one_revision_with_a_spot_for_each() -> None:
    article, by = make_article(), make_editor()
    late, early = make_case(article, "closed", "shut"), make_case(article)
    base = current_revision(article)

    composed = compose(base, [Edit(late, "shut for good"), Edit(early, "soon receive")])
    revision = publish_cases([late, early], by=by, base=base, composed=composed, kind=Kind.UPDATE)

    text = revision.content.text
    assert [text[slice(*composed.spots[case.pk])] for case in (early, late)] == ["soon receive", "shut for good"]
    assert set(Case.objects.values_list("state", "published_in__number")) == {("published", 2)}


def test_cases_over_the_same_words_cannot_share_a_revision() -> None:
    article = make_article()
    one = make_case(article, "will recieve", "shall recieve")
    other = make_case(article, "recieve the", "receive the")

    with pytest.raises(PassagesOverlap):
        compose(current_revision(article), [Edit(one, "a"), Edit(other, "b")])


def test_a_case_that_is_not_placed_in_the_base_cannot_be_put_there() -> None:
    article = make_article()
    case = make_case(article)
    make_revision(article, find="14", put="15")

    with pytest.raises(PassageLost):
        compose(current_revision(article), [Edit(case, "receive")])
