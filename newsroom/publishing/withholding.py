"""Withholding: delete a revision's text and its copies, by order of two editors; the record keeps the rest."""

import re
from collections.abc import Callable, Iterable
from html import unescape
from typing import TypeAlias
from urllib.parse import unquote

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils.module_loading import import_string

from newsroom.audit.log import (
    ASK_WITHHOLDING,
    EXPIRE,
    RETURN_WITHHOLDING,
    WITHHOLD,
    append_act,
    database_now,
    lock_head,
    number_of,
)
from newsroom.diffs.withheld_text import WithheldText
from newsroom.models import (
    Amendment,
    Article,
    Draft,
    Editor,
    Picture,
    Proposal,
    Refused,
    Revision,
    RevisionText,
    Withholding,
    WordingFields,
)
from newsroom.publishing.moves import ProposalStep, tell_desk
from newsroom.publishing.policy import NoteRequired, NotPermitted, refuse_one_hand
from newsroom.publishing.publish import AlreadyDecided, lock_article
from newsroom.text.canonical import canonical_text, refuse_control_characters

PERMISSION = "newsroom.withhold_revision"
FIELDS = ("headline", "standfirst", "byline", "body")
PICTURE = re.compile(r'src="([^"]*)"')
EMPTY_FIELDS = dict.fromkeys(FIELDS, "")


class StillCurrent(Refused):
    """The revision is the current one: another has to be published first."""


# settings.DESK_REDACTION_HOOKS: each deletes an app's copies of withheld words; returns the number of rows.
RedactionHook: TypeAlias = Callable[[Revision, WithheldText], int]


def ask_withholding(revision: Revision, *, by: Editor, reason: str) -> Withholding:
    """Ask a second editor to withhold a revision; the reason is public.

    Raises StillCurrent, AlreadyDecided when it is withheld or asked for, NoteRequired, NotPermitted.
    """
    reason = reason.strip()
    refuse_control_characters(reason)
    if not by.has_perm(PERMISSION):
        raise NotPermitted
    if not reason:
        raise NoteRequired
    with transaction.atomic():
        _refuse_current(lock_article(revision.article), revision)
        try:
            with transaction.atomic():
                withholding = Withholding.objects.create(revision=revision, reason=reason, asked_by=by)
        except IntegrityError as error:
            raise AlreadyDecided from error
        _append_act(ASK_WITHHOLDING, withholding, by=by)
    return withholding


def approve_withholding(withholding: Withholding, *, by: Editor) -> Withholding:
    """Delete the text, as the second editor; number, kind, note, digest and address stay.

    Raises AlreadyDecided, StillCurrent, SelfApproval, RelatedAccounts, NotPermitted.
    """
    if not by.has_perm(PERMISSION):
        raise NotPermitted
    with transaction.atomic():
        article = lock_article(withholding.revision.article)
        locked = _lock_waiting(withholding)
        refuse_one_hand(proposed_by=locked.asked_by, approved_by=by)
        _refuse_current(article, locked.revision)
        locked.state, locked.decided_by, locked.decided_at = Withholding.State.APPROVED, by, database_now()
        locked.save(update_fields=["state", "decided_by", "decided_at"])  # the triggers allow the DELETE from here on
        copies = _delete_text(locked.revision)
        lock_head()
        refuse_one_hand(proposed_by=locked.asked_by, approved_by=by)
        # Last, since it moves the head: no process serves a page cached before it.
        _append_act(WITHHOLD, locked, by=by, copies=copies)
    return locked


def return_withholding(withholding: Withholding, *, by: Editor, reason: str) -> Withholding:
    """Keep the text. Raises AlreadyDecided, NoteRequired without a reason, NotPermitted."""
    if not by.has_perm(PERMISSION):
        raise NotPermitted
    if not reason.strip():
        raise NoteRequired
    with transaction.atomic():
        locked = _lock_waiting(withholding)
        locked.state, locked.decided_by, locked.decided_at = Withholding.State.RETURNED, by, database_now()
        locked.answer = reason.strip()
        locked.save(update_fields=["state", "decided_by", "decided_at", "answer"])
        _append_act(RETURN_WITHHOLDING, locked, by=by, answer=locked.answer)
    return locked


def _lock_waiting(withholding: Withholding) -> Withholding:
    rows = Withholding.objects.select_for_update(no_key=True, of=("self",)).select_related("revision__article")
    locked = rows.get(pk=withholding.pk)
    if locked.state != Withholding.State.WAITING:
        raise AlreadyDecided
    return locked


def _refuse_current(article: Article, revision: Revision) -> None:
    # A retracted article shows its reason instead of its words, and cannot be published again.
    if article.current_id == revision.pk and article.state != Article.State.RETRACTED:
        raise StillCurrent


