"""Keeps what editors write before it is public: one private draft for each article."""

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from newsroom.audit.head import note_public_change
from newsroom.audit.history import DESCRIBED, DISCARDED, DRAFTED
from newsroom.models import Article, Draft, Editor, Kind, Proposal, Revision
from newsroom.publishing.policy import NotPermitted
from newsroom.publishing.proposals import propose_revision
from newsroom.publishing.publish import AlreadyDecided, lock_article, publish_revision
from newsroom.text.canonical import Wording
from newsroom.text.sanitizer import plain_line, sanitise

PERMISSION = "newsroom.change_draft"
STARTING = "newsroom.add_article"
PARTS = ("headline", "standfirst", "byline", "body")


class DraftOvertaken(Exception):
    """Somebody saved, published or discarded the draft since the editor saw it; `draft` is what stands now, if any."""

    def __init__(self, draft: Draft | None) -> None:
        super().__init__(draft)
        self.draft = draft


class AddressTaken(Exception):
    """Another article stands under this slug."""


def find_draft(article: Article) -> Draft | None:
    drafts = Draft.objects.select_related("article", "base__content", "base__article", "edited_by")
    return drafts.filter(article=article).first()


def start_article(*, by: Editor, slug: str, language: str, section: str, typed: Wording) -> Draft:
    """A new article that nobody sees yet, with its first draft. Raises AddressTaken, NotPermitted."""
    if not by.has_perm(STARTING):
        raise NotPermitted
    if Article.objects.filter(slug=slug).exists():
        raise AddressTaken
    article = Article(slug=slug, language=language, section=section)
    try:
        with transaction.atomic():
            _save_described(article, by=by, reason=DRAFTED)
            return save_draft(article, base=None, by=by, typed=typed, seen=None)
    except IntegrityError as error:
        raise AddressTaken from error


def describe_article(article: Article, *, by: Editor, slug: str, language: str, section: str) -> None:
    """Give an article its section, its language and, before it is public, its address.

    Raises AddressTaken, NotPermitted.
    """
    if not by.has_perm(PERMISSION):
        raise NotPermitted
    if (article.slug, article.language, article.section) == (slug, language, section):
        return
    try:
        with transaction.atomic():
            # The row as it stands now: what is in hand may point at an older revision.
            locked = lock_article(article)
            locked.slug = slug if locked.state == Article.State.DRAFT else locked.slug
            locked.language, locked.section = language, section
            _save_described(locked, by=by, reason=DESCRIBED)
    except IntegrityError as error:
        raise AddressTaken from error
    article.refresh_from_db()


def save_draft(article: Article, *, base: Revision | None, by: Editor, typed: Wording, seen: datetime | None) -> Draft:
    """Keep what an editor typed, as they typed it.

    `base` is the revision that the text was made from; `seen` is the time of the draft that the editor had before
    them, None where there was none. Raises DraftOvertaken, and nothing is written, when another one stands by now.
    """
    if not by.has_perm(PERMISSION):
        raise NotPermitted
    values = {**typed.as_dict(), "base": base, "edited_by": by}
    if seen is None:
        draft, mine = Draft.objects.get_or_create(article=article, defaults=values)
        saved_at = draft.edited_at
    else:
        saved_at = timezone.now()
        mine = Draft.objects.filter(article=article, edited_at=seen).update(**values, edited_at=saved_at) == 1
    now = find_draft(article)
    if now is None or not mine or now.edited_at != saved_at:
        raise DraftOvertaken(now)
    return now


def fit_wording(draft: Draft) -> Wording:
    """What would be published: plain lines and a sanitised body.

    A body that nobody touched stays byte for byte what it is, for sanitising it again might change it.
    Raises ControlCharacters or TooLong of newsroom.text.sanitizer.
    """
    typed, content = draft.wording, getattr(draft.base, "content", None)
    lines = Wording(plain_line(typed.headline), plain_line(typed.standfirst), plain_line(typed.byline), body="")
    untouched = content is not None and content.body == typed.body
    return replace(lines, body=typed.body if untouched else sanitise(typed.body))


def publish_draft(draft: Draft, *, by: Editor, kind: Kind, note: str) -> Revision:
    """Make the draft the next revision; then there is no draft. Raises DraftOvertaken, or a Refused.

    A retraction keeps the words that stand: a draft with other words is none of it, and stays.
    """
    with transaction.atomic():
        wording = _take_words(draft, kind)
        return publish_revision(draft.article, base=draft.base, by=by, kind=kind, wording=wording, note=note)


def propose_draft(draft: Draft, *, by: Editor, kind: Kind, note: str) -> Proposal:
    """Lay the draft before a second editor; then there is no draft. Raises as publish_draft does."""
    with transaction.atomic():
        wording = _take_words(draft, kind)
        return propose_revision(draft.article, base=draft.base, by=by, kind=kind, wording=wording, note=note)


def discard_draft(draft: Draft, *, by: Editor) -> None:
    """Throw a draft away, and with it an article of which nothing else was ever kept.

    Raises DraftOvertaken, NotPermitted.
    """
    if not by.has_perm(PERMISSION):
        raise NotPermitted
    with transaction.atomic():
        article = lock_article(draft.article)
        _take(draft)
        if article.current is None and not article.proposals.exists():
            _name_actor(article, by=by, reason=DISCARDED)
            article.delete()


def take_up_proposal(proposal: Proposal, *, by: Editor) -> Draft:
    """Make a draft of a proposal that was sent back.

    Raises AlreadyDecided when it was not sent back, DraftOvertaken when the article has a draft.
    """
    if proposal.state != Proposal.State.RETURNED:
        raise AlreadyDecided
    return save_draft(proposal.article, base=proposal.base, by=by, typed=proposal.wording, seen=None)


def _take_words(draft: Draft, kind: Kind) -> Wording:
    """The wording of the next revision, for which the draft is used up."""
    wording, content = fit_wording(draft), getattr(draft.base, "content", None)
    if kind is Kind.RETRACTION and content is not None and wording != content.wording:
        standing: Wording = content.wording
        return standing
    _take(draft)
    return wording


def _take(draft: Draft) -> None:
    """Delete the very draft in hand."""
    if not Draft.objects.filter(pk=draft.pk, edited_at=draft.edited_at).delete()[0]:
        raise DraftOvertaken(find_draft(draft.article))


def _save_described(article: Article, *, by: Editor, reason: str) -> None:
    _name_actor(article, by=by, reason=reason)
    article.save()
    note_public_change()  # its section and language stand on public pages


def _name_actor(article: Article, *, by: Editor, reason: str) -> None:
    article._history_user = by  # type: ignore[attr-defined]  # how django-simple-history is told the actor
    article._change_reason = reason  # type: ignore[attr-defined]
