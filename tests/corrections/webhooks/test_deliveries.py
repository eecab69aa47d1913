"""Webhooks: told once of everything, signed, tried again, given up, replayed; and in the way of nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.utils import timezone

import newsroom.celery  # noqa: F401  # gives the tasks their broker
from corrections.desk.failed_jobs import read_set_aside
from corrections.jobs.failures import RETRY_DELAYS, retry_set_aside
from corrections.models import Attempt, Delivery, FailedJob, Hook, Suggestion
from corrections.webhooks.deliveries import (
    DEAD_AFTER,
    LEASE,
    RETENTION_PERIOD,
    RETRY_SCHEDULE,
    claim_hook,
    delete_old_deliveries,
    deliver_due,
    replay_delivery,
)
from corrections.webhooks.endpoints import change_hook
from corrections.webhooks.enqueue import HookDisabled, ping_hook, queue_deliveries
from newsroom.accounts.roles import DESK_CHIEF
from newsroom.models import Act
from tests.support.databases import Database
from tests.support.factories import make_article, make_editor, make_revision
from tests.support.poison import cure, poison
from tests.support.processes import Processes
from tests.support.suggestion_factories import make_suggestion
from tests.support.waiting import wait_until
from tests.support.webhook_receiver import Receiver, receiving
from tests.support.webhook_steps import make_hook, tick, verified, wait_for_next_try

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("local_receivers")]
CLOSED = "http://127.0.0.1:9/"  # nobody listens there: an attempt fails at once


# Tried again ---------------------------------------------------------------------------------------------------------
@pytest.mark.both_databases
@pytest.mark.parametrize("status", [500, 404, 301, 307, 429])
def test_a_refused_message_is_sent_again_under_the_same_id(status: int, receiver: Receiver) -> None:
    hook = make_hook(receiver.url)
    receiver.answers = [status, 204]
    delivery = ping_hook(hook, by=make_editor(group=DESK_CHIEF))
    tick()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("waiting", 1)
    soon = timezone.now() + timedelta(seconds=5)
    assert Delivery.objects.filter(next_try__lte=soon).exists()
    assert tick() is None  # not yet

    wait_for_next_try(delivery)
    tick()

    delivery.refresh_from_db()
    first, second = receiver.got
    assert (delivery.state, delivery.attempts, delivery.next_try) == ("delivered", 2, None)
    assert (first.headers["webhook-id"], first.body) == (second.headers["webhook-id"], second.body)
    assert verified(second, hook)["type"] == "ping"
    assert list(Attempt.objects.values_list("status", flat=True)) == [status, 204]


def test_a_message_that_raises_is_set_aside_alone_and_sent_when_its_cause_is_gone(
    committed_db: Database, receiver: Receiver
) -> None:
    hook, chief = make_hook(receiver.url), make_editor(group=DESK_CHIEF)
    sick, well, late = (ping_hook(hook, by=chief) for _turn in range(3))
    poison(sick, "NEW.attempts > 0")  # before it is sent
    poison(late, "NEW.state = 'delivered'")  # after it was

    tick()
    assert [got.headers["webhook-id"] for got in receiver.got] == [well.message_id, late.message_id]
    assert set(FailedJob.objects.values_list("kind", "key")) == {("delivery", str(each.pk)) for each in (sick, late)}
    assert tick() is None
    FailedJob.objects.update(attempts=len(RETRY_DELAYS), retry_at=None)
    aside = read_set_aside(10)
    assert {each.url for each in aside} == {f"/admin/corrections/delivery/{each.pk}/change/" for each in (sick, late)}
    assert all("poisoned" in each.job.error for each in aside)

    cure()
    retry_set_aside()
    replay_delivery(late, by=chief)
    tick()
    assert not Delivery.objects.waiting().exists()
    assert not FailedJob.objects.exists()


def test_after_ten_attempts_a_message_is_given_up_and_the_webhook_disabled(receiver: Receiver) -> None:
    hook = make_hook(receiver.url)
    receiver.answers, receiver.text = [500], b"out of order"
    delivery = ping_hook(hook, by=make_editor(group=DESK_CHIEF))
    waits = []
    for attempt in range(10):
        wait_for_next_try(delivery)
        if attempt == 9:
            Hook.objects.update(failing_since=timezone.now() - DEAD_AFTER)
        tick()
        delivery.refresh_from_db()
        waits.append(round((delivery.next_try - timezone.now()).total_seconds()) if delivery.next_try else None)

    hook.refresh_from_db()
    hours = 3600
    assert waits == [5, 300, 1800, 2 * hours, 5 * hours, 10 * hours, 14 * hours, 20 * hours, 24 * hours, None]
    assert (delivery.state, len(receiver.got), hook.enabled) == ("given_up", 10, False)
    assert Attempt.objects.latest("pk").answer == "out of order"
    assert Act.objects.latest("sequence").verb == "disable_webhook"
    with pytest.raises(HookDisabled):
        ping_hook(hook, by=make_editor(group=DESK_CHIEF))


def test_a_webhook_that_accepted_others_meanwhile_stays_enabled(receiver: Receiver) -> None:
    hook, chief = make_hook(receiver.url), make_editor(group=DESK_CHIEF)
    receiver.answers = [500]
    failing = ping_hook(hook, by=chief)
    tick()
    receiver.answers = [200]
    ping_hook(hook, by=chief)
    tick()
    receiver.answers = [500]
    Delivery.objects.filter(pk=failing.pk).update(attempts=len(RETRY_SCHEDULE) - 1)
    wait_for_next_try(failing)

    tick()

    hook.refresh_from_db()
    failing.refresh_from_db()
    assert (failing.state, hook.enabled) == ("given_up", True)


def test_a_dead_webhook_is_disabled_after_three_days_however_much_waits_for_it(receiver: Receiver) -> None:
    """Tick by tick at its own pace, by the clock of the rows: each tick all times move back by what goes by."""
    dead, healthy, chief = make_hook(CLOSED), make_hook(receiver.url), make_editor(group=DESK_CHIEF)
    quiet = make_hook(CLOSED)  # fails too, but not for three days
    for _message in range(12):
        ping_hook(dead, by=chief)
    days, attempts = timedelta(), 0
    while Hook.objects.get(pk=dead.pk).enabled and days < timedelta(days=4):
        attempts += tick() == dead.pk
        pause(dead, pauses := timedelta(hours=2))
        days += pauses
    ping_hook(quiet, by=chief)
    ping_hook(healthy, by=chief)
    tick()
    tick()

    assert DEAD_AFTER <= days <= DEAD_AFTER + timedelta(hours=2)
    assert Delivery.objects.filter(hook=dead).order_by("-attempts")[0].attempts < len(RETRY_SCHEDULE)
    assert list(Hook.objects.filter(enabled=True)) == [healthy, quiet]
    assert Act.objects.filter(verb="disable_webhook").count() == 1


def pause(hook: Hook, time: timedelta) -> None:
    """The time goes by for a webhook that fails."""
    Delivery.objects.filter(hook=hook).update(next_try=F("next_try") - time)
    Hook.objects.filter(pk=hook.pk).update(failing_since=F("failing_since") - time, rests_until=F("rests_until") - time)


@pytest.mark.parametrize(
    ("failures", "days", "enabled"), [(9, 3, False), (9, 2.99, True), (8, 300, True), (9, -5, True)]
)
def test_a_webhook_is_dead_after_three_days_and_ten_failures(failures: int, days: float, enabled: bool) -> None:
    """Not after one, where a clock jumped ahead; a first failure in the future was noted by a wrong clock."""
    hook = make_hook(CLOSED)
    ping_hook(hook, by=make_editor(group=DESK_CHIEF))
    Hook.objects.update(failures=failures, failing_since=timezone.now() - timedelta(days=days))

    tick()

    hook.refresh_from_db()
    assert hook.enabled is enabled
    assert hook.failing_since
    assert hook.failing_since <= timezone.now()


@pytest.mark.parametrize("changed", ["url", "enabled"])
def test_a_changed_webhook_has_its_three_days_anew(changed: str) -> None:
    hook = make_hook(CLOSED)
    hook.failures, hook.failing_since = 30, timezone.now() - timedelta(days=9)

    change_hook(hook, by=make_editor(group=DESK_CHIEF), changed=[changed])

    assert Hook.objects.filter(failures=0, failing_since=None).exists()


def test_410_gone_disables_at_once(receiver: Receiver) -> None:
    hook = make_hook(receiver.url)
    receiver.answers = [410]
    ping_hook(hook, by=make_editor(group=DESK_CHIEF))

    tick()

    hook.refresh_from_db()
    assert (hook.enabled, Delivery.objects.get().state) == (False, "given_up")


def test_a_receiver_that_is_not_there_is_asked_once_for_all_that_waits_for_it() -> None:
    with receiving() as receiver:
        hook = make_hook(receiver.url)
    for _turn in range(5):
        ping_hook(hook, by=make_editor(group=DESK_CHIEF))

    served = [tick() for _turn in range(3)]

    assert served == [hook.pk, None, None]
    assert [attempt.trouble.split()[0] for attempt in Attempt.objects.all()] == ["unreachable"]


def test_a_name_that_leads_to_an_inner_address_by_now_is_not_followed(settings: Any, receiver: Receiver) -> None:
    hook = make_hook(receiver.url)
    ping_hook(hook, by=make_editor(group=DESK_CHIEF))
    settings.WEBHOOK_ALLOW = []

    tick()

    assert receiver.got == []
    assert Attempt.objects.get().trouble.startswith("address refused")


def test_an_attempt_whose_worker_died_counts_and_is_made_again(receiver: Receiver) -> None:
    hook = make_hook(receiver.url)
    delivery = ping_hook(hook, by=make_editor(group=DESK_CHIEF))
    receiver.answers = [204]
    Attempt.objects.create(delivery=delivery, started_at=timezone.now())
    Delivery.objects.update(attempts=1, next_try=timezone.now() + LEASE)
    Hook.objects.update(leased_until=timezone.now() + LEASE)
    assert tick() is None

    wait_for_next_try(delivery)
    Hook.objects.update(leased_until=timezone.now())
    tick()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("delivered", 2)


def test_two_workers_at_once_send_each_message_once(receiver: Receiver) -> None:
    hook = make_hook(receiver.url)
    ping_hook(hook, by=make_editor(group=DESK_CHIEF))
    queue_deliveries()

    assert [claim_hook(), claim_hook()] == [hook.pk, None]
    deliver_due(hook.pk)
    deliver_due(hook.pk)

    assert len(receiver.got) == 1


# Replayed, forgotten -------------------------------------------------------------------------------------------------
def test_a_receiver_that_answers_is_served_before_one_that_failed(receiver: Receiver) -> None:
    chief = make_editor(group=DESK_CHIEF)
    failing, healthy = make_hook(receiver.url), make_hook(receiver.url)
    old = ping_hook(failing, by=chief)
    receiver.answers = [500, 204]
    tick()
    wait_for_next_try(old)
    ping_hook(healthy, by=chief)

    assert [tick(), tick()] == [healthy.pk, failing.pk]


@pytest.mark.parametrize("answers", [[204], [410]])
def test_a_message_is_replayed_under_its_id(answers: list[int], receiver: Receiver) -> None:
    hook, chief = make_hook(receiver.url), make_editor(group=DESK_CHIEF)
    receiver.answers = answers
    delivery = ping_hook(hook, by=chief)
    tick()
    receiver.answers = [204]
    hook.refresh_from_db()
    if not hook.enabled:
        with pytest.raises(HookDisabled):
            replay_delivery(delivery, by=chief)
        hook.enabled = True
        change_hook(hook, by=chief, changed=["enabled"])

    replay_delivery(delivery, by=chief)
    tick()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == ("delivered", 1)
    assert [got.headers["webhook-id"] for got in receiver.got] == [delivery.message_id] * 2


def test_what_was_settled_a_month_ago_is_forgotten_with_its_attempts(receiver: Receiver) -> None:
    hook, chief = make_hook(receiver.url), make_editor(group=DESK_CHIEF)
    old, new = ping_hook(hook, by=chief), ping_hook(hook, by=chief)
    tick()
    Delivery.objects.filter(pk=old.pk).update(settled_at=timezone.now() - RETENTION_PERIOD - timedelta(hours=1))

    assert (delete_old_deliveries(), delete_old_deliveries()) == (1, 0)

    assert [attempt.delivery_id for attempt in Attempt.objects.all()] == [new.pk]


# In the way of nothing -----------------------------------------------------------------------------------------------
def test_a_real_worker_delivers_and_a_receiver_that_hangs_holds_up_no_triage(
    processes: Processes, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WEBHOOK_ALLOW", "127.0.0.1")
    with receiving() as hanging:
        hanging.hangs = True
        hung, hook = make_hook(hanging.url), make_hook(receiver.url)
        article = make_article()
        for turn in range(5):
            make_revision(article, find="report", put=f"report {turn}")
        processes.worker(concurrency=2)
        processes.beat()
        wait_until(lambda: hanging.got)

        wait_until(lambda: (make_suggestion(article), triaged_during_an_attempt(hung))[1])
        wait_until(lambda: len(receiver.got) >= 7)

    assert {verified(got, hook)["type"] for got in receiver.got} == {"revision.published", "case.created"}
    # A receiver that hangs is left to rest: one attempt for all that it is owed, not one for each.
    assert len(hanging.got) < 5


def triaged_during_an_attempt(hook: Hook) -> bool:
    """Whether a suggestion came and went into its case while the webhook's receiver was being waited for."""
    hung = Attempt.objects.filter(delivery__hook=hook, milliseconds__isnull=False)
    return any(
        Suggestion.objects.filter(
            received_at__gt=attempt.started_at,
            triaged_at__lt=attempt.started_at + timedelta(milliseconds=attempt.milliseconds or 0),
        ).exists()
        for attempt in hung
    )


