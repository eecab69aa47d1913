"""Moves of waiting proposals: the same change, on the article's current revision, under an act that names both."""

from dataclasses import dataclass
from enum import Enum, auto

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.module_loading import import_string

from newsroom.audit.log import EXPIRE, MOVE, append_act, number_of, proposal_digest
from newsroom.diffs.rebasing import ChangesOverlap, rebase
from newsroom.diffs.sentences import touched_sentences
from newsroom.models import Article, Editor, Kind, Proposal, Refused, Revision, WordsWithheld
from newsroom.publishing.publish import (
    AlreadyDecided,
    Change,
    StaleRevision,
    lock_article,
    move_payload,
    move_to_current,
)
from newsroom.text.canonical import Wording


class ProposalMoved(Refused):
    """The proposal stands on a later revision than the one on which the editor saw it; its change is the same."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Which proposal an editor decided about: its digest, and the number of the revision on which it stood.

    `is_decided`: they decided before it moved, so that the same change on a later revision is what they decided about.
    """

    digest: str
    base: int | None = None
    is_decided: bool = False


class ProposalStep(Enum):
    """What became of a proposal, for settings.DESK_PROPOSAL_HOOK."""

    PROPOSED = auto()
    AMENDED = auto()
    APPROVED = auto()
    RETURNED = auto()


def is_overtaken(proposal: Proposal) -> bool:
    """Whether a proposal that was just read, with its article, waits on an older revision than the current one."""
    return proposal.state == Proposal.State.WAITING and proposal.base_id != proposal.article.current_id


def lock_waiting(proposal: Proposal) -> Proposal:
    """Fresh row, locked after its article as all writers do. Raises AlreadyDecided."""
    article = lock_article(proposal.article)
    locked = (
        Proposal.objects.select_for_update(no_key=True, of=("self",))
        .select_related("base__stored_text", "proposed_by", "amended_by")
        .get(pk=proposal.pk)
    )
    if locked.state != Proposal.State.WAITING:
        raise AlreadyDecided
    locked.article = article
    return locked


def lock_on_current(proposal: Proposal) -> Proposal:
    """The locked row, moved to the current revision. Raises AlreadyDecided, StaleRevision, WordsWithheld."""
    locked = lock_waiting(proposal)
    if locked.article.current_id != locked.base_id:
        move_locked(locked)
    return locked


def move_locked(proposal: Proposal) -> None:
    """Move a locked proposal to the current revision. Raises StaleRevision, WordsWithheld."""
    if digest_of(proposal) != proposal.digest:
        raise AlreadyDecided  # not what was sealed; verify_audit names it
    made = Change(proposal.base, proposal.wording)
    moved = move_to_current(proposal.article, made)
    payload = {"proposal": proposal.pk, **move_payload(made, moved, kind=Kind(proposal.kind), note=proposal.note)}
    reword(proposal, base=moved.base, wording=moved.wording)
    append_act(MOVE, subject=f"article:{proposal.article.slug}", by=None, payload=payload)


def reword(proposal: Proposal, *, base: Revision | None, wording: Wording, **changed: object) -> None:
    """Save other words and what else changed, with their digest; tell settings.DESK_REWORDING_HOOK of the words."""
    before = proposal.wording
    for name, value in {**wording.as_dict(), **changed}.items():
        setattr(proposal, name, value)
    proposal.base, proposal.digest = base, ""
    proposal.digest = digest_of(proposal)
    proposal.save(update_fields=["base", "digest", *wording.as_dict(), *changed])
    if hook := settings.DESK_REWORDING_HOOK:
        import_string(hook)(proposal, before)


def tell_desk(proposal: Proposal, step: ProposalStep, *, by: Editor | None, proposer: Editor | None = None) -> None:
    """Call settings.DESK_PROPOSAL_HOOK in the step's transaction. `proposer`: who it was before an amendment."""
    if hook := settings.DESK_PROPOSAL_HOOK:
        import_string(hook)(proposal, step, by=by, proposer=proposer or proposal.proposed_by)


