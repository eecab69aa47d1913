"""Transactional outbox for mail: a Mail row is queued once, leased to one worker, and its result recorded."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, Q
from django.utils import timezone

from corrections.models import Mail, Mailbox, MailQuerySet
from newsroom.models.deadlines import is_over, is_running, within

DAY = timedelta(days=1)
MAX_PER_DAY = 5  # messages to one mailbox in 24 hours; further mails are bundled
LEASE = timedelta(seconds=30)  # longer than the task's time limit, so a mail still being sent keeps its lease
CLAIM_BATCH = 100  # mails leased in one tick of the dispatcher
PAUSE = timedelta(minutes=1)  # retry interval while the mail server is unreachable
# Exponential backoff after a temporary SMTP error (4xx); after the last delay the mail has failed.
RETRY_DELAYS = [timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6)]


def queue_mail(
    kind: Mail.Kind,
    *,
    suggestion: UUID | None = None,
    follower: UUID | None = None,
    mailbox: str | None = None,
    editor: int | None = None,
    about: str = "",
) -> None:
    """Queue a mail once: the unique constraints make a repeat a no-op."""
    recipient = {"suggestion_id": suggestion, "follower_id": follower, "mailbox_id": mailbox, "editor_id": editor}
    mail = _new_mail(kind, about=about, **recipient)
    Mail.objects.bulk_create([mail], ignore_conflicts=True)


def _new_mail(kind: Mail.Kind, **fields: object) -> Mail:
    identity = uuid.uuid4()
    return Mail(id=identity, message_id=f"<{identity}@{urlsplit(settings.SITE_URL).hostname}>", kind=kind, **fields)


def claim_due_mails() -> list[UUID]:
    """Lease due mails to the caller; two callers never get the same one.

    Mails to one mailbox beyond MAX_PER_DAY are bundled into one and postponed until the 24 hours are over.
    """
    now = timezone.now()
    _settle_expired(now)
    due = _unleased(now).filter(_due(now)).order_by("due_at")[:CLAIM_BATCH]
    mailboxes = dict.fromkeys(due.values_list("mailbox_id", flat=True))
    return [
        pk for mailbox in mailboxes for pk in (_claim_for_mailbox(mailbox, now) if mailbox else _claim_for_editors(now))
    ]


def release_mails(pks: Iterable[UUID]) -> None:
    """End the leases early, when the broker refused the tasks."""
    Mail.objects.filter(pk__in=list(pks), state=Mail.State.OWED).update(leased_until=None)


def start_attempt(pk: UUID | str) -> Mail | None:
    """Count an attempt; None when the mail is not due any more."""
    owed = Mail.objects.filter(_due(timezone.now()), pk=pk, state=Mail.State.OWED)
    if not owed.update(attempts=F("attempts") + 1):
        return None
    return Mail.objects.select_related("mailbox", "editor").get(pk=pk)


def drop_mail(mail: Mail) -> None:
    _transition(mail, Mail.State.OWED, Mail.State.DROPPED)


def claim_mail(mail: Mail) -> bool:
    """Claim a mail right before SMTP; False when another worker claimed it first."""
    now = timezone.now()
    return _transition(mail, Mail.State.OWED, Mail.State.CLAIMED, tried_at=now, leased_until=now + LEASE)


def mark_sent(mail: Mail) -> None:
    _transition(mail, Mail.State.CLAIMED, Mail.State.SENT, sent_at=timezone.now(), leased_until=None, trouble="")


def mark_doubtful(mail: Mail, *, trouble: str) -> None:
    """The connection broke after the server may have accepted the message."""
    _transition(mail, Mail.State.CLAIMED, Mail.State.DOUBTFUL, leased_until=None, trouble=trouble)


def mark_refused(mail: Mail, *, code: int) -> None:
    """Retry later after a temporary SMTP error (4xx), fail after a permanent one."""
    trouble = f"SMTP {code}"
    if 400 <= code < 500 and mail.attempts <= len(RETRY_DELAYS):
        due = timezone.now() + RETRY_DELAYS[mail.attempts - 1]
        _transition(mail, Mail.State.CLAIMED, Mail.State.OWED, due_at=due, leased_until=None, trouble=trouble)
    else:
        _transition(mail, Mail.State.CLAIMED, Mail.State.FAILED, leased_until=None, trouble=trouble)


def pause_sending(mail: Mail) -> None:
    """Postpone all queued mail while the mail server is unreachable, without counting the attempt."""
    due = timezone.now() + PAUSE
    Mail.objects.filter(pk=mail.pk).update(attempts=F("attempts") - 1)
    Mail.objects.filter(state=Mail.State.OWED, due_at__lt=due).update(due_at=due, leased_until=None)


def resend_mail(mail: Mail) -> bool:
    """Queue a doubtful or failed mail again, at the risk of a duplicate; False when it is neither any more."""
    again = {"due_at": timezone.now(), "attempts": 0, "leased_until": None, "trouble": ""}
    return bool(Mail.objects.needing_review().filter(pk=mail.pk).update(state=Mail.State.OWED, **again))


def dismiss_mail(mail: Mail) -> bool:
    """Close a doubtful or failed mail without resending; False when it is neither any more."""
    return bool(Mail.objects.needing_review().filter(pk=mail.pk).update(state=Mail.State.LEFT))


def _transition(mail: Mail, old: Mail.State, new: Mail.State, **fields: object) -> bool:
    return bool(Mail.objects.filter(pk=mail.pk, state=old).update(state=new, **fields))


def _due(now: datetime) -> Q:
    made_ahead = Q(owed_at__gt=now, due_at__gte=F("owed_at"))  # by a clock that was wrong, and not postponed since
    return is_over("due_at", now, longest=DAY) | made_ahead


def _unleased(now: datetime) -> MailQuerySet:
    return Mail.objects.filter(state=Mail.State.OWED).filter(is_over("leased_until", now, longest=LEASE))


def _settle_expired(now: datetime) -> None:
    """Mark claimed mails with an expired lease doubtful, and fail those whose worker died at every attempt."""
    expired = Mail.objects.filter(is_over("leased_until", now, longest=LEASE), state=Mail.State.CLAIMED)
    expired.update(state=Mail.State.DOUBTFUL, leased_until=None, trouble="")
    exhausted = _unleased(now).filter(_due(now), attempts__gt=len(RETRY_DELAYS) + 1)
    exhausted.update(state=Mail.State.FAILED, leased_until=None)


def _claim_for_editors(now: datetime) -> list[UUID]:
    with transaction.atomic():
        rows = _unleased(now).filter(_due(now), mailbox=None).select_for_update(no_key=True)
        return _lease(list(rows[:CLAIM_BATCH]), now)


def _claim_for_mailbox(mailbox: str, now: datetime) -> list[UUID]:
    skip = connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        if not Mailbox.objects.select_for_update(skip_locked=skip, no_key=True).filter(pk=mailbox).first():
            return []
        waiting = list(_unleased(now).filter(mailbox=mailbox).order_by("owed_at"))
        due = set(_unleased(now).filter(_due(now), mailbox=mailbox).values_list("pk", flat=True))
        out = Mail.objects.filter(mailbox=mailbox)
        lately = out.messages().filter(within("tried_at", now, last=DAY))
        tried = list(lately.order_by("tried_at").values_list("tried_at", flat=True))
        running = is_running("leased_until", now, longest=LEASE)
        room = MAX_PER_DAY - len(tried) - out.filter(running, state=Mail.State.OWED).count()
        if room <= 0:
            until = tried[0] + DAY if tried and tried[0] else now + LEASE
            Mail.objects.filter(pk__in=[mail.pk for mail in waiting]).update(due_at=until)
            return []
        if len(waiting) > room:
            return _lease([_bundle(waiting)], now)
        return _lease([mail for mail in waiting if mail.pk in due], now)


def _bundle(waiting: list[Mail]) -> Mail:
    """Join several mails into one; call under the mailbox's lock."""
    envelope = next((mail for mail in waiting if mail.kind == Mail.Kind.TOGETHER), None)
    if envelope is None:
        envelope = _new_mail(Mail.Kind.TOGETHER, mailbox_id=waiting[0].mailbox_id)
        envelope.save(force_insert=True)
    parts = Mail.objects.filter(pk__in=[mail.pk for mail in waiting]).exclude(pk=envelope.pk)
    parts.update(state=Mail.State.JOINED, within=envelope, leased_until=None)
    return envelope


def _lease(mails: list[Mail], now: datetime) -> list[UUID]:
    pks = [mail.pk for mail in mails]
    Mail.objects.filter(pk__in=pks).update(leased_until=now + LEASE)
    return pks
