"""Webhooks: told once of everything, signed, tried again, given up, replayed; and in the way of nothing else."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

import newsroom.celery  # noqa: F401  # gives the tasks their broker
from corrections.abuse.quarantine import reject_suggestions
from corrections.decisions.compose import Edit, compose
from corrections.decisions.outcomes import decline_case, publish_cases
from corrections.models import Attempt, Case, Delivery, Event, Hook, PayloadFormat, Suggestion
from corrections.privacy.withdrawal import withdraw_suggestion
from corrections.webhooks.deliveries import (
    LEASE,
    RETENTION_PERIOD,
    RETRY_SCHEDULE,
    claim_hook,
    delete_old_deliveries,
    deliver_due,
    replay_delivery,
)
from corrections.webhooks.endpoints import ROTATION_OVERLAP, change_hook, current_secret, rotate_secret
from corrections.webhooks.enqueue import HookDisabled, ping_hook, queue_deliveries
from newsroom.accounts.roles import DESK_CHIEF, STANDARDS_EDITOR
from newsroom.models import Act, Kind
from newsroom.publishing.policy import NotPermitted
from tests.support.desk_page import make_case
from tests.support.factories import current_revision, make_article, make_editor, make_revision
from tests.support.processes import Processes
from tests.support.suggestion_factories import make_suggestion
from tests.support.waiting import wait_until
from tests.support.webhook_receiver import Receiver, receiving
from tests.support.webhook_steps import make_hook, tick, told, verified, wait_for_next_try

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def local_receivers(settings: Any) -> None:
    settings.WEBHOOK_ALLOW = ["127.0.0.1"]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def publish(case: Case) -> None:
    """As suggested, by the desk."""
    from_desk = make_editor(group=STANDARDS_EDITOR)
    base = current_revision(case.article)
    composed = compose(base, [Edit(case, case.replacement or "")])
    publish_cases([case], by=from_desk, base=base, composed=composed, kind=Kind.TYPO)


# Told ----------------------------------------------------------------------------------------------------------------
@pytest.mark.both_databases
def test_a_case_its_decision_and_its_revision_are_told_once_each(receiver: Receiver) -> None:
    hook = make_hook(receiver.url)
    article = make_article()
    case = make_case(article, email="reader@example.org", note="my neighbour says so")
    publish(case)

    tick()
    tick()

    # Two revisions: the publication and the correction.
    assert told(receiver) == ["case.created", "revision.published", "revision.published", "suggestion.decided"]
    messages = [verified(got, hook) for got in receiver.got]
    [decided] = [message["data"] for message in messages if message["type"] == Event.SUGGESTION_DECIDED]
    suggestion = Suggestion.objects.get()
    assert decided["suggestions"] == [str(suggestion.pk)]
    assert (decided["outcome"], decided["passage"], decided["replacement"]) == ("published", "recieve", "receive")
    assert decided["url"].endswith(f"/articles/{article.slug}/revisions/2/#spot-17-24")
    revision = max((m["data"] for m in messages if m["type"] == Event.REVISION_PUBLISHED), key=lambda d: d["revision"])
    assert (revision["kind"], revision["article"]["headline"]) == ("typo", "Report on the bridges is due")
    assert revision["diff_url"].endswith(f"/articles/{article.slug}/changes/1...2/")
    # Nothing of the reader.
    everything = b"".join(got.body for got in receiver.got)
    assert b"reader@example.org" not in everything
    assert b"neighbour" not in everything


@pytest.mark.both_databases
@pytest.mark.parametrize("form", list(PayloadFormat))
def test_suggestions_that_end_before_they_have_a_case_are_told_once_for_each_article(
    receiver: Receiver, form: PayloadFormat
) -> None:
    articles = make_article(), make_article()
    held = [make_suggestion(article, note="buy gold") for article in (articles[0], *articles)]
    Suggestion.objects.update(status=Suggestion.Status.HELD)
    make_hook(receiver.url, events=["suggestion.decided"], form=form)

    reject_suggestions([suggestion.pk for suggestion in held], by=make_editor())
    withdraw_suggestion(taken_back := make_suggestion(articles[0]))
    tick()
    tick()

    assert len(receiver.got) == 3
    assert "gold" not in "".join(got.body.decode() for got in receiver.got)
    if form is PayloadFormat.STANDARD:
        messages = [json.loads(got.body)["data"] for got in receiver.got]
        ended = {(message["article"]["slug"], message["outcome"]): message["suggestions"] for message in messages}
        assert ended == {
            (articles[0].slug, "spam"): [str(suggestion.pk) for suggestion in held[:2]],
            (articles[1].slug, "spam"): [str(held[2].pk)],
            (articles[0].slug, "withdrawn"): [str(taken_back.pk)],
        }
        assert {message["case"] for message in messages} == {None}


@pytest.mark.both_databases
def test_what_becomes_visible_late_is_told_all_the_same(receiver: Receiver) -> None:
    make_hook(receiver.url, events=["case.created"])
    Hook.objects.update(listens_since=timezone.now() - timedelta(hours=1), told_until=timezone.now())
    case = make_case(make_article())
    # As of a transaction that began before the webhook was last told, and ended after.
    Case.objects.filter(pk=case.pk).update(created_at=timezone.now() - timedelta(minutes=2))

    tick()
    tick()

    assert told(receiver) == ["case.created"]


def test_a_webhook_is_told_nothing_from_before_it_was_there_nor_of_what_it_does_not_listen_to(
    receiver: Receiver,
) -> None:
    make_case(make_article())
    make_hook(receiver.url)
    make_hook(receiver.url, events=["suggestion.decided"])

    tick()
    article = make_article()
    tick()

    assert told(receiver) == ["revision.published"]
    assert json.loads(receiver.got[0].body)["data"]["article"]["slug"] == article.slug


def test_the_mark_moves_on_and_a_tick_long_after_misses_nothing(receiver: Receiver) -> None:
    hook = make_hook(receiver.url)
    Hook.objects.update(
        told_until=timezone.now() - timedelta(hours=9), listens_since=timezone.now() - timedelta(days=1)
    )
    article = make_article()  # in the night, when no worker ran
    Hook.objects.update(told_until=timezone.now() - timedelta(hours=9))

    tick()

    hook.refresh_from_db()
    assert hook.told_until > timezone.now() - timedelta(minutes=1)
    assert json.loads(receiver.got[0].body)["data"]["article"]["slug"] == article.slug


def test_a_declined_case_tells_its_public_reason_and_one_taken_for_spam_none(receiver: Receiver) -> None:
    make_hook(receiver.url, events=["suggestion.decided"])
    decline_case(make_case(make_article()), by=make_editor(), reason="The council says so itself.")

    tick()

    data = json.loads(receiver.got[0].body)["data"]
    assert (data["outcome"], data["reason"], data["revision"]) == ("declined", "The council says so itself.", None)


# Signed --------------------------------------------------------------------------------------------------------------
def test_a_message_that_was_changed_or_signed_by_another_is_not_believed(receiver: Receiver) -> None:
    hook, other = make_hook(receiver.url), make_hook(receiver.url)
    ping_hook(hook, by=make_editor(group=DESK_CHIEF))
    tick()
    [got] = receiver.got

    assert verified(got, hook)["type"] == "ping"
    with pytest.raises(WebhookVerificationError):
        verified(got, other)
    with pytest.raises(WebhookVerificationError):
        Webhook(current_secret(hook)).verify(got.body.replace(b"ping", b"pong"), got.headers)


def test_for_a_day_both_secrets_sign_and_then_the_new_one_alone(receiver: Receiver) -> None:
    hook, chief = make_hook(receiver.url), make_editor(group=DESK_CHIEF)
    old = current_secret(hook)
    hook = rotate_secret(hook, by=chief)
    new = current_secret(hook)

    ping_hook(hook, by=chief)
    tick()
    Hook.objects.update(rotated_at=timezone.now() - ROTATION_OVERLAP)
    ping_hook(hook, by=chief)
    tick()

    first, second = receiver.got
    assert old != new
    assert verified(first, hook, secret=old) == verified(first, hook, secret=new)
    assert verified(second, hook, secret=new)
    with pytest.raises(WebhookVerificationError):
        verified(second, hook, secret=old)


def test_the_secret_outlives_a_change_of_the_site_s_key_and_no_row_holds_it(receiver: Receiver, settings: Any) -> None:
    hook = make_hook(receiver.url)
    secret = current_secret(hook)
    ping_hook(hook, by=make_editor(group=DESK_CHIEF))
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "k" * 50, [settings.SECRET_KEY]

    tick()

    assert verified(receiver.got[0], hook, secret=secret)
    assert secret not in str(list(Hook.objects.values()) + list(Act.objects.values()))


def test_a_webhook_whose_secret_is_lost_is_disabled_and_says_so(receiver: Receiver, settings: Any) -> None:
    hook, chief = make_hook(receiver.url), make_editor(group=DESK_CHIEF)
    ping_hook(hook, by=chief)
    settings.SECRET_KEY = "k" * 50

    tick()

    hook.refresh_from_db()
    assert (receiver.got, hook.enabled) == ([], False)
    assert "change the secret" in hook.disabled_why
    rotate_secret(hook, by=chief)
    hook.refresh_from_db()
    hook.enabled = True
    change_hook(hook, by=chief, changed=["enabled"])
    wait_for_next_try(Delivery.objects.get())
    tick()
    assert verified(receiver.got[0], hook)["type"] == "ping"


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


def test_after_ten_attempts_a_message_is_given_up_and_the_webhook_disabled(receiver: Receiver) -> None:
    hook = make_hook(receiver.url)
    receiver.answers, receiver.text = [500], b"out of order"
    delivery = ping_hook(hook, by=make_editor(group=DESK_CHIEF))
    waits = []
    for _attempt in range(10):
        wait_for_next_try(delivery)
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


def test_nobody_but_the_chief_replays_or_changes(receiver: Receiver) -> None:
    hook = make_hook(receiver.url)
    delivery = ping_hook(hook, by=make_editor(group=DESK_CHIEF))
    for verb in (
        lambda by: replay_delivery(delivery, by=by),
        lambda by: ping_hook(hook, by=by),
        lambda by: rotate_secret(hook, by=by),
        lambda by: change_hook(hook, by=by, changed=["name"]),
    ):
        with pytest.raises(NotPermitted):
            verb(make_editor(group=STANDARDS_EDITOR))


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
