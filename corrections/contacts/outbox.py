"""Each mail is a row before it is sent: owed once, handed out once, and its end noted."""

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

DAY = timedelta(days=1)
MOST_A_DAY = 5  # messages to one address within a day; what is more goes together in one
LEASE = timedelta(seconds=30)  # longer than a task may live, so that no mail that is still being sent is doubted
CLAIMED = 100  # mails looked at in one tick
PAUSE = timedelta(minutes=1)  # before a mail server that does not answer is asked again
# Before a mail that the server put off is offered again; after the last it is for the desk to see.
DELAYS = [timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6)]


def owe(
    kind: Mail.Kind,
    *,
    suggestion: UUID | None = None,
    mailbox: str | None = None,
    editor: int | None = None,
    about: str = "",
) -> None:
    """Owe a mail once; nothing happens where its row stands already."""
    mail = _new(kind, suggestion_id=suggestion, mailbox_id=mailbox, editor_id=editor, about=about)
    Mail.objects.bulk_create([mail], ignore_conflicts=True)


def _new(kind: Mail.Kind, **fields: object) -> Mail:
    identity = uuid.uuid4()
    return Mail(id=identity, message_id=f"<{identity}@{urlsplit(settings.SITE_URL).hostname}>", kind=kind, **fields)


def claim_owed() -> list[UUID]:
    """Lease the mails that are due to the caller. Two callers never get the same.

    Those to one address beyond MOST_A_DAY are made one, and wait until the day is over.
    """
    now = timezone.now()
    _doubt_the_lost(now)
    due = _at_hand(now).filter(due_at__lte=now).order_by("due_at")[:CLAIMED]
    mailboxes = dict.fromkeys(due.values_list("mailbox_id", flat=True))
    return [pk for mailbox in mailboxes for pk in (_claim(mailbox, now) if mailbox else _claim_editors(now))]


def release(pks: Iterable[UUID]) -> None:
    """Give leases back at once, when the broker did not take the messages."""
    Mail.objects.filter(pk__in=list(pks), state=Mail.State.OWED).update(leased_until=None)


def begin(pk: UUID | str) -> Mail | None:
    """Count an attempt at wording and sending; None where that is not due any more."""
    owed = Mail.objects.filter(pk=pk, state=Mail.State.OWED, due_at__lte=timezone.now())
    if not owed.update(attempts=F("attempts") + 1):
        return None
    return Mail.objects.select_related("mailbox", "editor").get(pk=pk)


def drop(mail: Mail) -> None:
    _end(mail, Mail.State.OWED, Mail.State.DROPPED)


def claim(mail: Mail) -> bool:
    """Say that the next step is to send it; False where another worker said so first."""
    now = timezone.now()
    return _end(mail, Mail.State.OWED, Mail.State.CLAIMED, tried_at=now, leased_until=now + LEASE)


def mark_sent(mail: Mail) -> None:
    _end(mail, Mail.State.CLAIMED, Mail.State.SENT, sent_at=timezone.now(), leased_until=None, trouble="")


def mark_doubtful(mail: Mail, *, trouble: str) -> None:
    """The connection broke when the server may have had it."""
    _end(mail, Mail.State.CLAIMED, Mail.State.DOUBTFUL, leased_until=None, trouble=trouble)


def mark_refused(mail: Mail, *, code: int) -> None:
    """The server said no: for now (4xx), and it is offered again later, or for good."""
    trouble = f"SMTP {code}"
    if 400 <= code < 500 and mail.attempts <= len(DELAYS):
        due = timezone.now() + DELAYS[mail.attempts - 1]
        _end(mail, Mail.State.CLAIMED, Mail.State.OWED, due_at=due, leased_until=None, trouble=trouble)
    else:
        _end(mail, Mail.State.CLAIMED, Mail.State.FAILED, leased_until=None, trouble=trouble)


