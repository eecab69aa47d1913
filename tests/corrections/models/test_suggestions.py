"""What the database refuses of a suggestion, and which are live."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from corrections.models import Suggestion
from tests.support.factories import make_article
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"status": "triaged"}, "suggestion_triaged_has_case"),
        ({"status": "withdrawn"}, "suggestion_withdrawn_is_not_owed"),
        ({"withdrawn_at": NOW}, "suggestion_withdrawn_is_not_owed"),
        ({"erased_at": NOW, "note": "Mine."}, "suggestion_erased_holds_no_one"),
        ({"erased_at": NOW, "credit": True}, "suggestion_erased_holds_no_one"),
    ],
)
def test_the_database_refuses_half_a_state(change: dict[str, Any], constraint: str) -> None:
    suggestion = make_suggestion(make_article())
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Suggestion.objects.filter(pk=suggestion.pk).update(**change)
    assert Suggestion.objects.get().status == "received"


@pytest.mark.parametrize(
    ("column", "constraint"), [("token_hash", "suggestion_token_once"), ("key_hash", "suggestion_key_once")]
)
def test_a_link_and_a_key_belong_to_one_suggestion(column: str, constraint: str) -> None:
    article = make_article()
    first, second = make_suggestion(article, key="one" * 6), make_suggestion(article, key="two" * 6)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Suggestion.objects.filter(pk=second.pk).update(**{column: getattr(first, column)})


def test_what_was_taken_back_is_not_live() -> None:
    article = make_article()
    kept, taken = make_suggestion(article), make_suggestion(article)
    Suggestion.objects.filter(pk=taken.pk).update(status="withdrawn", withdrawn_at=NOW)
    assert list(Suggestion.objects.live()) == [kept]
