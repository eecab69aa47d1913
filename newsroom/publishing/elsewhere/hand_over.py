"""Hand-over: a revision that is decided here, and made once the article's own site shows its words.

No answer of a site's system proves that readers see them: only a look at the page does.
"""

import re
from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from newsroom.audit.log import HAND_OVER, append_act, number_of, proposal_digest
from newsroom.diffs.words import aligned
from newsroom.models import Article, Editor, Kind, Proposal, Refused, Revision, SourceArticle, WordsWithheld
from newsroom.publishing.moves import expire, move_locked
from newsroom.publishing.policy import article_elsewhere
from newsroom.publishing.publish import (
    Change,
    StaleRevision,
    lock_article,
    move_to_current,
    publish_revision,
    refuse_revision,
)
from newsroom.text.canonical import Wording, canonical_text

FIRST_LOOK = timedelta(seconds=5)
LINK = re.compile(r'href="([^"]*)"')  # sanitised HTML has its attributes so
BESIDE = 12  # characters on each side of a change that have to stand there too
State = Proposal.State


def is_elsewhere(article: Article) -> bool:
    return article_elsewhere(article) is not None


def hand_over(
    article: Article, *, base: Revision, by: Editor, kind: Kind, wording: Wording, note: str = ""
) -> Proposal:
    """Hand over what one editor may decide alone. Raises as publish_revision does, under the policy."""
    note = note.strip()
    locked = lock_article(article)
    change = move_to_current(locked, Change(base, wording))
    refuse_revision(locked, base=change.base, by=by, kind=kind, wording=change.wording, note=note, seen=True)
    proposal = Proposal.objects.create(
        article=locked,
        base=change.base,
        kind=kind,
        note=note,
        digest=proposal_digest(base=change.base, kind=kind, note=note, wording=change.wording),
        proposed_by=by,
        state=State.HANDED_OVER,
        **change.wording.as_dict(),
    )
    _note_hand_over(proposal, by=by)
    return proposal


def hand_over_approved(locked: Proposal, *, approved_by: Editor) -> None:
    """Hand over what a second editor approved; `locked` with its article."""
    locked.state, locked.decided_by = State.HANDED_OVER, approved_by
    locked.save(update_fields=["state", "decided_by"])
    _note_hand_over(locked, by=approved_by)


def carry_out_seen(article: Article, seen: Wording) -> list[Proposal]:
    """Make the revisions of those handed over whose words the site shows; the article is locked by the caller.

    Where a look found the same words changed otherwise before, it comes back: triage sees how they read now.
    """
    done = list[Proposal]()
    waiting = Proposal.objects.filter(article=article, state=State.HANDED_OVER)
    for proposal in waiting.select_related("base__stored_text", "proposed_by", "decided_by").order_by("pk"):
        if not shows(seen, proposal):
            continue
        proposal.article = article
        try:
            if proposal.base_id != article.current_id:
                move_locked(proposal)
        except (StaleRevision, WordsWithheld):
            expire(proposal, Proposal.Overtaken.OVERLAP)
            continue
        try:
            revision = publish_revision(
                article,
                base=proposal.base,
                by=proposal.proposed_by,
                kind=Kind(proposal.kind),
                wording=proposal.wording,
                note=proposal.note,
                approved_by=proposal.decided_by,
                seen=True,
            )
        except Refused:
            continue
        proposal.state = State.APPROVED if proposal.decided_by_id else State.CARRIED_OUT
        proposal.revision = revision
        proposal.save(update_fields=["state", "revision"])
        done.append(proposal)
    end_wait(article)
    return done


def shows(seen: Wording, proposal: Proposal) -> bool:
    """Whether a page has the changed words of a proposal where the proposal has them."""
    base = proposal.base.content if proposal.base else None
    if base is None:
        return False
    was, wanted, there = (_texts(each) for each in (base.wording, proposal.wording, seen))
    texts = zip(was, wanted, there, strict=True)
    links = _links(proposal.wording) - _links(base.wording)
    return links <= _links(seen) and all(_has_changes(old, new, found) for old, new, found in texts if old != new)


def _links(wording: Wording) -> set[str]:
    """Addresses that a change of words does not tell of."""
    return set(LINK.findall(wording.body))


def _texts(wording: Wording) -> tuple[str, ...]:
    return wording.headline, wording.standfirst, wording.byline, canonical_text(wording.body)


def _has_changes(old: str, new: str, found: str) -> bool:
    """Whether each part of `new` that differs from `old` is in `found`, with what stands beside it."""
    same = [(start, end) for start, end, _changed in _parts(new, found, keeps=False)]
    for start, end, changed in _parts(old, new, keeps=True):
        low, high = max(start - BESIDE, 0), min(end + BESIDE, len(new))
        if changed and not any(first <= low and high <= last for first, last in same):
            return False
    return True


def _parts(old: str, new: str, *, keeps: bool) -> Iterator[tuple[int, int, bool]]:
    """Code points of `new` (`keeps`: with the changed parts) or of `old` that stand in both, in turn."""
    at = 0
    for before, after in aligned(old, new):
        piece = after if keeps else before
        if keeps or before == after:
            yield at, at + len(piece), before != after
        at += len(piece)


def _note_hand_over(proposal: Proposal, *, by: Editor) -> None:
    """The act, and a look at the page soon."""
    payload = {
        "proposal": proposal.pk,
        "kind": proposal.kind,
        "digest": proposal.digest,
        "base": number_of(proposal.base),
        "approved_by_id": proposal.decided_by_id,
    }
    now = timezone.now()
    placed = SourceArticle.objects.filter(article=proposal.article)
    placed.update(handed_over_at=now)
    placed.exclude(next_look_at=None).update(next_look_at=now + FIRST_LOOK, step=0)
    append_act(HAND_OVER, subject=f"article:{proposal.article.slug}", by=by, payload=payload)


def end_wait(article: Article) -> None:
    """Once nothing that was handed over is left, its page is looked at as rarely as any other."""
    if not Proposal.objects.filter(article=article, state=State.HANDED_OVER).exists():
        SourceArticle.objects.filter(article=article).update(handed_over_at=None)


def overdue_articles() -> list[SourceArticle]:
    """Articles whose site has not shown what was handed over within the hours that its chief gave it."""
    waiting = SourceArticle.objects.filter(handed_over_at__isnull=False).select_related("source", "article")
    now = timezone.now()
    return [each for each in waiting if each.handed_over_at and each.handed_over_at + each.patience <= now]


def send_back_overdue(placed: SourceArticle) -> None:
    """What was handed over and not seen in time comes back to the desk. Idempotent."""
    with transaction.atomic():
        article = lock_article(placed.article)
        for proposal in Proposal.objects.filter(article=article, state=State.HANDED_OVER).select_related("base"):
            proposal.article = article
            expire(proposal, Proposal.Overtaken.NOT_SEEN)
        end_wait(article)
