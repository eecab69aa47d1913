"""Erase readers' personal data after the retention period, in batches."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from corrections.contacts.followers import KINDS, delete_ended_followers
from corrections.models import (
    OPEN_STATES,
    Case,
    Contact,
    Decision,
    Delivery,
    Mail,
    MailQuerySet,
    Notification,
    Reply,
    Suggestion,
    Thanks,
)
from corrections.models.change_reasons import ChangeReason
from corrections.notes.erasure import ask_to_check, delete_old_notes
from corrections.privacy.withdrawal import erased_columns
from newsroom.audit.head import note_public_change
from newsroom.operations.mail_files import delete_file, delete_files_before

RETENTION_PERIOD = timedelta(days=90)
BATCH = 500
FIRST_KEY = UUID(int=0)
PUBLISHED = Q(case__state=Case.State.PUBLISHED) | Q(case__merged_into__state=Case.State.PUBLISHED)
# No case will ever be closed, so the retention period runs from receipt.
STATUSES_WITHOUT_CASE = (Suggestion.Status.HELD, Suggestion.Status.FAILED, Suggestion.Status.SPAM)


@dataclass(slots=True)
class PurgeResult:
    """Rows erased by kind, and whether the run finished in time."""

    suggestions: int = 0
    addresses: int = 0
    followers: int = 0
    mails: int = 0
    questions: int = 0
    decisions: int = 0
    deliveries: int = 0
    notes: int = 0
    notifications: int = 0
    is_complete: bool = True

    def __str__(self) -> str:
        counts = [f"{getattr(self, each.name)} {each.name}" for each in fields(self) if each.name != "is_complete"]
        return ", ".join(counts)


def purge_personal_data(*, seconds: float | None = None) -> PurgeResult:
    """Erase personal data of suggestions that ended longer than RETENTION_PERIOD ago, in short transactions.

    The passage, the proposed wording, the public reason and a requested public credit stay, and who follows an article
    until they stop. Idempotent, also for two runs at once. No new batch begins after `seconds`.
    """
    before, purged = timezone.now() - RETENTION_PERIOD, PurgeResult()
    started, last = monotonic(), FIRST_KEY
    while keys := _purge_batch(before, last, purged):
        last = keys[-1]
        if seconds is not None and monotonic() - started > seconds:
            purged.is_complete = False
            return purged
    purged.followers = delete_ended_followers()
    purged.mails += _delete_mails(Mail.objects.filter(kind__in=KINDS, owed_at__lt=before))
    purged.questions = _clear_questions(before)
    purged.decisions = _clear_decisions(before)
    purged.deliveries = Delivery.objects.filter(made_at__lt=before).delete()[1].get(Delivery._meta.label, 0)
    purged.notes = delete_old_notes(before)
    purged.notifications = Notification.objects.filter(made_at__lt=before).delete()[0]
    # Files that a worker wrote after their row was erased.
    purged.mails += delete_files_before(before)
    if purged.suggestions:
        note_public_change()
    _truncate_wal()
    return purged


def expired_suggestions(before: datetime) -> QuerySet[Suggestion]:
    """Suggestions final since `before` and not erased yet."""
    # received_at: a suggestion may join a case after its decision, and then has its own retention period.
    closed = Q(case__decided_at__lt=before) & ~Q(case__state__in=[*OPEN_STATES, Case.State.MERGED])
    followed = Q(case__state=Case.State.MERGED, case__merged_into__decided_at__lt=before)
    followed &= ~Q(case__merged_into__state__in=OPEN_STATES)
    done = closed | followed | Q(status__in=STATUSES_WITHOUT_CASE)
    return Suggestion.objects.filter(Q(withdrawn_at__lt=before) | done, received_at__lt=before, erased_at=None)


def _purge_batch(before: datetime, last: UUID, purged: PurgeResult) -> list[UUID]:
    with transaction.atomic():
        rows = expired_suggestions(before).filter(pk__gt=last).order_by("pk")
        keys = list(
            rows.select_for_update(of=("self",), no_key=True, skip_locked=True).values_list("pk", flat=True)[:BATCH]
        )
        batch = Suggestion.objects.filter(pk__in=keys)
        _preserve_credits(batch)
        purged.suggestions += batch.update(address_hash="", **erased_columns())
        ask_to_check(keys)
        Reply.objects.filter(suggestion__in=keys).delete()
        purged.addresses += Contact.objects.filter(suggestion__in=keys).delete()[0]
        purged.mails += _delete_mails(Mail.objects.filter(suggestion__in=keys))
    return keys


def _preserve_credits(batch: QuerySet[Suggestion]) -> None:
    asked = batch.filter(PUBLISHED, credit=True, withdrawn_at=None).exclude(name="")
    thanks = [Thanks(suggestion_id=key, name=name) for key, name in asked.values_list("pk", "name")]
    Thanks.objects.bulk_create(thanks, ignore_conflicts=True)


def _delete_mails(mails: MailQuerySet) -> int:
    """Delete rows and files of these mails, and of a bundled mail with the last of its parts."""
    around = set(mails.exclude(within=None).values_list("within", flat=True))
    names = [*mails.message_ids()]
    gone = mails.delete()[0] + Mail.objects.filter(pk__in=around, parts=None).delete()[0]
    for name in names:
        delete_file(name)
    return gone


def _clear_questions(before: datetime) -> int:
    """Questions of editors may contain a reader's name."""
    asked = Case.objects.filter(decided_at__lt=before).exclude(state__in=OPEN_STATES)
    asked = asked.exclude(question="", question_salt="")
    with transaction.atomic():
        history = Case.history.filter(id__in=asked.values("pk"))
        history.filter(state=Case.State.ASKED).update(history_change_reason=ChangeReason.ASKED)
        history.update(question="", question_salt="")
        return asked.update(question="", question_salt="")


def _clear_decisions(before: datetime) -> int:
    old = Decision.objects.filter(made_at__lt=before).exclude(state=Decision.State.PENDING)
    return old.exclude(typed={}, payload={}).update(typed={}, payload={})


def _truncate_wal() -> None:
    """SQLite's write-ahead log keeps overwritten pages until a truncating checkpoint."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
