"""Drafts: one private draft per article, its optimistic locking, and publishing it."""

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from newsroom.audit.head import note_public_change
from newsroom.audit.history import DESCRIBED, DISCARDED, DRAFTED
from newsroom.models import Article, Draft, Editor, Kind, Proposal, Refused, Revision
from newsroom.publishing.policy import NotPermitted
from newsroom.publishing.proposals import propose_revision
from newsroom.publishing.publish import AlreadyDecided, lock_article, publish_revision
from newsroom.text.canonical import Wording
from newsroom.text.links import dead_links
from newsroom.text.sanitizer import plain_line, sanitise

PERMISSION = "newsroom.change_draft"
START_PERMISSION = "newsroom.add_article"
PARTS = ("headline", "standfirst", "byline", "body")


class StaleDraft(Exception):
    """Optimistic lock: another draft was saved since the editor saw theirs, or none is left; see `draft`."""

    def __init__(self, draft: Draft | None) -> None:
        super().__init__(draft)
        self.draft = draft


class SlugTaken(Exception):
    """Another article has this slug."""


class DeadLinks(Refused):
    """The new words hold links that lead nowhere; see `addresses`."""

    def __init__(self, addresses: list[str]) -> None:
        super().__init__(addresses)
        self.addresses = addresses


def find_draft(article: Article) -> Draft | None:
    drafts = Draft.objects.select_related("article", "base__stored_text", "base__article", "edited_by")
    return drafts.filter(article=article).first()


def start_article(*, by: Editor, slug: str, language: str, section: str, typed: Wording) -> Draft:
    """A new, unpublished article with its first draft. Raises SlugTaken, NotPermitted."""
    if not by.has_perm(START_PERMISSION):
        raise NotPermitted
    if Article.objects.filter(slug=slug).exists():
        raise SlugTaken
    article = Article(slug=slug, language=language, section=section)
    try:
        with transaction.atomic():
            _save_article(article, by=by, reason=DRAFTED)
            return save_draft(article, base=None, by=by, typed=typed, seen=None)
    except IntegrityError as error:
        raise SlugTaken from error


def update_article(article: Article, *, by: Editor, slug: str, language: str, section: str) -> None:
    """Change section and language, and the slug before publication. Raises SlugTaken, NotPermitted."""
    if not by.has_perm(PERMISSION):
        raise NotPermitted
    if (article.slug, article.language, article.section) == (slug, language, section):
        return
    try:
        with transaction.atomic():
            # Fresh row: the instance may point at an older revision.
            locked = lock_article(article)
            locked.slug = slug if locked.state == Article.State.DRAFT else locked.slug
            locked.language, locked.section = language, section
            _save_article(locked, by=by, reason=DESCRIBED)
    except IntegrityError as error:
        raise SlugTaken from error
    article.refresh_from_db()


def save_draft(article: Article, *, base: Revision | None, by: Editor, typed: Wording, seen: datetime | None) -> Draft:
    """Save the text as typed; `base` is its revision, `seen` the time of the draft that the editor saw.

    Raises StaleDraft, and writes nothing, when another draft was saved since, or the words of an earlier `base` were
    withheld: an open page would bring them back.
    """
    if not by.has_perm(PERMISSION):
        raise NotPermitted
    if base and base.content is None and base.pk != article.current_id:
        raise StaleDraft(find_draft(article))
    values = {**typed.as_dict(), "base": base, "edited_by": by}
    if seen is None:
        draft, mine = Draft.objects.get_or_create(article=article, defaults=values)
        saved_at = draft.edited_at
    else:
        saved_at = timezone.now()
        mine = Draft.objects.filter(article=article, edited_at=seen).update(**values, edited_at=saved_at) == 1
    now = find_draft(article)
    if now is None or not mine or now.edited_at != saved_at:
        raise StaleDraft(now)
    return now


def clean_draft(draft: Draft) -> Wording:
    """What would be published: plain lines and a sanitised body. Raises ControlCharacters, TooLong.

    An unchanged body stays byte for byte, since sanitising it again might change it.
    """
    typed, content = draft.wording, draft.base.content if draft.base else None
    lines = Wording(plain_line(typed.headline), plain_line(typed.standfirst), plain_line(typed.byline), body="")
    untouched = content is not None and content.body == typed.body
    return replace(lines, body=typed.body if untouched else sanitise(typed.body))


def publish_draft(draft: Draft, *, by: Editor, kind: Kind, note: str) -> Revision:
    """Publish the draft and delete it. Raises StaleDraft, or a Refused.

    A retraction keeps the current words: a draft with other words stays.
    """
    with transaction.atomic():
        wording = _consume(draft, kind)
        return publish_revision(draft.article, base=draft.base, by=by, kind=kind, wording=wording, note=note)


def propose_draft(draft: Draft, *, by: Editor, kind: Kind, note: str) -> Proposal:
    """Propose the draft and delete it. Raises as publish_draft does."""
    with transaction.atomic():
        wording = _consume(draft, kind)
        return propose_revision(draft.article, base=draft.base, by=by, kind=kind, wording=wording, note=note)


def discard_draft(draft: Draft, *, by: Editor) -> None:
    """Delete a draft, and its article if that was never published. Raises StaleDraft, NotPermitted."""
    if not by.has_perm(PERMISSION):
        raise NotPermitted
    with transaction.atomic():
        article = lock_article(draft.article)
        _delete(draft)
        if article.current is None and not article.proposals.exists():
            _name_actor(article, by=by, reason=DISCARDED)
            article.delete()


def reopen_proposal(proposal: Proposal, *, by: Editor) -> Draft:
    """Make a draft from a returned proposal.

    Raises AlreadyDecided when it was not returned, WordsWithheld, StaleDraft when the article has a draft.
    """
    if proposal.state != Proposal.State.RETURNED:
        raise AlreadyDecided
    if proposal.base:
        proposal.base.require_content()
    return save_draft(proposal.article, base=proposal.base, by=by, typed=proposal.wording, seen=None)


def _consume(draft: Draft, kind: Kind) -> Wording:
    """The wording to publish; deletes the draft."""
    wording, content = clean_draft(draft), draft.base.content if draft.base else None
    if kind is Kind.RETRACTION and content is not None and wording != content.wording:
        return content.wording
    refuse_dead_links(draft.body, content.body if content else "")
    _delete(draft)
    return wording


def refuse_dead_links(body: str, before: str) -> None:
    """Links that stood there before may stay. Raises DeadLinks."""
    known = dead_links(before)
    if new := [address for address in dead_links(body) if address not in known]:
        raise DeadLinks(new)


def _delete(draft: Draft) -> None:
    """Delete the draft unless it was saved since."""
    if not Draft.objects.filter(pk=draft.pk, edited_at=draft.edited_at).delete()[0]:
        raise StaleDraft(find_draft(draft.article))


def _save_article(article: Article, *, by: Editor, reason: str) -> None:
    _name_actor(article, by=by, reason=reason)
    article.save()
    note_public_change()  # section and language appear on public pages


def _name_actor(article: Article, *, by: Editor, reason: str) -> None:
    article._history_user = by  # type: ignore[attr-defined]  # read by django-simple-history
    article._change_reason = reason  # type: ignore[attr-defined]
