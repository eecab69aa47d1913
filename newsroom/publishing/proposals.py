"""Proposals: revisions that wait for a second editor, who approves exactly that or returns it.

Unrelated revisions do not send a proposal back: it moves to the current one, and is approved there.
"""

from django.db import transaction

from newsroom.audit.log import CONSENT, PROPOSE, RETURN, append_act, number_of, proposal_digest
from newsroom.models import Article, Editor, Kind, Proposal, Refused, Revision
from newsroom.publishing.elsewhere.hand_over import hand_over_approved, is_elsewhere
from newsroom.publishing.moves import (
    ProposalStep,
    Seen,
    lock_on_current,
    lock_waiting,
    move_locked,
    refuse_unseen,
    send_back,
    tell_desk,
)
from newsroom.publishing.policy import (
    PERMISSION,
    NoteRequired,
    NotPermitted,
    apply_approval_rules,
    binding_changes,
    refuse_by_rule,
    refuse_empty_note,
    refuse_missing_note,
)
from newsroom.publishing.publish import (
    AlreadyDecided,
    Change,
    StaleRevision,
    lock_article,
    move_to_current,
    publish_revision,
    refuse_invalid_text,
    refuse_revision,
    refuse_wrong_kind,
)
from newsroom.text.canonical import Wording, refuse_control_characters


class ConsentRequired(Refused):
    """A second editor amended the proposal: its proposer has to consent, or a third editor to take it over."""


def propose_revision(
    article: Article, *, base: Revision | None, by: Editor, kind: Kind, wording: Wording, note: str = ""
) -> Proposal:
    """Store a proposal, moved to the current revision. Raises as publish_revision does, except SecondEditorRequired."""
    note = note.strip()
    refuse_proposal(article, base=base, by=by, kind=kind, wording=wording, note=note)
    with transaction.atomic():
        locked = lock_article(article)
        proposal = Proposal.objects.create(
            article=locked,
            base=base,
            kind=kind,
            note=note,
            digest=proposal_digest(base=base, kind=kind, note=note, wording=wording),
            proposed_by=by,
            **wording.as_dict(),
        )
        tell_desk(proposal, ProposalStep.PROPOSED, by=by)
        payload = {"proposal": proposal.pk, "kind": kind.value, "digest": proposal.digest, "base": number_of(base)}
        append_act(PROPOSE, subject=f"article:{locked.slug}", by=by, payload=payload)
        if locked.current_id != proposal.base_id:
            move_locked(proposal)
    return proposal


def refuse_proposal(
    article: Article, *, base: Revision | None, by: Editor, kind: Kind, wording: Wording, note: str = ""
) -> None:
    """Raises as propose_revision does, as far as it can be told without the article's lock."""
    note = note.strip()
    if base is None:
        refuse_wrong_kind(article, base=base, kind=kind)
    change = move_to_current(article, Change(base, wording))
    base, wording = change.base, change.wording
    refuse_control_characters(note)
    refuse_invalid_text(article, base=base, kind=kind, wording=wording, note=note)
    refuse_by_rule(by=by, kind=kind, note=note)
    refuse_missing_note(binding_changes(article, base=base, kind=kind, wording=wording), note)
    refuse_empty_note(base=base, kind=kind, wording=wording, note=note)


def approve_proposal(proposal: Proposal, *, by: Editor, seen: Seen) -> Revision | None:
    """Publish exactly what was proposed.

    Raises AlreadyDecided when it was decided or replaced, ProposalMoved when it stands on another revision,
    StaleRevision when the article has changed the same words, ConsentRequired, SelfApproval, RelatedAccounts,
    NotPermitted, and what settings.APPROVAL_RULES raise.
    """
    with transaction.atomic():
        locked = lock_on_current(proposal)
        if locked.amended_by:
            raise ConsentRequired
        refuse_unseen(locked, seen)
        tell_desk(locked, ProposalStep.APPROVED, by=by)
        revision = _publish(locked, approved_by=by)
    proposal.refresh_from_db()
    return revision


