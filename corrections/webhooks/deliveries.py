"""Webhook deliveries: send with retries and exponential backoff, replay, delete after the retention period."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from corrections.jobs.failures import attempt, resting_keys
from corrections.models import Attempt, Delivery, FailedJob, Hook
from corrections.webhooks.endpoints import (
    CHANGE_HOOK,
    disable_hook,
    load_allowlist,
    record_act,
    require_permission,
    signing_secrets,
)
from corrections.webhooks.enqueue import HookDisabled
from corrections.webhooks.signatures import signature_headers
from corrections.webhooks.signing_keys import SecretLost, current_url
from newsroom.encryption import encrypt_anew
from newsroom.http.guarded_client import Answer, RequestFailed, UrlRefused, post
from newsroom.models import Editor
from newsroom.models.deadlines import is_over, is_running

# Delay before each attempt, from the Standard Webhooks specification; after the tenth the delivery is given up.
RETRY_SCHEDULE = tuple(
    timedelta(seconds=seconds)
    for seconds in (0, 5, 5 * 60, 30 * 60, *(hours * 3600 for hours in (2, 5, 10, 14, 20, 24)))
)
MAX_PAUSE = timedelta(minutes=30)
DEAD_AFTER = timedelta(days=3)  # without an accepted message; the ten attempts of one take a little longer
LEASE = timedelta(seconds=30)  # then another worker may take over from one that died
TIME_BUDGET = 8.0  # seconds per task; the last attempt on top stays below the tasks' soft time limit
RETENTION_PERIOD = timedelta(days=30)
DELETE_BATCH = 500
BACK_OFF_STATUSES = (429, 502, 503, 504)  # rate limited or overloaded
GONE = 410
KEY_LOST = gettext_noop(
    "An earlier SECRET_KEY is lost, and the webhook’s address with it. Enter the address anew and change the secret."
)
USER_AGENT = "Corrigenda-Webhooks/1.0"


@dataclass(frozen=True, slots=True)
class AttemptResult:
    """The receiver's response, or why there was none; `is_permanent` means that no retry can succeed."""

    answer: Answer | None
    trouble: str = ""
    is_permanent: bool = False

    @property
    def is_accepted(self) -> bool:
        return self.answer is not None and 200 <= self.answer.status < 300

    @property
    def wants_backoff(self) -> bool:
        return self.answer is None or self.answer.status in BACK_OFF_STATUSES


def claim_hook() -> int | None:
    """Lease the webhook with the oldest due delivery; None when nothing is due.

    One lease at a time, so that slow receivers block at most one worker process.
    """
    now = timezone.now()
    if Hook.objects.filter(is_running("leased_until", now, longest=LEASE)).exists():
        return None
    # Healthy receivers first: the oldest due delivery always belongs to a dead one.
    due = _due_deliveries(now).order_by("hook__failures", "next_try")
    key = due.values_list("hook_id", flat=True).first()
    if key is None:
        return None
    free = Hook.objects.filter(is_over("leased_until", now, longest=LEASE), pk=key)
    return key if free.update(leased_until=now + LEASE) else None


def deliver_due(pk: int) -> int:
    """Send a webhook's due deliveries, oldest first, until one fails or time is up; returns the number accepted.

    Idempotent: an attempt is counted and the next one scheduled before anything is sent. One that raises is a failed
    job of its own, and the next are sent.
    """
    until, accepted = monotonic() + TIME_BUDGET, 0
    try:
        while monotonic() < until and (key := _next_due(pk)) is not None:
            result = None
            with attempt(FailedJob.Kind.DELIVERY, key):
                result = _deliver(key)
            if result and not result.is_accepted:
                break
            accepted += result is not None
    finally:
        Hook.objects.filter(pk=pk).update(leased_until=None)
    return accepted


def replay_delivery(delivery: Delivery, *, by: Editor) -> None:
    """Queue a delivery again, under the same message id and with all attempts. Raises HookDisabled, NotPermitted."""
    require_permission(by, CHANGE_HOOK)
    with transaction.atomic():
        hook = Hook.objects.select_for_update(no_key=True).get(pk=delivery.hook_id)
        if not hook.enabled:
            raise HookDisabled
        Delivery.objects.filter(pk=delivery.pk).update(
            state=Delivery.State.WAITING, attempts=0, next_try=timezone.now(), settled_at=None
        )
        FailedJob.objects.filter(kind=FailedJob.Kind.DELIVERY, key=str(delivery.pk)).delete()
        Hook.objects.filter(pk=hook.pk).update(rests_until=None)
        record_act("replay_webhook", hook, by=by, message=delivery.message_id)


def delete_old_deliveries() -> int:
    """Delete a batch of deliveries settled longer than RETENTION_PERIOD ago; returns how many."""
    old = Delivery.objects.filter(settled_at__lt=timezone.now() - RETENTION_PERIOD)
    keys = list(old.order_by("settled_at").values_list("pk", flat=True)[:DELETE_BATCH])
    if keys:
        Delivery.objects.filter(pk__in=keys).delete()
    return len(keys)


def _due(now: datetime) -> Q:
    made_ahead = Q(made_at__gt=now, next_try__gte=F("made_at"))  # by a clock that was wrong, and not tried since
    return is_over("next_try", now, longest=RETRY_SCHEDULE[-1]) | made_ahead


def _due_deliveries(now: datetime) -> "QuerySet[Delivery]":
    """Those of enabled webhooks that do not rest, without those that raised."""
    is_awake = is_over("hook__rests_until", now, longest=MAX_PAUSE)
    due = Delivery.objects.waiting().filter(_due(now), is_awake, hook__enabled=True)
    return due.exclude(pk__in=resting_keys(FailedJob.Kind.DELIVERY))