def pause(mail: Mail) -> None:
    """The mail server does not answer: no mail is tried for a while, and none is blamed for it."""
    due = timezone.now() + PAUSE
    Mail.objects.filter(pk=mail.pk).update(attempts=F("attempts") - 1)
    Mail.objects.filter(state=Mail.State.OWED, due_at__lt=due).update(due_at=due, leased_until=None)


def send_again(mail: Mail) -> bool:
    """The desk decides to risk a second copy; False where somebody decided before."""
    again = {"due_at": timezone.now(), "attempts": 0, "leased_until": None, "trouble": ""}
    return bool(Mail.objects.needing_a_look().filter(pk=mail.pk).update(state=Mail.State.OWED, **again))


def leave(mail: Mail) -> bool:
    """The desk takes it as it is; False where somebody decided before."""
    return bool(Mail.objects.needing_a_look().filter(pk=mail.pk).update(state=Mail.State.LEFT))


def _end(mail: Mail, old: Mail.State, new: Mail.State, **fields: object) -> bool:
    return bool(Mail.objects.filter(pk=mail.pk, state=old).update(state=new, **fields))


def _at_hand(now: datetime) -> MailQuerySet:
    return Mail.objects.filter(state=Mail.State.OWED).filter(Q(leased_until=None) | Q(leased_until__lt=now))


def _doubt_the_lost(now: datetime) -> None:
    """What a worker began to send and did not end, nobody knows; what kills its worker each time is given up."""
    lost = Mail.objects.filter(state=Mail.State.CLAIMED, leased_until__lt=now)
    lost.update(state=Mail.State.DOUBTFUL, leased_until=None, trouble="")
    spent = _at_hand(now).filter(due_at__lte=now, attempts__gt=len(DELAYS) + 1)
    spent.update(state=Mail.State.FAILED, leased_until=None)


def _claim_editors(now: datetime) -> list[UUID]:
    with transaction.atomic():
        rows = _at_hand(now).filter(due_at__lte=now, mailbox=None).select_for_update(no_key=True)
        return _lease(list(rows[:CLAIMED]), now)


def _claim(mailbox: str, now: datetime) -> list[UUID]:
    skip = connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        if not Mailbox.objects.select_for_update(skip_locked=skip, no_key=True).filter(pk=mailbox).first():
            return []
        waiting = list(_at_hand(now).filter(mailbox=mailbox).order_by("owed_at"))
        out = Mail.objects.filter(mailbox=mailbox)
        tried = list(
            out.messages().filter(tried_at__gt=now - DAY).order_by("tried_at").values_list("tried_at", flat=True)
        )
        room = MOST_A_DAY - len(tried) - out.filter(state=Mail.State.OWED, leased_until__gte=now).count()
        if room <= 0:
            until = tried[0] + DAY if tried and tried[0] else now + LEASE
            Mail.objects.filter(pk__in=[mail.pk for mail in waiting]).update(due_at=until)
            return []
        if len(waiting) > room:
            return _lease([_together(waiting)], now)
        return _lease([mail for mail in waiting if mail.due_at <= now], now)


def _together(waiting: list[Mail]) -> Mail:
    """One mail in the place of several; runs under the mailbox's lock."""
    envelope = next((mail for mail in waiting if mail.kind == Mail.Kind.TOGETHER), None)
    if envelope is None:
        envelope = _new(Mail.Kind.TOGETHER, mailbox_id=waiting[0].mailbox_id)
        envelope.save(force_insert=True)
    parts = Mail.objects.filter(pk__in=[mail.pk for mail in waiting]).exclude(pk=envelope.pk)
    parts.update(state=Mail.State.JOINED, within=envelope, leased_until=None)
    return envelope


def _lease(mails: list[Mail], now: datetime) -> list[UUID]:
    pks = [mail.pk for mail in mails]
    Mail.objects.filter(pk__in=pks).update(leased_until=now + LEASE)
    return pks
