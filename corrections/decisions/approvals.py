"""Second-editor approval: propose a revision for cases, approve it or send it back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from corrections.decisions.compose import Composition
from corrections.decisions.rules import append_case_act, lock_undecided, refuse_without_permission, settle_published
from corrections.models import Case
from corrections.models.change_reasons import ChangeReason
from corrections.triage.abandoned import close_abandoned
from newsroom.audit.history import save_with_reason
from newsroom.models import Editor, Kind, Proposal, Revision
from newsroom.publishing.proposals import approve_proposal, propose_revision, return_proposal
from newsroom.publishing.publish import lock_article


def propose_cases(
    cases: Sequence[Case], *, by: Editor, base: Revision, composed: Composition, kind: Kind, note: str = ""
) -> Proposal:
    """Propose a revision that settles `cases` to a second editor. Raises as publish_cases does."""
    refuse_without_permission(by)
    with transaction.atomic():
        locked = lock_undecided(cases)
        proposal = propose_revision(base.article, base=base, by=by, kind=kind, wording=composed.wording, note=note)
        for case in locked:
            case.state, case.proposal = Case.State.PROPOSED, proposal
            case.spot_start, case.spot_end = composed.spots.get(case.pk) or (None, None)
            save_with_reason(case, by=by, reason=ChangeReason.PROPOSED)
        append_case_act("propose_case", locked, by=by, proposal=proposal.pk)
    return proposal


def approve_cases(proposal: Proposal, *, by: Editor, digest: str) -> Revision:
    """Publish a proposal, as the second editor. Raises as approve_proposal does."""
    refuse_without_permission(by)
    with transaction.atomic():
        revision = approve_proposal(proposal, by=by, digest=digest)
        settle_proposal(proposal)
    return revision


def return_cases(proposal: Proposal, *, by: Editor, reason: str) -> None:
    """Send a proposal back and reopen its cases. Raises as return_proposal does."""
    refuse_without_permission(by)
    with transaction.atomic():
        return_proposal(proposal, by=by, reason=reason)
        settle_proposal(proposal)


def settle_proposal(proposal: Proposal) -> None:
    """Apply a decided proposal to its cases, also when it was decided outside the desk. Idempotent."""
    with transaction.atomic():
        lock_article(proposal.article)
        decided = Proposal.objects.select_related("decided_by", "revision").get(pk=proposal.pk)
        cases = list(
            Case.objects.select_for_update(of=("self",), no_key=True)
            .select_related("article")
            .filter(proposal=decided, state=Case.State.PROPOSED)
        )
        now = timezone.now()
        for case in cases:
            _settle(case, decided, at=now)
        close_abandoned(case.pk for case in cases)
        if cases and decided.state == Proposal.State.APPROVED and decided.revision:
            append_case_act("publish_case", cases, by=decided.decided_by, revision=decided.revision.number)


def _settle(case: Case, proposal: Proposal, *, at: datetime) -> None:
    if proposal.state == Proposal.State.APPROVED and proposal.revision and proposal.decided_by:
        spot = (case.spot_start, case.spot_end) if case.spot_start is not None else None
        settle_published(case, proposal.revision, by=proposal.decided_by, spot=spot, at=at)
    elif proposal.state == Proposal.State.RETURNED:
        case.state = Case.State.OPEN
        save_with_reason(case, by=proposal.decided_by, reason=proposal.reason)
