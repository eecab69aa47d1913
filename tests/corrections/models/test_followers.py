"""What the database refuses of a follower."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from corrections.contacts.outbox import queue_mail
from corrections.models import Follower, Mail
from tests.support.factories import make_article
from tests.support.followers import ask_to_follow

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"state": "confirmed"}, "follower_confirmed_says_when"),
        ({"confirmed_at": timezone.now()}, "follower_confirmed_says_when"),
        ({"address": ""}, "follower_has_address"),
    ],
)
def test_the_database_refuses_half_a_follower(change: dict[str, Any], constraint: str) -> None:
    ask_to_follow(make_article())
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Follower.objects.update(**change)


def test_an_address_follows_an_article_once_and_hears_of_a_revision_once() -> None:
    follower = ask_to_follow(make_article())
    again = Follower(article=follower.article, mailbox=follower.mailbox, address="Ada@example.org", told=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)
    for _turn in range(2):
        queue_mail(Mail.Kind.CORRECTED, follower=follower.pk, mailbox=follower.mailbox_id, about="2")
    assert Mail.objects.count() == 1
    assert str(follower).endswith("(Confirmation mail to be sent)")
