"""Erases what the desk knows of readers once it has been done with it long enough."""

from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from corrections.models import OPEN_STATES, Case, Contact, Decision, Delivery, Mail, Reply, Suggestion, Thanks
from corrections.models.change_reasons import ChangeReason
from corrections.privacy.withdrawal import nobody
from newsroom.audit.head import note_public_change
from newsroom.operations.mail_files import forget_file, forget_files_before

KEPT = timedelta(days=90)
BATCH = 500
FIRST = UUID(int=0)
PUBLISHED = Q(case__state=Case.State.PUBLISHED) | Q(case__merged_into__state=Case.State.PUBLISHED)
# Nobody closes a case of these any more, so their time runs from the day on which they came.
CASELESS = (Suggestion.Status.HELD, Suggestion.Status.FAILED, Suggestion.Status.SPAM)


@dataclass(slots=True)
class Purged:
    """How many of each were erased; whether there was time for all."""

    suggestions: int = 0
    addresses: int = 0
    mails: int = 0
    questions: int = 0
    decisions: int = 0
    deliveries: int = 0
    is_complete: bool = True

    def __str__(self) -> str:
        counts = [f"{getattr(self, each.name)} {each.name}" for each in fields(self) if each.name != "is_complete"]
        return ", ".join(counts)


def purge_personal_data(*, seconds: float | None = None) -> Purged:
    """Erase everything about readers whose suggestions ended longer than KEPT ago, in batches that hold nobody up.

    The passage, the wording that they proposed and the public reason stay, and so does a name that they asked to be
    thanked under beside what was published. Safe to run twice, and by two at once. No new batch begins after
    `seconds`.
    """
    before, purged = timezone.now() - KEPT, Purged()
    started, last = monotonic(), FIRST
    while keys := _purge_batch(before, last, purged):
        last = keys[-1]
        if seconds is not None and monotonic() - started > seconds:
            purged.is_complete = False
            return purged
    purged.questions = _forget_questions(before)
    purged.decisions = _forget_decisions(before)
    purged.deliveries = Delivery.objects.filter(made_at__lt=before).delete()[1].get(Delivery._meta.label, 0)
    # Whatever was written after its row was erased, by a worker who had begun before.
    purged.mails += forget_files_before(before)
    if purged.suggestions:
        note_public_change()
    _empty_log()
    return purged


def ended(before: datetime) -> QuerySet[Suggestion]:
    """Suggestions that nothing can become of any more since then, and that still may say who sent them."""
    # One that joined a case after its decision has its own day to count from.
    closed = Q(case__decided_at__lt=before) & ~Q(case__state__in=[*OPEN_STATES, Case.State.MERGED])
    followed = Q(case__state=Case.State.MERGED, case__merged_into__decided_at__lt=before)
    followed &= ~Q(case__merged_into__state__in=OPEN_STATES)
    done = closed | followed | Q(status__in=CASELESS)
    return Suggestion.objects.filter(Q(withdrawn_at__lt=before) | done, received_at__lt=before, erased_at=None)


def _purge_batch(before: datetime, last: UUID, purged: Purged) -> list[UUID]:
    with transaction.atomic():
        rows = ended(before).filter(pk__gt=last).order_by("pk")
        keys = list(
            rows.select_for_update(of=("self",), no_key=True, skip_locked=True).values_list("pk", flat=True)[:BATCH]
        )
        batch = Suggestion.objects.filter(pk__in=keys)
        _keep_thanks(batch)
        purged.suggestions += batch.update(address_hash="", **nobody())
        Reply.objects.filter(suggestion__in=keys).delete()
        purged.addresses += Contact.objects.filter(suggestion__in=keys).delete()[0]
        purged.mails += _forget_mails(keys)
    return keys


def _keep_thanks(batch: QuerySet[Suggestion]) -> None:
    asked = batch.filter(PUBLISHED, credit=True, withdrawn_at=None).exclude(name="")
    thanks = [Thanks(suggestion_id=key, name=name) for key, name in asked.values_list("pk", "name")]
    Thanks.objects.bulk_create(thanks, ignore_conflicts=True)


def _forget_mails(keys: list[UUID]) -> int:
    """The mails of these suggestions, files and rows; those sent within another one go with the last of its parts."""
    mails = Mail.objects.filter(suggestion__in=keys)
    around = set(mails.exclude(within=None).values_list("within", flat=True))
    names = list(Mail.objects.filter(Q(suggestion__in=keys) | Q(pk__in=around)).values_list("message_id", flat=True))
    gone = mails.delete()[0] + Mail.objects.filter(pk__in=around, parts=None).delete()[0]
    for name in names:
        forget_file(name)
    return gone


def _forget_questions(before: datetime) -> int:
    """An editor may have called a reader by name."""
    asked = Case.objects.filter(decided_at__lt=before).exclude(state__in=OPEN_STATES)
    asked = asked.exclude(question="", question_salt="")
    with transaction.atomic():
        history = Case.history.filter(id__in=asked.values("pk"))
        history.filter(state=Case.State.ASKED).update(history_change_reason=ChangeReason.ASKED)
        history.update(question="", question_salt="")
        return asked.update(question="", question_salt="")


def _forget_decisions(before: datetime) -> int:
    old = Decision.objects.filter(made_at__lt=before).exclude(state=Decision.State.PENDING)
    return old.exclude(typed={}, payload={}).update(typed={}, payload={})


def _empty_log() -> None:
    """SQLite keeps what was overwritten in its write-ahead log until that is begun anew."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
