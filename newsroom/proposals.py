"""Lays a revision before a second editor, who publishes exactly that or sends it back."""

from django.db import transaction

from newsroom.audit import append_act
from newsroom.models import Article, Editor, Kind, Proposal, Revision
from newsroom.publishing import (
    PERMISSION,
    AlreadyDecided,
    NoteRequired,
    NotPermitted,
    StaleRevision,
    lock_article,
    number_of,
    publish_revision,
    refuse_by_rule,
    refuse_empty_note,
    refuse_unsound,
    wording_digest,
)
from newsroom.text import Wording, refuse_control_characters


def propose_revision(
    article: Article, *, base: Revision | None, by: Editor, kind: Kind, wording: Wording, note: str = ""
) -> Proposal:
    """Lay a revision before a second editor. Raises a Refused, as publishing would but for the second editor."""
    note = note.strip()
    refuse_control_characters(note)
    refuse_unsound(article, base=base, kind=kind, wording=wording)
    refuse_by_rule(by=by, kind=kind, note=note)
    refuse_empty_note(base=base, kind=kind, wording=wording, note=note)
    with transaction.atomic():
        locked = lock_article(article)
        if locked.current_id != (base.pk if base else None):
            raise StaleRevision(base, locked.current)
        proposal = Proposal.objects.create(
            article=locked,
            base=base,
            kind=kind,
            note=note,
            digest=wording_digest(wording),
            proposed_by=by,
            **wording.as_dict(),
        )
        payload = {"proposal": proposal.pk, "kind": kind.value, "digest": proposal.digest, "base": number_of(base)}
        append_act("propose", subject=f"article:{locked.slug}", by=by, payload=payload)
    return proposal


def approve_proposal(proposal: Proposal, *, by: Editor, digest: str) -> Revision:
    """Publish exactly what was proposed, as the second editor.

    `digest` is that of the text the approver saw. Raises AlreadyDecided when the proposal was decided before or holds
    another text by now, StaleRevision when the article moved on, SelfApproval, NotPermitted.
    """
    with transaction.atomic():
        locked = (
            Proposal.objects.select_for_update(no_key=True, of=("self",)).select_related("article").get(pk=proposal.pk)
        )
        if locked.state != Proposal.State.WAITING or not locked.digest == digest == wording_digest(locked.wording):
            raise AlreadyDecided
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


def expire_proposal(proposal: Proposal) -> None:
    """Send back a proposal whose base is the current revision no longer; nobody decided it, so no Act is written."""
    waiting = Proposal.objects.filter(pk=proposal.pk, state=Proposal.State.WAITING)
    waiting.update(state=Proposal.State.RETURNED, reason="")


def return_proposal(proposal: Proposal, *, by: Editor, reason: str) -> Proposal:
    """Send a proposal back unpublished. Raises AlreadyDecided, NoteRequired without a reason, NotPermitted."""
    if not by.has_perm(PERMISSION):
        raise NotPermitted
    if not reason.strip():
        raise NoteRequired
    with transaction.atomic():
        locked = (
            Proposal.objects.select_for_update(no_key=True, of=("self",)).select_related("article").get(pk=proposal.pk)
        )
        if locked.state != Proposal.State.WAITING:
            raise AlreadyDecided
        locked.state, locked.decided_by, locked.reason = Proposal.State.RETURNED, by, reason.strip()
        locked.save(update_fields=["state", "decided_by", "reason"])
        payload = {"proposal": locked.pk, "digest": locked.digest, "reason": locked.reason}
        append_act("return", subject=f"article:{locked.article.slug}", by=by, payload=payload)
    return locked
