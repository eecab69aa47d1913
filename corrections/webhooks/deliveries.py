"""Deliveries are sent, tried again when they fail, given up in the end, sent once more on request, and forgotten."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_noop

from corrections.models import Attempt, Delivery, Hook
from corrections.webhooks.endpoints import CHANGE, allowed, disable_hook, record, refuse_stranger, secrets_of
from corrections.webhooks.enqueue import HookDisabled
from corrections.webhooks.http_client import Answer, NoAnswer, post
from corrections.webhooks.signatures import signature_headers
from corrections.webhooks.signing_keys import SecretLost
from corrections.webhooks.url_policy import AddressRefused
from newsroom.models import Editor

# Of Standard Webhooks: from each attempt to the next; after the tenth a message is given up.
WAITS = tuple(
    timedelta(seconds=seconds)
    for seconds in (0, 5, 5 * 60, 30 * 60, *(hours * 3600 for hours in (2, 5, 10, 14, 20, 24)))
)
LONGEST_REST = timedelta(minutes=30)
LEASE = timedelta(seconds=30)  # after it, a webhook whose worker died is served again
BUDGET = 8.0  # seconds that one task sends for, the last attempt on top: below the soft limit of tasks
KEPT = timedelta(days=30)
MOST_FORGOTTEN = 500
BUSY = (429, 502, 503, 504)  # the receiver, or what stands before it, asks for time
GONE = 410
NAME = "Corrigenda-Webhooks/1.0"


@dataclass(frozen=True, slots=True)
class Result:
    """What came of an attempt: an answer, or why there was none."""

    answer: Answer | None
    trouble: str = ""
    is_hopeless: bool = False

    @property
    def is_accepted(self) -> bool:
        return self.answer is not None and 200 <= self.answer.status < 300

    @property
    def wants_rest(self) -> bool:
        return self.answer is None or self.answer.status in BUSY


def claim_hook() -> int | None:
    """Lease the webhook that has waited longest for something to be sent; None when nothing is due.

    One at a time, so that receivers that hang never hold more than one process of the worker.
    """
    now = timezone.now()
    if Hook.objects.filter(leased_until__gt=now).exists():
        return None
    due = Delivery.objects.waiting().filter(next_try__lte=now, hook__enabled=True)
    # Those that answer before those that failed: what waits for a dead receiver is always the oldest.
    due = due.filter(Q(hook__rests_until=None) | Q(hook__rests_until__lte=now)).order_by("hook__failures", "next_try")
    key = due.values_list("hook_id", flat=True).first()
    if key is None:
        return None
    free = Hook.objects.filter(Q(leased_until=None) | Q(leased_until__lte=now), pk=key)
    return key if free.update(leased_until=now + LEASE) else None


def serve_hook(pk: int) -> int:
    """Send a webhook what is due, the oldest first, until one fails or time is over; returns how many were accepted.

    Safe to run twice: an attempt counts, and the next is put off, before anything is sent.
    """
    until, accepted = monotonic() + BUDGET, 0
    while monotonic() < until and (attempt := _begin(pk)):
        result = _send(attempt)
        _end(attempt, result)
        if not result.is_accepted:
            break
        accepted += 1
    Hook.objects.filter(pk=pk).update(leased_until=None)
    return accepted


def replay_delivery(delivery: Delivery, *, by: Editor) -> None:
    """Owe a message once more, under the same id, with all its attempts. Raises HookDisabled, NotPermitted."""
    refuse_stranger(by, CHANGE)
    with transaction.atomic():
        hook = Hook.objects.select_for_update(no_key=True).get(pk=delivery.hook_id)
        if not hook.enabled:
            raise HookDisabled
        Delivery.objects.filter(pk=delivery.pk).update(
            state=Delivery.State.WAITING, attempts=0, next_try=timezone.now(), settled_at=None
        )
        Hook.objects.filter(pk=hook.pk).update(rests_until=None)
        record("replay_webhook", hook, by=by, message=delivery.message_id)


def forget_deliveries() -> int:
    """Delete what was settled longer than KEPT ago, some at each tick; returns how many."""
    old = Delivery.objects.filter(settled_at__lt=timezone.now() - KEPT)
    keys = list(old.order_by("settled_at").values_list("pk", flat=True)[:MOST_FORGOTTEN])
    if keys:
        Delivery.objects.filter(pk__in=keys).delete()
    return len(keys)


def _begin(hook_pk: int) -> Attempt | None:
    """Count the attempt and put off the next, so that one whose worker dies has been made all the same."""
    with transaction.atomic():
        hook, now = _lock(hook_pk), timezone.now()
        if not hook.enabled or (hook.rests_until and hook.rests_until > now):
            return None
        due = hook.deliveries.waiting().filter(next_try__lte=now).select_related("hook")
        delivery = due.order_by("next_try", "pk").first()
        if delivery is None:
            return None
        if delivery.attempts >= len(WAITS):
            _give_up(hook, delivery, now)
            return None
        delivery.attempts, delivery.next_try = delivery.attempts + 1, now + LEASE
        delivery.save(update_fields=["attempts", "next_try"])
        return Attempt.objects.create(delivery=delivery, started_at=now)


def _send(attempt: Attempt) -> Result:
    delivery, hook = attempt.delivery, attempt.delivery.hook
    body, now = delivery.payload.encode(), timezone.now()
    try:
        secrets = secrets_of(hook, now=now)
        signed = signature_headers(secrets, message_id=delivery.message_id, at=int(now.timestamp()), body=body)
        headers = {"Content-Type": "application/json", "User-Agent": NAME, **signed}
        return Result(post(hook.url, body=body, headers=headers, allowed=allowed()))
    except SecretLost:
        return Result(None, gettext_noop("secret lost"), is_hopeless=True)
    except AddressRefused as refused:
        return Result(None, f"address refused: {refused.wrong} {refused.detail}".strip())
    except NoAnswer as none:
        return Result(None, f"{none.trouble} {none.detail}".strip())


def _end(attempt: Attempt, result: Result) -> None:
    with transaction.atomic():
        hook, now = _lock(attempt.delivery.hook_id), timezone.now()
        delivery = Delivery.objects.get(pk=attempt.delivery_id)
        attempt.milliseconds = round((now - attempt.started_at).total_seconds() * 1000)
        attempt.trouble = result.trouble[:200]
        if result.answer:
            attempt.status, attempt.answer = result.answer.status, result.answer.text
        attempt.save()
        if result.is_accepted:
            _accept(hook, delivery, now)
        else:
            _put_off(hook, delivery, result, now)


def _accept(hook: Hook, delivery: Delivery, now: datetime) -> None:
    _settle(delivery, Delivery.State.DELIVERED, now)
    hook.failures, hook.rests_until, hook.last_success_at = 0, None, now
    hook.save(update_fields=["failures", "rests_until", "last_success_at"])


def _put_off(hook: Hook, delivery: Delivery, result: Result, now: datetime) -> None:
    hook.failures += 1
    if result.wants_rest:
        # The whole webhook rests: one attempt tells what a hundred would, and each may hang.
        hook.rests_until = now + min(WAITS[min(hook.failures, len(WAITS) - 1)], LONGEST_REST)
    hook.save(update_fields=["failures", "rests_until"])
    if result.answer and result.answer.status == GONE:
        _settle(delivery, Delivery.State.GIVEN_UP, now)
        disable_hook(hook, why=gettext_noop("The receiver answered 410 Gone."))
    elif delivery.attempts >= len(WAITS):
        _give_up(hook, delivery, now)
    else:
        delivery.next_try = now + WAITS[delivery.attempts]
        delivery.save(update_fields=["next_try"])
        if result.is_hopeless:
            disable_hook(hook, why=gettext_noop("Its secret is lost with an earlier SECRET_KEY; change the secret."))


def _give_up(hook: Hook, delivery: Delivery, now: datetime) -> None:
    """Whoever accepted nothing for as long as that is not there any more."""
    _settle(delivery, Delivery.State.GIVEN_UP, now)
    if hook.last_success_at is None or hook.last_success_at < delivery.made_at:
        disable_hook(hook, why=gettext_noop("No message was accepted in ten attempts over more than three days."))


def _settle(delivery: Delivery, state: Delivery.State, now: datetime) -> None:
    delivery.state, delivery.next_try, delivery.settled_at = state, None, now
    delivery.save(update_fields=["state", "next_try", "settled_at"])


def _lock(pk: int) -> Hook:
    return Hook.objects.select_for_update(no_key=True).get(pk=pk)
