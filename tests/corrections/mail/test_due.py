"""Two dispatchers at once, and an erasure in the middle, make no mail too many."""

from functools import partial

import pytest

from corrections.contacts.addresses import queue_confirmation, set_address
from corrections.contacts.confirmation_limits import MAX_CONFIRMATIONS_PER_DAY
from corrections.contacts.outbox import claim_due_mails
from corrections.mail.delivery import send_mail
from corrections.mail.due import queue_reader_mails
from corrections.models import Contact, Mail
from tests.corrections.contacts.test_outbox import make_news
from tests.corrections.privacy.test_withdrawal_races import at_once
from tests.support.databases import Database
from tests.support.factories import make_article
from tests.support.mailbox import ADA
from tests.support.suggestion_factories import make_suggestion

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_dispatchers_at_once_ask_an_address_no_more_often_than_one(committed_db: Database) -> None:
    article = make_article()
    for _turn in range(5):
        make_suggestion(article, email=ADA)

    assert at_once([partial(queue_confirmation, contact) for contact in Contact.objects.all()]) == []

    assert Mail.objects.filter(kind="confirm").count() == MAX_CONFIRMATIONS_PER_DAY


def test_dispatchers_at_once_owe_and_hand_out_each_mail_once(committed_db: Database, mailoutbox: list[object]) -> None:
    make_news(make_article(), words=("recieve", "Tuesday", "bridges"))

    def tick() -> None:
        queue_reader_mails()
        for pk in claim_due_mails():
            send_mail(pk)

    assert at_once([tick] * 4) == []

    assert len(mailoutbox) == Mail.objects.count() == 3
    assert set(Mail.objects.values_list("state", flat=True)) == {"sent"}


def test_an_address_given_twice_at_once_is_kept_once(committed_db: Database) -> None:
    suggestion = make_suggestion(make_article())
    assert at_once([partial(set_address, suggestion, address=ADA)] * 4) == []
    assert suggestion.contact.address == ADA