def consent_to_amendment(proposal: Proposal, *, by: Editor, seen: Seen) -> Revision | None:
    """Publish a proposal as another editor amended it, once its proposer consents to exactly that.

    The proposer stays the editor of the revision, the amender is its approver. Raises as approve_proposal does,
    NotPermitted for whoever is not the proposer, AlreadyDecided where nothing was amended.
    """
    with transaction.atomic():
        locked = lock_on_current(proposal)
        amender = _amender(locked, by=by)
        refuse_unseen(locked, seen)
        tell_desk(locked, ProposalStep.APPROVED, by=by)
        payload = {"proposal": locked.pk, "digest": locked.digest}
        append_act(CONSENT, subject=f"article:{locked.article.slug}", by=by, payload=payload)
        revision = _publish(locked, approved_by=amender)
    proposal.refresh_from_db()
    return revision


def _publish(locked: Proposal, *, approved_by: Editor) -> Revision | None:
    """None where it is handed over: another system publishes the article."""
    apply_approval_rules(locked, by=approved_by)
    if is_elsewhere(locked.article):
        _refuse_revision(locked, approved_by=approved_by)
        hand_over_approved(locked, approved_by=approved_by)
        return None
    revision = publish_revision(
        locked.article,
        base=locked.base,
        by=locked.proposed_by,
        kind=Kind(locked.kind),
        wording=locked.wording,
        note=locked.note,
        approved_by=approved_by,
    )
    locked.state, locked.decided_by, locked.revision = Proposal.State.APPROVED, approved_by, revision
    locked.save(update_fields=["state", "decided_by", "revision"])
    return revision


def refuse_approval(proposal: Proposal, *, by: Editor, seen: Seen) -> None:
    """Raises as approve_proposal would now; `proposal` was just read, with its article."""
    if proposal.state != Proposal.State.WAITING:
        raise AlreadyDecided
    if proposal.amended_by_id:
        raise ConsentRequired
    _refuse_publication(proposal, approved_by=by, seen=seen)


def refuse_consent(proposal: Proposal, *, by: Editor, seen: Seen) -> None:
    """Raises as consent_to_amendment would now; `proposal` was just read, with its article."""
    if proposal.state != Proposal.State.WAITING:
        raise AlreadyDecided
    _refuse_publication(proposal, approved_by=_amender(proposal, by=by), seen=seen)


def _amender(proposal: Proposal, *, by: Editor) -> Editor:
    """Who amended a proposal, if `by` is the one to consent. Raises AlreadyDecided, NotPermitted."""
    if proposal.amended_by is None:
        raise AlreadyDecided
    if by.pk != proposal.proposed_by_id:
        raise NotPermitted
    return proposal.amended_by


def _refuse_publication(proposal: Proposal, *, approved_by: Editor, seen: Seen) -> None:
    refuse_unseen(proposal, seen)
    apply_approval_rules(proposal, by=approved_by)
    _refuse_revision(proposal, approved_by=approved_by)
    if proposal.article.current_id != proposal.base_id:
        raise StaleRevision(proposal.base, proposal.article.current)


def _refuse_revision(proposal: Proposal, *, approved_by: Editor) -> None:
    refuse_revision(
        proposal.article,
        base=proposal.base,
        by=proposal.proposed_by,
        kind=Kind(proposal.kind),
        wording=proposal.wording,
        note=proposal.note,
        approved_by=approved_by,
        seen=is_elsewhere(proposal.article),
    )


def refuse_return(proposal: Proposal, *, by: Editor, reason: str) -> None:
    """Raises as return_proposal would now."""
    if not by.has_perm(PERMISSION):
        raise NotPermitted
    if not reason.strip():
        raise NoteRequired
    if proposal.state != Proposal.State.WAITING:
        raise AlreadyDecided


def return_proposal(proposal: Proposal, *, by: Editor, reason: str) -> Proposal:
    """Return a proposal to its author. Raises AlreadyDecided, NoteRequired without a reason, NotPermitted."""
    with transaction.atomic():
        locked = lock_waiting(proposal)
        refuse_return(locked, by=by, reason=reason)
        send_back(locked, by=by, reason=reason.strip())
        payload = {"proposal": locked.pk, "digest": locked.digest, "reason": locked.reason}
        append_act(RETURN, subject=f"article:{locked.article.slug}", by=by, payload=payload)
    return locked
