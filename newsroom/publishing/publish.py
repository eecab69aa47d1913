"""publish_revision: the only writer of an article's public words.

What was made from an older revision moves to the current one by itself, where it touches other words.
"""

from dataclasses import dataclass
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from newsroom.audit.history import save_with_reason
from newsroom.audit.log import (
    MOVE_REVISION,
    PUBLISH,
    append_act,
    database_now,
    lock_head,
    number_of,
    proposal_digest,
    wording_digest,
)
from newsroom.diffs.rebasing import ChangesOverlap, rebase
from newsroom.models import Article, Editor, Kind, Refused, Revision, RevisionText
from newsroom.publishing.policy import NOTICE_KINDS, POLICY, refuse_by_policy, refuse_one_hand
from newsroom.text.canonical import Wording, canonical_text, refuse_control_characters
from newsroom.text.sanitizer import plain_line, sanitise


class StaleRevision(Refused):
    """Optimistic lock: revisions since the base, up to `current`, touch the same words, or retract the article."""

    def __init__(self, base: Revision | None, current: Revision | None) -> None:
        super().__init__(base, current)
        self.base = base
        self.current = current


class NothingChanged(Refused):
    """The text equals the current revision's."""


class WrongKind(Refused):
    """The first revision must be a publication, later ones must not; a retracted article is final."""


class WordsChanged(Refused):
    """A retraction must not change words."""


class EmptyText(Refused):
    """Headline and body are required."""


class AlreadyDecided(Refused):
    """Already decided by somebody."""


@dataclass(frozen=True, slots=True)
class Change:
    """A new wording, and the revision that it was made from."""

    base: Revision | None
    wording: Wording

    @property
    def base_id(self) -> int | None:
        return self.base.pk if self.base else None


def move_to_current(article: Article, change: Change) -> Change:
    """The same change to the article's current revision. Raises StaleRevision, and WordsWithheld for the base."""
    if article.current_id == change.base_id:
        return change
    fresh = Article.objects.select_related("current__stored_text").get(pk=article.pk)
    base, current = change.base, fresh.current
    if base is None or current is None or fresh.state == Article.State.RETRACTED:
        raise StaleRevision(base, current)
    was, stands = base.require_content().wording, current.require_content().wording
    try:
        return Change(current, rebase(was, change.wording, stands))
    except ChangesOverlap as overlap:
        raise StaleRevision(base, current) from overlap


def move_payload(made: Change, moved: Change, *, kind: Kind, note: str) -> dict[str, object]:
    """Both bases and both digests, for an act about a move."""
    return {
        "base": number_of(made.base),
        "digest": proposal_digest(base=made.base, kind=kind, note=note, wording=made.wording),
        "moved_base": number_of(moved.base),
        "moved_digest": proposal_digest(base=moved.base, kind=kind, note=note, wording=moved.wording),
    }


def clean_wording(*, headline: str, standfirst: str, byline: str, body: str) -> Wording:
    """Clean input for publishing: plain lines, sanitised body. Raises EmptyText, ControlCharacters, TooLong."""
    wording = Wording(
        headline=plain_line(headline), standfirst=plain_line(standfirst), byline=plain_line(byline), body=sanitise(body)
    )
    if not wording.headline or not canonical_text(wording.body):
        raise EmptyText
    return wording


def publish_revision(
    article: Article,
    *,
    base: Revision | None,
    by: Editor,
    kind: Kind,
    wording: Wording,
    note: str = "",
    approved_by: Editor | None = None,
    seen: bool = False,
) -> Revision:
    """Publish the next revision of an article, under the policy.

    `base` is the revision that the wording is based on, None for the first, with which a new article is stored.
    `wording` comes from clean_wording, or from that by splicing. Where the article has moved on, what is published is
    the same change to its current revision, under an act that names both. `seen`: on its own site. Raises a Refused.
    """
    note, made = note.strip(), Change(base, wording)
    refuse_wrong_kind(article, base=base, kind=kind)
    check = partial(_checked, made=made, by=by, kind=kind, note=note, approved_by=approved_by, seen=seen)
    # Before the transaction: on SQLite it keeps every other writer waiting.
    change, text = check(article)
    with transaction.atomic():
        if article.pk is None:
            article.save()
        locked = lock_article(article)
        if locked.current_id != change.base_id:  # somebody published in between
            change, text = check(locked)
        revision = _store(locked, change, text, by=by, kind=kind, note=note, approved_by=approved_by)
        if approved_by:
            lock_head()
            refuse_one_hand(proposed_by=by, approved_by=approved_by)
        if change != made:
            payload = {"revision": revision.number, **move_payload(made, change, kind=kind, note=note)}
            append_act(MOVE_REVISION, subject=f"article:{locked.slug}", by=by, payload=payload)
        append_act(PUBLISH, subject=f"article:{locked.slug}", by=by, payload=_act_payload(revision))
    article.refresh_from_db()
    return revision