def refuse_unseen(proposal: Proposal, seen: Seen) -> None:
    """Refuse another proposal than an editor saw. Raises AlreadyDecided where it was changed, ProposalMoved.

    What was decided before it moved holds as long as the sentences that it changes read as they were seen.
    """
    if proposal.digest != digest_of(proposal):
        raise AlreadyDecided
    if proposal.digest != seen.digest:
        before = _as_seen(proposal, seen)
        if before is None:
            raise AlreadyDecided
        if not seen.is_decided or not _reads_the_same(proposal, before):
            raise ProposalMoved


def digest_of(proposal: Proposal) -> str:
    return proposal_digest(base=proposal.base, kind=Kind(proposal.kind), note=proposal.note, wording=proposal.wording)


def _reads_the_same(proposal: Proposal, before: Change) -> bool:
    """Whether nobody changed other words of the sentences that it changes: an editor decides on sentences."""
    old = before.base.require_content().wording if before.base else None
    now = proposal.base.require_content().wording if proposal.base else None
    if old is None or now is None:
        return False
    return touched_sentences(old, before.wording) == touched_sentences(now, proposal.wording)


def _as_seen(proposal: Proposal, seen: Seen) -> Change | None:
    """The same change on the revision on which it was seen, carried back and sealed there again; else None."""
    earlier = (
        Revision.objects.select_related("stored_text").filter(article=proposal.article, number=seen.base or 0).first()
    )
    base = proposal.base.content if proposal.base else None
    if earlier is None or earlier.content is None or base is None:
        return None
    try:
        wording = rebase(base.wording, proposal.wording, earlier.content.wording)
    except ChangesOverlap:
        return None
    sealed = proposal_digest(base=earlier, kind=Kind(proposal.kind), note=proposal.note, wording=wording)
    return Change(earlier, wording) if seen.digest == sealed else None


def overtaken_proposals(article: Article | None = None) -> QuerySet[Proposal]:
    """Waiting proposals whose base is no longer current, of one article or of all; the oldest first."""
    # In two parts, since NULL never equals: the base of a first revision is NULL.
    moved_on = ~Q(base=F("article__current")) & Q(base__isnull=False)
    first_overtaken = Q(base=None, article__current__isnull=False)
    overtaken = Proposal.objects.filter(moved_on | first_overtaken, state=Proposal.State.WAITING)
    if article:
        overtaken = overtaken.filter(article=article)
    return overtaken.select_related("article").order_by("pk")


def move_overtaken(proposal: Proposal) -> bool:
    """Move an overtaken proposal to the current revision, or return it to its author where the same words changed.

    False when it was decided meanwhile, or stands on the current revision already. Idempotent.
    """
    with transaction.atomic():
        try:
            locked = lock_waiting(proposal)
            if locked.article.current_id == locked.base_id:
                return False
            move_locked(locked)
        except AlreadyDecided:
            return False
        except StaleRevision:
            is_retracted = locked.article.state == Article.State.RETRACTED
            expire(locked, Proposal.Overtaken.RETRACTED if is_retracted else Proposal.Overtaken.OVERLAP)
        except WordsWithheld:
            expire(locked, Proposal.Overtaken.WITHHELD)
    return True


def expire(locked: Proposal, reason: Proposal.Overtaken) -> None:
    """Send a locked proposal back without an editor, under an act that says why."""
    send_back(locked, by=None, reason=reason.value)
    payload = {
        "proposal": locked.pk,
        "digest": locked.digest,
        "base": number_of(locked.base),
        "current": number_of(locked.article.current),
        "reason": locked.reason,
    }
    append_act(EXPIRE, subject=f"article:{locked.article.slug}", by=None, payload=payload)


def send_back(proposal: Proposal, *, by: Editor | None, reason: str) -> None:
    proposal.state, proposal.decided_by, proposal.reason = Proposal.State.RETURNED, by, reason
    proposal.save(update_fields=["state", "decided_by", "reason"])
    tell_desk(proposal, ProposalStep.RETURNED, by=by)
