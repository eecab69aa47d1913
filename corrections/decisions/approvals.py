"""Second-editor approval: propose a revision for cases, approve, amend or decline it, or send it back."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from corrections.decisions.compose import Composition, spots_in
from corrections.decisions.outcomes import decline_case
from corrections.decisions.rules import append_case_act, lock_undecided, refuse_without_permission, settle_published
from corrections.models import AnchorStatus, Case
from corrections.models.change_reasons import ChangeReason
from corrections.triage.abandoned import close_abandoned
from newsroom.audit.history import save_with_reason
from newsroom.models import Editor, Kind, Proposal, Revision
from newsroom.publishing.amendments import amend_proposal
from newsroom.publishing.moves import Seen
from newsroom.publishing.proposals import approve_proposal, consent_to_amendment, propose_revision, return_proposal
from newsroom.publishing.publish import lock_article
from newsroom.text.canonical import Wording

ON_TOP = timedelta(days=30)  # as if reported so much earlier


def propose_cases(
    cases: Sequence[Case], *, by: Editor, base: Revision, composed: Composition, kind: Kind, note: str = ""
) -> Proposal:
    """Propose a revision that settles `cases` to a second editor. Raises as publish_cases does."""
    refuse_without_permission(by)
    with transaction.atomic():
        locked = lock_undecided(cases)
        proposal = propose_revision(base.article, base=base, by=by, kind=kind, wording=composed.wording, note=note)
        spots = spots_in(proposal.wording, composed, locked)
        for case in locked:
            case.state, case.proposal = Case.State.PROPOSED, proposal
            case.spot_start, case.spot_end = spots.get(case.pk) or (None, None)
            save_with_reason(case, by=by, reason=ChangeReason.PROPOSED)
        append_case_act("propose_case", locked, by=by, proposal=proposal.pk)
    return proposal


def approve_cases(proposal: Proposal, *, by: Editor, seen: Seen) -> Revision | None:
    """Publish a proposal, as the second editor. Raises as approve_proposal does."""
    refuse_without_permission(by)
    with transaction.atomic():
        revision = approve_proposal(proposal, by=by, seen=seen)
        settle_proposal(proposal)
    return revision


def consent_cases(proposal: Proposal, *, by: Editor, seen: Seen) -> Revision | None:
    """Publish an amended proposal, as its proposer. Raises as consent_to_amendment does."""
    refuse_without_permission(by)
    with transaction.atomic():
        revision = consent_to_amendment(proposal, by=by, seen=seen)
        settle_proposal(proposal)
    return revision


def amend_cases(proposal: Proposal, *, by: Editor, seen: Seen, amended: Mapping[str, Any]) -> None:
    """Change what was proposed for cases, as the second editor. Raises as amend_proposal does."""
    refuse_without_permission(by)
    with transaction.atomic():
        amend_proposal(proposal, by=by, seen=seen, **amended)
        for case in proposal.cases.filter(state=Case.State.PROPOSED):
            save_with_reason(case, by=by, reason=ChangeReason.AMENDED)


def return_cases(proposal: Proposal, *, by: Editor, reason: str) -> None:
    """Send a proposal back and reopen its cases. Raises as return_proposal does."""
    refuse_without_permission(by)
    with transaction.atomic():
        return_proposal(proposal, by=by, reason=reason)
        settle_proposal(proposal)


def decline_proposed(proposal: Proposal, *, by: Editor, reason: str) -> None:
    """Send a proposal back and decline its cases, with a public reason. Raises as return_proposal does."""
    with transaction.atomic():
        return_cases(proposal, by=by, reason=reason)
        for case in proposal.cases.filter(state=Case.State.OPEN).select_related("article").order_by("pk"):
            decline_case(case, by=by, reason=reason)


def move_spots(proposal: Proposal, before: Wording) -> None:
    """settings.DESK_REWORDING_HOOK: keep the places of cases in a waiting proposal whose words changed."""
    cases = list(proposal.cases.exclude(spot_start=None).exclude(field=""))
    spots = {case.pk: (case.spot_start or 0, case.spot_end or 0) for case in cases}
    moved = spots_in(proposal.wording, Composition(before, spots), cases)
    for case in cases:
        start, end = moved[case.pk]
        Case.objects.filter(pk=case.pk).update(spot_start=start, spot_end=end)


def settle_proposal(proposal: Proposal) -> None:
    """Apply a decided proposal to its cases, also when it was decided outside the desk. Idempotent."""
    with transaction.atomic():
        lock_article(proposal.article)
        decided = Proposal.objects.select_related("decided_by", "proposed_by", "revision").get(pk=proposal.pk)
        cases = list(
            Case.objects.select_for_update(of=("self",), no_key=True)
            .select_related("article", "anchored_in")
            .filter(proposal=decided, state__in=(Case.State.PROPOSED, Case.State.HANDED_OVER))
        )
        now = timezone.now()
        for case in cases:
            _settle(case, decided, at=now)
        close_abandoned(case.pk for case in cases)
        if cases and decided.state == Proposal.State.HANDED_OVER:
            append_case_act("hand_over_case", cases, by=decided.decided_by, proposal=decided.pk)
        elif cases and decided.revision:
            append_case_act("publish_case", cases, by=decider(decided), revision=decided.revision.number)


def decider(proposal: Proposal) -> Editor:
    """Who decided last: the second editor, where there is one."""
    return proposal.decided_by or proposal.proposed_by


def _settle(case: Case, proposal: Proposal, *, at: datetime) -> None:
    if proposal.revision:
        spot = (case.spot_start, case.spot_end) if case.spot_start is not None else None
        settle_published(case, proposal.revision, by=decider(proposal), spot=spot, at=at)
    elif proposal.state == Proposal.State.HANDED_OVER:
        case.state = Case.State.HANDED_OVER
        save_with_reason(case, by=proposal.decided_by, reason=ChangeReason.TO_SITE)
    elif proposal.state == Proposal.State.RETURNED and proposal.decided_by:
        case.state = Case.State.OPEN
        save_with_reason(case, by=proposal.decided_by, reason=proposal.reason)
    elif proposal.state == Proposal.State.RETURNED:
        is_fixed = case.anchor == AnchorStatus.FIXED
        case.state = Case.State.ALREADY_FIXED if is_fixed else Case.State.OPEN
        if proposal.reason == Proposal.Overtaken.NOT_SEEN:
            case.rank -= ON_TOP
        case.decided_at = at if is_fixed else None
        save_with_reason(case, by=None, reason=ChangeReason.MOVED % {"number": case.anchored_in.number})
