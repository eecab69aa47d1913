"""A reader's replies, in the order in which they came."""

from datetime import timedelta

import pytest
from django.utils import timezone

from corrections.models import Reply
from tests.support.factories import make_article
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db


def test_replies_stand_in_the_order_in_which_they_came() -> None:
    suggestion, now = make_suggestion(make_article()), timezone.now()
    for text, ago in (("second", 1), ("first", 2), ("x" * 61, 0)):
        moment = now - timedelta(minutes=ago)
        Reply.objects.create(suggestion=suggestion, question="Which?", text=text, sent_at=moment)
    assert [str(reply) for reply in suggestion.replies.all()] == ["first", "second", "x" * 60]
