"""A clock that was a day ahead and was set back holds nothing up: leases, waits, undo, claims, counters, cursors."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

import newsroom.celery  # noqa: F401  # gives the tasks their broker
from corrections.abuse.rate_limits import RateLimited, _count_in_database
from corrections.contacts.addresses import queue_confirmations
from corrections.contacts.outbox import MAX_PER_DAY, claim_due_mails
from corrections.decisions.outcomes import claim_case
from corrections.decisions.pending import claim_due_decisions, decide, pending_decisions
from corrections.jobs.failures import resting_keys
from corrections.models import Case, Decision, Delivery, FailedJob, Hook, Mail, Suggestion
from corrections.triage.pipeline import claim_received
from corrections.webhooks.deliveries import claim_hook
from corrections.webhooks.enqueue import ping_hook, queue_deliveries
from newsroom.accounts.roles import DESK_CHIEF
from tests.support.desk_page import make_case
from tests.support.factories import make_article, make_editor, make_revision
from tests.support.mailbox import ADA
from tests.support.suggestion_factories import make_suggestion
from tests.support.webhook_steps import make_hook

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.usefixtures("quick_passwords")]
AHEAD = timedelta(days=1, minutes=1)


@pytest.fixture
def ahead() -> Any:
    return timezone.now() + AHEAD


def test_a_leased_suggestion_is_triaged(ahead: Any) -> None:
    suggestion = make_suggestion(make_article())
    Suggestion.objects.update(leased_until=ahead, received_at=ahead)
    assert claim_received() == [suggestion]
    assert claim_received() == []


def test_a_pending_decision_is_carried_out_and_can_no_longer_be_undone(ahead: Any) -> None:
    case, editor = make_case(make_article(), "recieve", "receive"), make_editor()
    decision = decide("spam", [case], by=editor, payload={}, typed={})
    assert pending_decisions(editor)
    Decision.objects.update(made_at=ahead, due_at=ahead, leased_until=ahead)
    assert pending_decisions(editor) == []
    assert claim_due_decisions() == [[decision.pk]]


def test_a_claimed_case_is_free(ahead: Any) -> None:
    case = make_case(make_article(), "recieve", "receive")
    claim_case(case, by=make_editor())
    Case.objects.update(claimed_until=ahead)
    case.refresh_from_db()
    assert not case.is_in_hand
    claim_case(case, by=make_editor())


def test_failed_work_is_tried_again(ahead: Any) -> None:
    FailedJob.objects.create(kind="hold", key="1", attempts=1, error="x", failed_at=ahead, retry_at=ahead)
    assert resting_keys(FailedJob.Kind.HOLD) == set()


def test_mails_are_sent_and_those_of_the_future_leave_room(ahead: Any) -> None:
    suggestion = make_suggestion(make_article(), email=ADA)
    queue_confirmations()
    owed = Mail.objects.get()
    for number in range(MAX_PER_DAY):
        sent = {"state": Mail.State.SENT, "tried_at": ahead, "sent_at": ahead, "mailbox_id": owed.mailbox_id}
        Mail.objects.create(kind=Mail.Kind.RECEIVED, message_id=f"<{number}@x>", about=str(number), **sent)
    Mail.objects.filter(pk=owed.pk).update(owed_at=ahead, due_at=ahead, leased_until=ahead)
    assert claim_due_mails() == [owed.pk]
    assert suggestion.pk == owed.suggestion_id


def test_a_webhook_is_told_what_happens_and_its_deliveries_are_sent(ahead: Any) -> None:
    hook = make_hook("https://cms.example/in")
    Hook.objects.update(listens_since=ahead, told_until=ahead, leased_until=ahead, rests_until=ahead)
    ping_hook(Hook.objects.get(), by=make_editor(group=DESK_CHIEF))
    Delivery.objects.update(made_at=ahead, next_try=ahead)
    assert claim_hook() == hook.pk

    queue_deliveries()  # sets the cursors right
    make_revision(make_article(), find="14", put="15")
    queue_deliveries()
    assert Delivery.objects.exclude(event="ping").exists()


def test_suggestions_of_the_future_count_against_nobody(ahead: Any) -> None:
    article = make_article()
    for note in "abcdef":
        make_suggestion(article, note=note)
    Suggestion.objects.update(address_hash="sender", received_at=timezone.now())
    with pytest.raises(RateLimited):
        _count_in_database("sender")
    Suggestion.objects.update(received_at=ahead)
    assert _count_in_database("sender") == 0