# To the second -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("seconds", "is_claimed"), [(1, False), (0, True), (-1, True)])
@pytest.mark.parametrize("of_another", [False, True])
def test_a_webhook_is_served_only_when_no_lease_runs(seconds: int, is_claimed: bool, of_another: bool) -> None:
    other, hook = make_hook(CLOSED), make_hook(CLOSED)
    ping_hook(hook, by=make_editor(group=DESK_CHIEF))
    leased = other if of_another else hook
    Hook.objects.filter(pk=leased.pk).update(leased_until=timezone.now() + timedelta(seconds=seconds))
    assert claim_hook() == (hook.pk if is_claimed else None)


@pytest.mark.parametrize(("seconds", "is_served"), [(1, False), (-1, True)])
def test_a_webhook_that_rests_is_left_alone_until_its_rest_is_over(seconds: int, is_served: bool) -> None:
    hook = make_hook(CLOSED)
    ping_hook(hook, by=make_editor(group=DESK_CHIEF))
    Hook.objects.update(rests_until=timezone.now() + timedelta(seconds=seconds))
    assert claim_hook() == (hook.pk if is_served else None)
    deliver_due(hook.pk)  # also where a worker holds it already
    assert Attempt.objects.count() == int(is_served)


@pytest.mark.parametrize(("seconds", "is_due"), [(1, False), (-1, True)])
def test_a_message_is_sent_from_its_second_on(seconds: int, is_due: bool) -> None:
    hook = make_hook(CLOSED)
    ping_hook(hook, by=make_editor(group=DESK_CHIEF))
    Delivery.objects.update(next_try=timezone.now() + timedelta(seconds=seconds))
    assert claim_hook() == (hook.pk if is_due else None)
    deliver_due(hook.pk)
    assert Attempt.objects.count() == int(is_due)


