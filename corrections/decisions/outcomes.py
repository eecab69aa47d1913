"""Decisions about cases that need no second editor: one function each, in one transaction with its Act."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from corrections.decisions.commitments import commitment, new_salt
from corrections.decisions.compose import Composition, spots_in
from corrections.decisions.rules import (
    append_case_act,
    lock_undecided,
    refuse_own_suggestion,
    refuse_without_permission,
    settle,
    settle_published,
)
from corrections.jobs.failures import run_each
from corrections.models import Case, FailedJob, Notification
from corrections.models.cases import CLAIM
from corrections.models.change_reasons import ChangeReason
from corrections.notifications.writing import notify
from corrections.screening.hidden_characters import refuse_hidden_characters
from newsroom.audit.history import save_with_reason
from newsroom.models import Editor, Kind, Revision
from newsroom.publishing.elsewhere.hand_over import hand_over, is_elsewhere
from newsroom.publishing.policy import NoteRequired
from newsroom.publishing.publish import publish_revision


class ClaimedByAnother(Exception):
    """Another editor has claimed the case."""


class HoldInPast(Exception):
    """A case can only be put on hold until a time in the future."""


def publish_cases(
    cases: Sequence[Case], *, by: Editor, base: Revision, composed: Composition, kind: Kind, note: str = ""
) -> Revision | None:
    """Publish one revision that settles all of `cases`; None where another system is to publish it.

    Raises AlreadyDecided, NotPermitted, OwnSuggestion, and what publish_revision raises, StaleRevision above all.
    """
    refuse_without_permission(by)
    with transaction.atomic():
        locked = lock_undecided(cases)
        refuse_own_suggestion(locked, by=by)
        if is_elsewhere(base.article):
            _hand_over(locked, by=by, base=base, composed=composed, kind=kind, note=note)
            return None
        revision = publish_revision(base.article, base=base, by=by, kind=kind, wording=composed.wording, note=note)
        now, spots = timezone.now(), composed.spots
        if revision.based_on_id != base.pk:
            spots = spots_in(revision.require_content().wording, composed, locked)
        for case in locked:
            settle_published(case, revision, by=by, spot=spots.get(case.pk), at=now)
        append_case_act("publish_case", locked, by=by, revision=revision.number)
    return revision


def _hand_over(
    locked: Sequence[Case], *, by: Editor, base: Revision, composed: Composition, kind: Kind, note: str
) -> None:
    proposal = hand_over(base.article, base=base, by=by, kind=kind, wording=composed.wording, note=note)
    spots = spots_in(proposal.wording, composed, locked)
    for case in locked:
        case.state, case.proposal = Case.State.HANDED_OVER, proposal
        case.spot_start, case.spot_end = spots.get(case.pk) or (None, None)
        save_with_reason(case, by=by, reason=ChangeReason.TO_SITE)
    append_case_act("hand_over_case", locked, by=by, proposal=proposal.pk)


def decline_case(case: Case, *, by: Editor, reason: str) -> Case:
    """Decline with a public reason. Raises AlreadyDecided, NoteRequired, HiddenCharacters, NotPermitted."""
    reason = clean_public_text(reason)
    refuse_without_permission(by)
    with transaction.atomic():
        [locked] = lock_undecided([case])
        locked.reason = reason
        settle(locked, Case.State.DECLINED, by=by, why=reason)
        append_case_act("decline_case", [locked], by=by, reason=reason)
    return locked


def close_as_fixed(case: Case, *, by: Editor) -> Case:
    """Close a case whose article already reads right. Raises AlreadyDecided, NotPermitted."""
    refuse_without_permission(by)
    with transaction.atomic():
        [locked] = lock_undecided([case])
        settle(locked, Case.State.ALREADY_FIXED, by=by, why=ChangeReason.FIXED)
        append_case_act("close_case", [locked], by=by)
    return locked


def mark_spam(case: Case, *, by: Editor) -> Case:
    """Close as spam; its senders only see that it was declined. Raises AlreadyDecided, NotPermitted."""
    refuse_without_permission(by)
    with transaction.atomic():
        [locked] = lock_undecided([case])
        settle(locked, Case.State.SPAM, by=by, why=ChangeReason.SPAM)
        append_case_act("mark_spam", [locked], by=by)
    return locked


def hold_case(case: Case, *, by: Editor, until: datetime, reason: str = "") -> Case:
    """Take a case out of the queue until a time. The reason is for the desk alone, and in no act.

    Raises HoldInPast, AlreadyDecided, NotPermitted.
    """
    refuse_without_permission(by)
    refuse_hold_in_past(until)
    with transaction.atomic():
        [locked] = lock_undecided([case])
        locked.state, locked.held_until, locked.hold_reason = Case.State.HELD, until, reason
        save_with_reason(locked, by=by, reason=ChangeReason.HELD % {"day": f"{until:%Y-%m-%d}"})
        append_case_act("hold_case", [locked], by=by, until=until.isoformat())
    return locked


def refuse_hold_in_past(until: datetime) -> None:
    """Raises HoldInPast."""
    if until <= timezone.now():
        raise HoldInPast


def end_holds() -> int:
    """Reopen the cases whose hold has expired; returns how many. Idempotent."""
    due = Case.objects.filter(state=Case.State.HELD, held_until__lte=timezone.now())
    return run_each(FailedJob.Kind.HOLD, due.values_list("pk", flat=True), _end_hold, key=int)


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
    """Ask the case's readers a question; the first answer reopens it. Raises as decline_case does."""
    question = clean_public_text(question)
    refuse_without_permission(by)
    with transaction.atomic():
        [locked] = lock_undecided([case])
        locked.state, locked.question = Case.State.ASKED, question
        locked.question_salt = new_salt()
        save_with_reason(locked, by=by, reason=question)
        locked.suggestions.update(answered_at=None)
        append_case_act("ask_readers", [locked], by=by, question=commitment(question, salt=locked.question_salt))
    return locked


def assign_case(case: Case, *, by: Editor, to: Editor | None) -> Case:
    """Assign a case to a colleague, or to nobody. Raises AlreadyDecided, NotPermitted."""
    refuse_without_permission(by)
    if to:
        refuse_without_permission(to)
    with transaction.atomic():
        [locked] = lock_undecided([case])
        locked.assignee, locked.claimed_until = to, None
        save_with_reason(
            locked, by=by, reason=ChangeReason.HANDED_OVER % {"editor": to} if to else ChangeReason.HANDED_BACK
        )
        notify(Notification.Kind.HANDED_OVER, [to], by=by, article=locked.article, case=locked)
        append_case_act("assign_case", [locked], by=by, to=to.username if to else None, to_id=to.pk if to else None)
    return locked


def claim_case(case: Case, *, by: Editor) -> Case:
    """Claim a case for CLAIM, visibly to others. Raises ClaimedByAnother, AlreadyDecided, NotPermitted.

    Writes no Act: a claim decides nothing and expires.
    """
    refuse_without_permission(by)
    with transaction.atomic():
        [locked] = lock_undecided([case])
        if locked.is_in_hand and locked.assignee_id != by.pk:
            raise ClaimedByAnother
        locked.assignee, locked.claimed_until = by, timezone.now() + CLAIM
        save_with_reason(locked, by=by, reason=ChangeReason.CLAIMED)
    return locked


def clean_public_text(text: str) -> str:
    """A text for readers, stripped. Raises NoteRequired where it is empty, HiddenCharacters."""
    text = text.strip()
    if not text:
        raise NoteRequired
    refuse_hidden_characters(text)
    return text
