"""What editors decide about cases: one function for each decision, each in one transaction with its Act."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from corrections.decisions.commitments import commitment, new_salt
from corrections.decisions.compose import Composed
from corrections.decisions.rules import lock_undecided, record, refuse_own, refuse_stranger, settle, settle_published
from corrections.models import Case
from corrections.models.change_reasons import ChangeReason
from corrections.screening.hidden_characters import refuse_hidden_characters
from newsroom.audit.history import save_with_reason
from newsroom.models import Editor, Kind, Revision
from newsroom.publishing.policy import NoteRequired
from newsroom.publishing.publish import publish_revision

CLAIM = timedelta(minutes=15)  # a claim lapses by itself: an editor who went home blocks nobody


class InOthersHands(Exception):
    """Another editor has the case in hand."""


class TooSoon(Exception):
    """A case can only be held until a moment to come."""


def publish_cases(
    cases: Sequence[Case], *, by: Editor, base: Revision, composed: Composed, kind: Kind, note: str = ""
) -> Revision:
    """Publish one revision that settles every one of `cases`.

    Raises AlreadyDecided, NotPermitted, OwnSuggestion, and what publish_revision raises, StaleRevision above all.
    """
    refuse_stranger(by)
    with transaction.atomic():
        locked = lock_undecided(cases)
        refuse_own(locked, by=by)
        revision = publish_revision(base.article, base=base, by=by, kind=kind, wording=composed.wording, note=note)
        for case in locked:
            settle_published(case, revision, by=by, spot=composed.spots.get(case.pk))
        record("publish_case", locked, by=by, revision=revision.number)
    return revision


def decline_case(case: Case, *, by: Editor, reason: str) -> Case:
    """Decline with a reason that the readers see. Raises AlreadyDecided, NoteRequired, NotPermitted."""
    reason = fit_text(reason)
    refuse_stranger(by)
    with transaction.atomic():
        [locked] = lock_undecided([case])
        locked.reason = reason
        settle(locked, Case.State.DECLINED, by=by, why=reason)
        record("decline_case", [locked], by=by, reason=reason)
    return locked


def close_as_fixed(case: Case, *, by: Editor) -> Case:
    """The article reads right already. Raises AlreadyDecided, NotPermitted."""
    refuse_stranger(by)
    with transaction.atomic():
        [locked] = lock_undecided([case])
        settle(locked, Case.State.ALREADY_FIXED, by=by, why=ChangeReason.FIXED)
        record("close_case", [locked], by=by)
    return locked


def mark_spam(case: Case, *, by: Editor) -> Case:
    """Its senders learn no more than that it was declined. Raises AlreadyDecided, NotPermitted."""
    refuse_stranger(by)
    with transaction.atomic():
        [locked] = lock_undecided([case])
        settle(locked, Case.State.SPAM, by=by, why=ChangeReason.SPAM)
        record("mark_spam", [locked], by=by)
    return locked


def hold_case(case: Case, *, by: Editor, until: datetime) -> Case:
    """Take a case out of the queue until a moment. Raises TooSoon, AlreadyDecided, NotPermitted."""
    refuse_stranger(by)
    refuse_past(until)
    with transaction.atomic():
        [locked] = lock_undecided([case])
        locked.state, locked.held_until = Case.State.HELD, until
        save_with_reason(locked, by=by, reason=ChangeReason.HELD % {"day": f"{until:%Y-%m-%d}"})
        record("hold_case", [locked], by=by, until=until.isoformat())
    return locked


def refuse_past(until: datetime) -> None:
    """Raises TooSoon."""
    if until <= timezone.now():
        raise TooSoon


def end_holds() -> int:
    """Bring back the cases whose time on hold is over; returns how many. Safe to run twice."""
    due = Case.objects.filter(state=Case.State.HELD, held_until__lte=timezone.now())
    return sum(_end_hold(pk) for pk in due.values_list("pk", flat=True))


def _end_hold(pk: int) -> bool:
    with transaction.atomic():
        held = Case.objects.select_for_update(of=("self",), no_key=True).filter(pk=pk, state=Case.State.HELD)
        case = held.first()
        if case is None:
            return False
        case.state, case.held_until = Case.State.OPEN, None
        save_with_reason(case, by=None, reason=ChangeReason.HOLD_ENDED)
    return True


def ask_readers(case: Case, *, by: Editor, question: str) -> Case:
    """Put a question to the case's readers; the first answer brings it back. Raises as decline_case does."""
    question = fit_text(question)
    refuse_stranger(by)
    with transaction.atomic():
        [locked] = lock_undecided([case])
        locked.state, locked.question = Case.State.ASKED, question
        locked.question_salt = new_salt()
        save_with_reason(locked, by=by, reason=question)
        locked.suggestions.update(answered_at=None)
        record("ask_readers", [locked], by=by, question=commitment(question, salt=locked.question_salt))
    return locked


def assign_case(case: Case, *, by: Editor, to: Editor | None) -> Case:
    """Hand a case to a colleague, or to nobody. Raises AlreadyDecided, NotPermitted."""
    refuse_stranger(by)
    if to:
        refuse_stranger(to)
    with transaction.atomic():
        [locked] = lock_undecided([case])
        locked.assignee, locked.claimed_until = to, None
        save_with_reason(
            locked, by=by, reason=ChangeReason.HANDED_OVER % {"editor": to} if to else ChangeReason.HANDED_BACK
        )
        record("assign_case", [locked], by=by, to=to.username if to else None)
    return locked


def claim_case(case: Case, *, by: Editor) -> Case:
    """Take a case in hand for CLAIM, which others see. Raises InOthersHands, AlreadyDecided, NotPermitted.

    No Act is written: a claim decides nothing and lapses.
    """
    refuse_stranger(by)
    with transaction.atomic():
        [locked] = lock_undecided([case])
        if locked.is_in_hand and locked.assignee_id != by.pk:
            raise InOthersHands
        locked.assignee, locked.claimed_until = by, timezone.now() + CLAIM
        save_with_reason(locked, by=by, reason=ChangeReason.CLAIMED)
    return locked


def fit_text(text: str) -> str:
    """What readers are told, without blanks around it. Raises NoteRequired, HiddenCharacters."""
    text = text.strip()
    if not text:
        raise NoteRequired
    refuse_hidden_characters(text)
    return text