def _next_due(hook_pk: int) -> int | None:
    due = _due_deliveries(timezone.now()).filter(hook=hook_pk).order_by("next_try", "pk")
    return due.values_list("pk", flat=True).first()


def _deliver(pk: int) -> AttemptResult | None:
    """None when no attempt was left, or another worker was faster."""
    if started := _start_attempt(pk):
        _record_result(started, result := _post_attempt(started))
        return result
    return None


def _start_attempt(pk: int) -> Attempt | None:
    """Count the attempt and schedule the next before sending, so that an attempt whose worker dies counts too."""
    with transaction.atomic():
        hook, now = Hook.objects.select_for_update(no_key=True).get(deliveries=pk), timezone.now()
        if (delivery := _due_deliveries(now).filter(pk=pk).select_related("hook").first()) is None:
            return None
        if delivery.attempts >= len(RETRY_SCHEDULE):
            _count_failure(hook, now)
            _give_up(hook, delivery, now)
            return None
        delivery.attempts, delivery.next_try = delivery.attempts + 1, now + LEASE
        delivery.save(update_fields=["attempts", "next_try"])
        return Attempt.objects.create(delivery=delivery, started_at=now)


def _post_attempt(attempt: Attempt) -> AttemptResult:
    delivery, hook = attempt.delivery, attempt.delivery.hook
    body, now = delivery.payload.encode(), timezone.now()
    try:
        secrets = signing_secrets(hook, now=now)
        signed = signature_headers(secrets, message_id=delivery.message_id, at=int(now.timestamp()), body=body)
        headers = {"Content-Type": "application/json", "User-Agent": USER_AGENT, **signed}
        encrypt_anew(hook)
        return AttemptResult(post(current_url(hook), body=body, headers=headers, allowed=load_allowlist()))
    except SecretLost:
        return AttemptResult(None, gettext_noop("secret lost"), is_permanent=True)
    except UrlRefused as refused:
        return AttemptResult(None, f"address refused: {refused.problem} {refused.detail}".strip())
    except RequestFailed as failed:
        return AttemptResult(None, f"{failed.reason} {failed.detail}".strip())


def _record_result(attempt: Attempt, result: AttemptResult) -> None:
    with transaction.atomic():
        hook = Hook.objects.select_for_update(no_key=True).get(pk=attempt.delivery.hook_id)
        now = timezone.now()
        delivery = Delivery.objects.get(pk=attempt.delivery_id)
        attempt.milliseconds = round((now - attempt.started_at).total_seconds() * 1000)
        attempt.trouble = result.trouble[:200]
        if result.answer:
            attempt.status, attempt.answer = result.answer.status, result.answer.text
        attempt.save()
        if result.is_accepted:
            _mark_accepted(hook, delivery, now)
        else:
            _schedule_retry(hook, delivery, result, now)


def _mark_accepted(hook: Hook, delivery: Delivery, now: datetime) -> None:
    _settle(delivery, Delivery.State.DELIVERED, now)
    hook.failures, hook.failing_since, hook.rests_until, hook.last_success_at = 0, None, None, now
    hook.save(update_fields=["failures", "failing_since", "rests_until", "last_success_at"])


def _schedule_retry(hook: Hook, delivery: Delivery, result: AttemptResult, now: datetime) -> None:
    _count_failure(hook, now)
    if result.wants_backoff:
        # Circuit breaker: the whole webhook pauses, since each further attempt would fail too or hang.
        hook.rests_until = now + min(RETRY_SCHEDULE[min(hook.failures, len(RETRY_SCHEDULE) - 1)], MAX_PAUSE)
        hook.save(update_fields=["rests_until"])
    if result.answer and result.answer.status == GONE:
        _settle(delivery, Delivery.State.GIVEN_UP, now)
        disable_hook(hook, why=gettext_noop("The receiver answered 410 Gone."))
    elif delivery.attempts >= len(RETRY_SCHEDULE):
        _give_up(hook, delivery, now)
    else:
        delivery.next_try = now + RETRY_SCHEDULE[delivery.attempts]
        delivery.save(update_fields=["next_try"])
        if result.is_permanent:
            disable_hook(hook, why=KEY_LOST)
        else:
            _disable_if_dead(hook, now)


def _count_failure(hook: Hook, now: datetime) -> None:
    hook.failures += 1
    hook.failing_since = min(hook.failing_since or now, now)  # one in the future was set by a wrong clock
    hook.save(update_fields=["failures", "failing_since"])


def _give_up(hook: Hook, delivery: Delivery, now: datetime) -> None:
    _settle(delivery, Delivery.State.GIVEN_UP, now)
    _disable_if_dead(hook, now)


def _disable_if_dead(hook: Hook, now: datetime) -> None:
    """Disable a webhook that accepted nothing for DEAD_AFTER, however many deliveries share its attempts.

    Ten failures at least, so that a clock that jumps ahead disables nothing after one.
    """
    if hook.failures >= len(RETRY_SCHEDULE) and hook.failing_since and hook.failing_since <= now - DEAD_AFTER:
        disable_hook(hook, why=gettext_noop("No message was accepted in ten attempts over more than three days."))


def _settle(delivery: Delivery, state: Delivery.State, now: datetime) -> None:
    delivery.state, delivery.next_try, delivery.settled_at = state, None, now
    delivery.save(update_fields=["state", "next_try", "settled_at"])