@pytest.mark.parametrize(("attempts", "sent"), [(9, 1), (10, 0)])
def test_a_message_whose_workers_died_ten_times_is_not_sent_again(attempts: int, sent: int) -> None:
    hook = make_hook(CLOSED)
    ping_hook(hook, by=make_editor(group=DESK_CHIEF))
    Delivery.objects.update(attempts=attempts)
    deliver_due(hook.pk)
    assert (Delivery.objects.get().state, Attempt.objects.count()) == ("given_up", sent)


def test_replayed_a_message_has_all_its_attempts_again_and_goes_at_once() -> None:
    hook, chief = make_hook(CLOSED), make_editor(group=DESK_CHIEF)
    delivery = ping_hook(hook, by=chief)
    now = timezone.now()
    Delivery.objects.update(state="given_up", attempts=len(RETRY_SCHEDULE), next_try=None, settled_at=now)
    Hook.objects.update(rests_until=now + timedelta(minutes=30))

    replay_delivery(delivery, by=chief)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.settled_at) == ("waiting", 0, None)
    assert claim_hook() == hook.pk


@pytest.mark.parametrize(("seconds", "gone"), [(-5, 0), (1, 1)])
def test_a_settled_message_is_kept_for_its_thirty_days(seconds: int, gone: int) -> None:
    ping_hook(make_hook(CLOSED), by=make_editor(group=DESK_CHIEF))
    settled = timezone.now() - timedelta(days=30, seconds=seconds)
    Delivery.objects.update(state="delivered", next_try=None, settled_at=settled)
    assert delete_old_deliveries() == gone