def _delete_text(revision: Revision) -> int:
    """Delete the text and the copies of words that are public nowhere else; returns the number of copies."""
    others = RevisionText.objects.filter(revision__article=revision.article_id).exclude(revision=revision)
    content = revision.require_content()
    gone = WithheldText(words=_words_of(content), public=tuple(word for text in others for word in _words_of(text)))
    content.delete()
    hooks: list[RedactionHook] = [import_string(path) for path in settings.DESK_REDACTION_HOOKS]
    copies = _clear_unpublished(revision, gone) + _clear_pictures(content.body, [text.body for text in others])
    return copies + sum(hook(revision, gone) for hook in hooks)


def _words_of(content: RevisionText) -> tuple[str, ...]:
    return tuple(content.canonical(field) for field in FIELDS)


def clear_proposals(proposals: Iterable[Proposal]) -> int:
    """Clear proposals of other articles that hold withheld words, under acts that say so; none that was published.

    All their articles are locked first, since an act locks the head of the record.
    """
    keys = sorted((proposal.article_id, proposal.pk) for proposal in proposals)
    for article in Article.objects.filter(pk__in={article for article, _pk in keys}).order_by("pk"):
        lock_article(article)
    rows = Proposal.objects.select_related("article__current", "base", "proposed_by").filter(
        pk__in=[pk for _article, pk in keys]
    )
    held = [row for row in rows.exclude(state=Proposal.State.APPROVED).order_by("pk") if row.headline]
    for proposal in held:
        _clear_proposal(proposal)
        proposal.amendments.update(note="", **EMPTY_FIELDS)
        payload = {"proposal": proposal.pk, "digest": proposal.digest, "base": number_of(proposal.base)}
        payload |= {"current": number_of(proposal.article.current), "reason": Proposal.Overtaken.WITHHELD.value}
        append_act(EXPIRE, subject=f"article:{proposal.article.slug}", by=None, payload=payload)
    return len(held)


def _clear_unpublished(revision: Revision, gone: WithheldText) -> int:
    """Clear proposals based on the revision or published as it, also as they were before an amendment, and drafts.

    The note of a proposal that was published is public, and stays.
    """
    copies = 0
    for proposal in Proposal.objects.filter(article=revision.article_id):
        is_named = proposal.state != Proposal.State.APPROVED and gone.is_told_in(proposal.note)
        is_made_of_it = revision.pk in (proposal.base_id, proposal.revision_id)
        if is_made_of_it or is_named or gone.is_copied_in(_text_of(proposal)):
            _clear_proposal(proposal)
            copies += 1
    for amendment in Amendment.objects.filter(proposal__article=revision.article_id).select_related("proposal"):
        is_made_of_it = revision.pk in (amendment.base_id, amendment.proposal.revision_id)
        if is_made_of_it or gone.is_told_in(amendment.note) or gone.is_copied_in(_text_of(amendment)):
            copies += Amendment.objects.filter(pk=amendment.pk).update(note="", **EMPTY_FIELDS)
    for draft in Draft.objects.filter(article=revision.article_id):
        if draft.base_id == revision.pk or gone.is_copied_in(_text_of(draft)):
            draft.delete()
            copies += 1
    return copies


def _clear_proposal(proposal: Proposal) -> None:
    """Of one that was published the words alone; another one goes back, and the desk is told of one that waited."""
    rows = Proposal.objects.filter(pk=proposal.pk)
    rows.update(**EMPTY_FIELDS)
    rows.exclude(state=Proposal.State.APPROVED).update(note="")
    waiting = rows.filter(state=Proposal.State.WAITING)
    was_waiting = waiting.update(state=Proposal.State.RETURNED, reason=Proposal.Overtaken.WITHHELD)
    proposal.refresh_from_db(fields=["state", "reason"])
    if was_waiting:
        tell_desk(proposal, ProposalStep.RETURNED, by=None)


def _clear_pictures(body: str, public: list[str]) -> int:
    """Clear the text alternatives that pictures of the body have in the desk, and in the admin's log."""
    names = [unquote(address.removeprefix(settings.MEDIA_URL)) for address in PICTURE.findall(body)]
    told = [unescape(html) for html in public]
    gone = [
        picture.pk
        for picture in Picture.objects.filter(file__in=names).exclude(alt="")
        if not any(picture.alt in html for html in told)
    ]
    log = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Picture), object_id__in=map(str, gone))
    log.update(object_repr="")
    return Picture.objects.filter(pk__in=gone).update(alt="")


def _text_of(row: WordingFields) -> str:
    return "\n\n".join([row.headline, row.standfirst, row.byline, canonical_text(row.body)])


def _append_act(verb: str, withholding: Withholding, *, by: Editor, **more: str | int) -> None:
    revision = withholding.revision
    payload = {
        "withholding": withholding.pk,
        "revision": revision.number,
        "digest": revision.digest,
        "reason": withholding.reason,
        "asked_by": withholding.asked_by.username,
        "asked_by_id": withholding.asked_by_id,
        "asked_at": withholding.asked_at.isoformat(timespec="microseconds"),
        **more,
    }
    if withholding.decided_at:
        payload["decided_at"] = withholding.decided_at.isoformat(timespec="microseconds")
    append_act(verb, subject=f"article:{revision.article.slug}", by=by, payload=payload)
