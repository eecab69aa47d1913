"""Amendments: a second editor changes a proposal's words, note or kind, and somebody else has to agree to that.

Either its proposer consents, who stays the editor while the amender is the approver; or the amender takes it over as
their own proposal, which a third editor approves.
"""

from django.db import transaction

from newsroom.audit.log import AMEND, append_act, lock_head, number_of
from newsroom.diffs.rebasing import ChangesOverlap, rebase
from newsroom.models import Amendment, Editor, Kind, Proposal, Revision
from newsroom.publishing.moves import ProposalStep, Seen, lock_on_current, refuse_unseen, reword, tell_desk
from newsroom.publishing.policy import APPROVAL, NotPermitted, apply_approval_rules, refuse_by_rule, refuse_one_hand
from newsroom.publishing.proposals import refuse_proposal
from newsroom.publishing.publish import AlreadyDecided, NothingChanged, StaleRevision
from newsroom.text.canonical import Wording


def amend_proposal(
    proposal: Proposal,
    *,
    by: Editor,
    seen: Seen,
    kind: Kind,
    wording: Wording,
    note: str,
    asks_consent: bool,
) -> Proposal:
    """Change a waiting proposal; `wording` is made from the revision on which the amender saw it.

    Raises as approve_proposal does, NothingChanged, and as propose_revision does for what is wanted.
    """
    note = note.strip()
    with transaction.atomic():
        locked = lock_on_current(proposal)
        refuse_unseen(locked, seen)
        wording = _on_base(locked, wording, seen)
        refuse_amendment(locked, by=by, kind=kind, wording=wording, note=note, asks_consent=asks_consent)
        before = Amendment.objects.create(
            proposal=locked,
            base=locked.base,
            kind=locked.kind,
            note=locked.note,
            digest=locked.digest,
            proposed_by=locked.proposed_by,
            amended_by=by,
            **locked.wording.as_dict(),
        )
        proposer, amender = (locked.proposed_by, by) if asks_consent else (by, None)
        changed = {"kind": kind, "note": note, "proposed_by": proposer, "amended_by": amender}
        reword(locked, base=locked.base, wording=wording, **changed)
        tell_desk(locked, ProposalStep.AMENDED, by=by, proposer=before.proposed_by)
        lock_head()
        refuse_one_hand(proposed_by=before.proposed_by, approved_by=by)
        append_act(AMEND, subject=f"article:{locked.article.slug}", by=by, payload=_act_payload(locked, before))
    return locked


def refuse_amendment(
    proposal: Proposal, *, by: Editor, kind: Kind, wording: Wording, note: str, asks_consent: bool
) -> None:
    """Raises as amend_proposal would; `proposal` was just read, with its article, and moved to the current revision."""
    if proposal.state != Proposal.State.WAITING:
        raise AlreadyDecided
    if proposal.article.current_id != proposal.base_id:
        raise StaleRevision(proposal.base, proposal.article.current)
    if not by.has_perm(APPROVAL):
        raise NotPermitted
    refuse_one_hand(proposed_by=proposal.proposed_by, approved_by=by)
    apply_approval_rules(proposal, by=by)
    refuse_by_rule(by=by, kind=kind, note=note)
    if (kind, note.strip(), wording) == (proposal.kind, proposal.note, proposal.wording):
        raise NothingChanged
    editor = proposal.proposed_by if asks_consent else by
    refuse_proposal(proposal.article, base=proposal.base, by=editor, kind=kind, wording=wording, note=note)


def _on_base(locked: Proposal, wording: Wording, seen: Seen) -> Wording:
    """The amended words on the revision that the proposal stands on. Raises StaleRevision, WordsWithheld."""
    if locked.base is None or seen.base in (None, locked.base.number):
        return wording
    earlier = Revision.objects.select_related("stored_text").get(article=locked.article, number=seen.base)
    try:
        return rebase(earlier.require_content().wording, wording, locked.base.require_content().wording)
    except ChangesOverlap as overlap:
        raise StaleRevision(earlier, locked.base) from overlap


def _act_payload(amended: Proposal, before: Amendment) -> dict[str, object]:
    return {
        "proposal": amended.pk,
        "amendment": before.pk,
        "base": number_of(amended.base),
        "digest": before.digest,
        "amended_digest": amended.digest,
        "kind": amended.kind,
        "proposed_by_id": amended.proposed_by_id,
        "amended_by_id": amended.amended_by_id,
    }