def _checked(
    article: Article, *, made: Change, by: Editor, kind: Kind, note: str, approved_by: Editor | None, seen: bool
) -> tuple[Change, str]:
    """The change on the article's current revision, as the policy allows it, and its canonical text."""
    change = move_to_current(article, made)
    rules = partial(refuse_revision, by=by, kind=kind, note=note, approved_by=approved_by, seen=seen)
    rules(article, base=change.base, wording=change.wording)
    return change, canonical_text(change.wording.body)


def _store(
    article: Article, change: Change, text: str, *, by: Editor, kind: Kind, note: str, approved_by: Editor | None
) -> Revision:
    """The revision with its text, as the current one of the locked article."""
    revision = Revision.objects.create(
        article=article,
        number=change.base.number + 1 if change.base else 1,
        kind=kind,
        note=note,
        editor=by,
        approved_by=approved_by,
        based_on=change.base,
        published_at=database_now(),
        digest=wording_digest(change.wording),
    )
    RevisionText.objects.create(revision=revision, text=text, **change.wording.as_dict())
    _set_current(article, revision, by=by)
    if settings.DESK_PUBLICATION_HOOK:
        import_string(settings.DESK_PUBLICATION_HOOK)(revision)
    return revision


def refuse_revision(
    article: Article,
    *,
    base: Revision | None,
    by: Editor,
    kind: Kind,
    wording: Wording,
    note: str = "",
    approved_by: Editor | None = None,
    seen: bool = False,
) -> None:
    """Raises as publish_revision does, except StaleRevision, which needs the article's lock."""
    note = note.strip()
    refuse_control_characters(note)
    refuse_invalid_text(article, base=base, kind=kind, wording=wording, note=note)
    rules = partial(refuse_by_policy, base=base, by=by, kind=kind, wording=wording, note=note, seen=seen)
    rules(article, approved_by=approved_by)


def lock_article(article: Article) -> Article:
    """SELECT FOR UPDATE of the article's row.

    no_key: readers' INSERTs reference the row and must not wait. SQLite's transactions are IMMEDIATE.
    """
    return Article.objects.select_for_update(no_key=True, of=("self",)).select_related("current").get(pk=article.pk)


def refuse_invalid_text(
    article: Article, *, base: Revision | None, kind: Kind, wording: Wording, note: str = ""
) -> None:
    if not wording.headline or not canonical_text(wording.body):
        raise EmptyText
    refuse_wrong_kind(article, base=base, kind=kind)
    is_same = base is not None and wording_digest(wording) == base.digest
    if kind is Kind.RETRACTION and not is_same:
        raise WordsChanged
    if kind is not Kind.RETRACTION and is_same and not _puts_a_notice_right(article, kind, note):
        raise NothingChanged


def refuse_wrong_kind(article: Article, *, base: Revision | None, kind: Kind) -> None:
    if (base is None) != (kind is Kind.PUBLICATION) or article.state == Article.State.RETRACTED:
        raise WrongKind


def _puts_a_notice_right(article: Article, kind: Kind, note: str) -> bool:
    """Whether a note without new words may stand: beside an earlier notice; what two editors told is for two."""
    if kind not in NOTICE_KINDS or not note.strip():
        return False
    earlier = {Kind(each) for each in article.revisions.filter(kind__in=NOTICE_KINDS).values_list("kind", flat=True)}
    by_two = any(POLICY[each].second_editor for each in earlier)
    return bool(earlier) and (POLICY[kind].second_editor or not by_two)


def _set_current(article: Article, revision: Revision, *, by: Editor) -> None:
    article.current = revision
    article.state = Article.State.RETRACTED if revision.kind == Kind.RETRACTION else Article.State.PUBLISHED
    save_with_reason(article, by=by, reason=f"{revision.kind} {revision.number}")


def _act_payload(revision: Revision) -> dict[str, object]:
    return {
        "revision": revision.number,
        "kind": revision.kind,
        "note": revision.note,
        "digest": revision.digest,
        "based_on": number_of(revision.based_on),
        "approved_by": revision.approved_by.username if revision.approved_by else None,
        "approved_by_id": revision.approved_by_id,  # accounts may be renamed
        "published_at": revision.published_at.isoformat(timespec="microseconds"),
    }
