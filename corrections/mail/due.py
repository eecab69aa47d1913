"""Queue the mails that are due, derived from Case and Contact rows alone; idempotent.

No writer queues these mails itself, so a case that changes in any way, even by SQL, still reaches its readers.
"""

from datetime import datetime
from functools import partial
from operator import itemgetter
from uuid import UUID

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import MD5, Cast
from django.utils import timezone

from corrections.contacts.outbox import queue_mail
from corrections.jobs.failures import primary_key, resting_keys, run_each
from corrections.mail.notification_mail import queue_digest
from corrections.models import OPEN_STATES, Case, Contact, FailedJob, Mail
from newsroom.models import Editor

BATCH = 100
# The mail for each final state of a case; spam and withdrawn cases get none.
OUTCOME_MAILS = {
    Case.State.PUBLISHED: Mail.Kind.PUBLISHED,
    Case.State.DECLINED: Mail.Kind.DECLINED,
    Case.State.ALREADY_FIXED: Mail.Kind.FIXED,
    Case.State.SPAM: None,
    Case.State.WITHDRAWN: None,
}
# Equal columns mean that a reader sent the same text twice in one case; only one mail is queued.
DUPLICATE_KEY = ("suggestion__case", "suggestion__request_digest")
WANTS_DIGEST = Q(digest=True) | Q(notified_by_mail=Editor.Notified.DIGEST)
# Hours in the site's time zone; after an outage a digest is still sent within its window, then skipped.
DIGEST_HOURS = {"morning": range(8, 11), "noon": range(12, 15)}


def queue_reader_mails() -> None:
    """Queue mails about questions, merges and outcomes to confirmed addresses."""
    _queue_each(Mail.Kind.QUESTION, _with_question(), about="key")
    _queue_each(Mail.Kind.MERGED, _with_merged_case(), about="key")
    over = Q(suggestion__case__state__in=list(OUTCOME_MAILS)) | Q(suggestion__withdrawn_at__isnull=False)
    ended = _open_contacts().filter(over).exclude(pk__in=resting_keys(FailedJob.Kind.NEWS))
    ended = ended.select_related("suggestion__case").order_by("given_at")
    run_each(FailedJob.Kind.NEWS, ended[:BATCH], _queue_outcome, key=primary_key)


def queue_digests(now: datetime | None = None) -> None:
    """Queue this morning's or noon's digest for each subscribed editor."""
    local = timezone.localtime(now)
    for name, hours in DIGEST_HOURS.items():
        if local.hour in hours:
            about = f"{local:%Y-%m-%d} {name}"
            mails = Mail.objects.filter(editor=OuterRef("pk"), kind=Mail.Kind.DIGEST, about=about)
            readers = Editor.objects.filter(WANTS_DIGEST, is_active=True).exclude(email="").exclude(Exists(mails))
            write = partial(queue_digest, about=about)
            run_each(FailedJob.Kind.DIGEST, readers.values_list("pk", flat=True), write, key=int)


def _open_contacts() -> QuerySet[Contact]:
    return Contact.objects.filter(state=Contact.State.CONFIRMED, is_closed=False)


def _with_question() -> QuerySet[Contact]:
    asked = _open_contacts().filter(suggestion__case__state=Case.State.ASKED, suggestion__answered_at=None)
    # Keyed by the question's text: a repeat of the same question is not sent again.
    return asked.filter(suggestion__withdrawn_at=None).annotate(key=MD5("suggestion__case__question"))


def _with_merged_case() -> QuerySet[Contact]:
    merged = _open_contacts().filter(suggestion__merged_from__isnull=False, suggestion__case__state__in=OPEN_STATES)
    return merged.filter(suggestion__withdrawn_at=None).annotate(key=Cast("suggestion__merged_from_id", CharField()))


def _queue_each(kind: Mail.Kind, contacts: QuerySet[Contact], *, about: str) -> None:
    queued = _queued_mails(kind).filter(about=OuterRef(about))
    unqueued = contacts.exclude(Exists(queued)).order_by("suggestion__received_at")
    unqueued = unqueued.exclude(suggestion__in=resting_keys(FailedJob.Kind.NEWS))
    rows = unqueued.values_list("suggestion_id", about, "mailbox_id", *DUPLICATE_KEY)[:BATCH]
    firsts = dict[object, tuple[UUID, str, str]]()
    for suggestion, key, mailbox, *duplicate_key in rows:
        firsts.setdefault((key, mailbox, *duplicate_key), (suggestion, mailbox, key))
    run_each(FailedJob.Kind.NEWS, firsts.values(), partial(_queue_one, kind), key=itemgetter(0))


def _queue_one(kind: Mail.Kind, row: tuple[UUID, str, str]) -> None:
    suggestion, mailbox, about = row
    queue_mail(kind, suggestion=suggestion, mailbox=mailbox, about=about)


def _queued_mails(kind: Mail.Kind) -> QuerySet[Mail]:
    """Mails about the outer contact's suggestion or its reader's duplicates of it."""
    same = {column: OuterRef(column) for column in ("mailbox", *DUPLICATE_KEY)}
    duplicate = Q(**same, suggestion__withdrawn_at=None)
    return Mail.objects.filter(duplicate | Q(suggestion=OuterRef("suggestion")), kind=kind)


def _queue_outcome(contact: Contact) -> None:
    suggestion = contact.suggestion
    case = suggestion.case
    kind = OUTCOME_MAILS[Case.State(case.state)] if case and not suggestion.withdrawn_at else None
    with transaction.atomic():
        if kind and not Contact.objects.filter(Exists(_queued_mails(kind)), pk=contact.pk).exists():
            queue_mail(kind, suggestion=suggestion.pk, mailbox=contact.mailbox_id)
        Contact.objects.filter(pk=contact.pk).update(is_closed=True)
