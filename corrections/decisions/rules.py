"""Rules common to all decisions about cases: permission, row locks, history and audit log."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from corrections.contacts.hashed_mailboxes import normalise_address
from corrections.models import Case, Contact
from corrections.models.change_reasons import ChangeReason
from newsroom.audit.history import save_with_reason
from newsroom.audit.log import append_act
from newsroom.models import Editor, Proposal, Revision
from newsroom.publishing.policy import NotPermitted, OwnSuggestion
from newsroom.publishing.publish import AlreadyDecided, lock_article

PERMISSION = "corrections.decide_case"
# Open, on hold, or waiting for a reader's answer.
DECIDABLE = (Case.State.OPEN, Case.State.HELD, Case.State.ASKED)


def refuse_without_permission(by: Editor) -> None:
    """Raises NotPermitted."""
    if not by.has_perm(PERMISSION):
        raise NotPermitted


def lock_undecided(cases: Sequence[Case], *, states: Sequence[str] = DECIDABLE) -> list[Case]:
    """The current rows of one article's cases. Locks the article first, as triage does, to avoid deadlocks.

    Raises AlreadyDecided when one is in none of `states`.
    """
    if not cases:
        raise AlreadyDecided
    lock_article(cases[0].article)
    locked = list(
        Case.objects.select_for_update(of=("self",), no_key=True)
        .select_related("article")
        .filter(pk__in=[case.pk for case in cases])
        .order_by("pk")
    )
    if any(case.state not in states for case in locked) or len({case.article_id for case in locked}) != 1:
        raise AlreadyDecided
    return locked


def refuse_own_suggestion(cases: Sequence[Case], *, by: Editor) -> None:
    """Raises OwnSuggestion where a reader's confirmed address is the editor's own."""
    own = normalise_address(by.email) if by.email else ""
    confirmed = Contact.objects.filter(
        suggestion__case__in=cases, suggestion__withdrawn_at=None, state=Contact.State.CONFIRMED
    )
    if own and any(normalise_address(address) == own for address in confirmed.values_list("address", flat=True)):
        raise OwnSuggestion


def refuse_approving_own_suggestion(proposal: Proposal, *, by: Editor) -> None:
    """One of settings.APPROVAL_RULES. Raises OwnSuggestion."""
    refuse_own_suggestion(list(proposal.cases.all()), by=by)


def settle(case: Case, state: Case.State, *, by: Editor | None, why: str, at: datetime | None = None) -> None:
    """Close a case: set its state and take it out of the queue. One act about several names one time, `at`."""
    case.state, case.decided_by, case.decided_at = state, by, at or timezone.now()
    case.held_until = case.claimed_until = case.assignee = None
    case.hold_reason = ""
    save_with_reason(case, by=by, reason=why)


def settle_published(
    case: Case,
    revision: Revision,
    *,
    by: Editor,
    spot: tuple[int | None, int | None] | None,
    at: datetime | None = None,
) -> None:
    case.published_in = revision
    case.spot_start, case.spot_end = spot or (None, None)
    settle(case, Case.State.PUBLISHED, by=by, why=ChangeReason.PUBLISHED % {"number": revision.number}, at=at)


def append_case_act(verb: str, cases: Sequence[Case], *, by: Editor | None, **payload: object) -> None:
    """Append an Act about cases. Call it last in the transaction: it locks the head of the chain until commit."""
    slug = cases[0].article.slug
    decided = {case.decided_at for case in cases if case.decided_at}
    if len(decided) == 1:
        payload["decided_at"] = decided.pop().isoformat(timespec="microseconds")
    append_act(verb, subject=f"article:{slug}", by=by, payload={"cases": [case.pk for case in cases], **payload})
