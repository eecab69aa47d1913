"""Confirmation mails about suggestions and followed articles are counted together."""

import pytest

from corrections.contacts.confirmation_limits import MAX_CONFIRMATIONS_PER_DAY
from tests.support.factories import make_article
from tests.support.followers import ask_to_follow
from tests.support.mailbox import ADA, post_all
from tests.support.suggestion_factories import make_suggestion

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_a_stranger_is_asked_twice_a_day_whatever_is_done_with_the_address() -> None:
    article = make_article()
    make_suggestion(article, email=ADA)
    ask_to_follow(article)
    ask_to_follow(make_article())
    make_suggestion(article, "three", "four", email=ADA)
    assert len(post_all()) == MAX_CONFIRMATIONS_PER_DAY
