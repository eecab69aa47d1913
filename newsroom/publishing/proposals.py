"""Proposals: revisions that wait for a second editor, who approves exactly that or returns it."""

from django.db import transaction
from django.db.models import F, Q, QuerySet

from newsroom.audit.log import EXPIRE, PROPOSE, RETURN, append_act, number_of, proposal_digest
from newsroom.models import Article, Editor, Kind, Proposal, Revision
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
    StaleRevision,
    lock_article,
    publish_revision,
    refuse_invalid_text,
    refuse_revision,
)
from newsroom.text.canonical import Wording, refuse_control_characters


def propose_revision(
    article: Article, *, base: Revision | None, by: Editor, kind: Kind, wording: Wording, note: str = ""
) -> Proposal:
    """Store a proposal. Raises a Refused, as publish_revision does, except SecondEditorRequired."""
    note = note.strip()
    refuse_proposal(article, base=base, by=by, kind=kind, wording=wording, note=note)
    with transaction.atomic():
        locked = lock_article(article)
        if locked.current_id != (base.pk if base else None):
            raise StaleRevision(base, locked.current)
        proposal = Proposal.objects.create(
            article=locked,
            base=base,
            kind=kind,
            note=note,
            digest=proposal_digest(base=base, kind=kind, note=note, wording=wording),
            proposed_by=by,
            **wording.as_dict(),
        )
        payload = {"proposal": proposal.pk, "kind": kind.value, "digest": proposal.digest, "base": number_of(base)}
        append_act(PROPOSE, subject=f"article:{locked.slug}", by=by, payload=payload)
    return proposal


def refuse_proposal(
    article: Article, *, base: Revision | None, by: Editor, kind: Kind, wording: Wording, note: str = ""
) -> None:
    """Raises as propose_revision does, except StaleRevision, which needs the article's lock."""
    note = note.strip()
    refuse_control_characters(note)
    refuse_invalid_text(article, base=base, kind=kind, wording=wording, note=note)
    refuse_by_rule(by=by, kind=kind, note=note)
    refuse_missing_note(binding_changes(article, base=base, kind=kind, wording=wording), note)
    refuse_empty_note(base=base, kind=kind, wording=wording, note=note)


def approve_proposal(proposal: Proposal, *, by: Editor, digest: str) -> Revision:
    """Publish exactly what was proposed. `digest` is that of the proposal the approver saw.

    Raises AlreadyDecided when it was decided or replaced, StaleRevision when the article has changed, SelfApproval,
    RelatedAccounts, NotPermitted, and what settings.APPROVAL_RULES raise.
    """
    with transaction.atomic():
        locked = _lock_waiting(proposal)
        if not locked.digest == digest == _digest_of(locked):
            raise AlreadyDecided
        apply_approval_rules(locked, by=by)
        revision = publish_revision(
            locked.article,
            base=locked.base,
            by=locked.proposed_by,
            kind=Kind(locked.kind),
            wording=locked.wording,
            note=locked.note,
            approved_by=by,
        )
        locked.state, locked.decided_by, locked.revision = Proposal.State.APPROVED, by, revision
        locked.save(update_fields=["state", "decided_by", "revision"])
    proposal.refresh_from_db()
    return revision


def refuse_approval(proposal: Proposal, *, by: Editor, digest: str) -> None:
    """Raises as approve_proposal would now; `proposal` was just read, with its article."""
    if proposal.state != Proposal.State.WAITING or not proposal.digest == digest == _digest_of(proposal):
        raise AlreadyDecided
    apply_approval_rules(proposal, by=by)
    refuse_revision(
        proposal.article,
        base=proposal.base,
        by=proposal.proposed_by,
        kind=Kind(proposal.kind),
        wording=proposal.wording,
        note=proposal.note,
        approved_by=by,
    )
    if proposal.article.current_id != proposal.base_id:
        raise StaleRevision(proposal.base, proposal.article.current)


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
        locked = _lock_waiting(proposal)
        refuse_return(locked, by=by, reason=reason)
        _send_back(locked, by=by, reason=reason.strip())
        payload = {"proposal": locked.pk, "digest": locked.digest, "reason": locked.reason}
        append_act(RETURN, subject=f"article:{locked.article.slug}", by=by, payload=payload)
    return locked


def overtaken_proposals(article: Article | None = None) -> QuerySet[Proposal]:
    """Waiting proposals whose base is no longer current, of one article or of all; the oldest first."""
    # In two parts, since NULL never equals: the base of a first revision is NULL.
    moved_on = ~Q(base=F("article__current")) & Q(base__isnull=False)
    first_overtaken = Q(base=None, article__current__isnull=False)
    overtaken = Proposal.objects.filter(moved_on | first_overtaken, state=Proposal.State.WAITING)
    if article:
        overtaken = overtaken.filter(article=article)
    return overtaken.select_related("article").order_by("pk")


def expire_proposal(proposal: Proposal) -> bool:
    """Return an overtaken proposal to its author; False when it was decided meanwhile. Idempotent."""
    with transaction.atomic():
        try:
            locked = _lock_waiting(proposal)
        except AlreadyDecided:
            return False
        _send_back(locked, by=None, reason="")
        payload = {
            "proposal": locked.pk,
            "digest": locked.digest,
            "base": number_of(locked.base),
            "current": number_of(locked.article.current),
        }
        append_act(EXPIRE, subject=f"article:{locked.article.slug}", by=None, payload=payload)
    return True


def _lock_waiting(proposal: Proposal) -> Proposal:
    """Fresh row, locked after its article as all writers do. Raises AlreadyDecided."""
    article = lock_article(proposal.article)
    locked = (
        Proposal.objects.select_for_update(no_key=True, of=("self",))
        .select_related("base__stored_text", "proposed_by")
        .get(pk=proposal.pk)
    )
    if locked.state != Proposal.State.WAITING:
        raise AlreadyDecided
    locked.article = article
    return locked


def _digest_of(proposal: Proposal) -> str:
    return proposal_digest(base=proposal.base, kind=Kind(proposal.kind), note=proposal.note, wording=proposal.wording)


def _send_back(proposal: Proposal, *, by: Editor | None, reason: str) -> None:
    proposal.state, proposal.decided_by, proposal.reason = Proposal.State.RETURNED, by, reason
    proposal.save(update_fields=["state", "decided_by", "reason"])
