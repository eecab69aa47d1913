"""Publishes revisions: the one way by which an article's public words change."""

from django.db import transaction

from newsroom.audit.history import save_with_reason
from newsroom.audit.log import PUBLISH, append_act, database_now, number_of, wording_digest
from newsroom.models import Article, Editor, Kind, Revision, RevisionText
from newsroom.publishing.policy import Refused, refuse_by_policy
from newsroom.text.canonical import Wording, canonical_text, refuse_control_characters
from newsroom.text.sanitizer import plain_line, sanitise


class StaleRevision(Refused):
    """The article moved on since the text in hand was made; `current` is what stands now."""

    def __init__(self, base: Revision | None, current: Revision | None) -> None:
        super().__init__(base, current)
        self.base = base
        self.current = current


class NothingChanged(Refused):
    """The text is the text of the current revision."""


class WrongKind(Refused):
    """A first revision is a publication and no later one is; a retracted article stays as it is."""


class WordsChanged(Refused):
    """A retraction says why and leaves the words as they stand."""


class EmptyText(Refused):
    """A headline and a body are needed."""


class AlreadyDecided(Refused):
    """Somebody decided before."""


def clean_wording(*, headline: str, standfirst: str, byline: str, body: str) -> Wording:
    """What a door received, made fit to publish: plain lines, sanitised body.

    Raises EmptyText, and ControlCharacters or TooLong of newsroom.text.sanitizer.
    """
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
) -> Revision:
    """Make the next public revision of an article, under the policy's rules for its kind.

    `base` is the revision that the wording was made from, None for the first. `wording` comes from clean_wording, or
    is such a wording with a splice in it. Raises a Refused.
    """
    note = note.strip()
    refuse_revision(article, base=base, by=by, kind=kind, wording=wording, note=note, approved_by=approved_by)
    with transaction.atomic():
        locked = lock_article(article)
        if locked.current_id != (base.pk if base else None):
            raise StaleRevision(base, locked.current)
        revision = Revision.objects.create(
            article=locked,
            number=base.number + 1 if base else 1,
            kind=kind,
            note=note,
            editor=by,
            approved_by=approved_by,
            based_on=base,
            published_at=database_now(),
            digest=wording_digest(wording),
        )
        RevisionText.objects.create(revision=revision, text=canonical_text(wording.body), **wording.as_dict())
        _point_at(locked, revision, by=by)
        append_act(PUBLISH, subject=f"article:{locked.slug}", by=by, payload=_act_payload(revision))
    article.refresh_from_db()
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
) -> None:
    """Raises what publish_revision would, but for a StaleRevision, which is told under the article's lock alone."""
    note = note.strip()
    refuse_control_characters(note)
    refuse_unsound(article, base=base, kind=kind, wording=wording)
    refuse_by_policy(article, base=base, by=by, kind=kind, wording=wording, note=note, approved_by=approved_by)


def lock_article(article: Article) -> Article:
    """The article's row as it stands now, locked until the transaction ends.

    Readers' inserts refer to the row and must not wait, hence no_key. SQLite's transactions are IMMEDIATE.
    """
    return Article.objects.select_for_update(no_key=True, of=("self",)).select_related("current").get(pk=article.pk)


def refuse_unsound(article: Article, *, base: Revision | None, kind: Kind, wording: Wording) -> None:
    if not wording.headline or not canonical_text(wording.body):
        raise EmptyText
    if (base is None) != (kind is Kind.PUBLICATION) or article.state == Article.State.RETRACTED:
        raise WrongKind
    is_same = base is not None and wording_digest(wording) == base.digest
    if kind is Kind.RETRACTION and not is_same:
        raise WordsChanged
    if kind is not Kind.RETRACTION and is_same:
        raise NothingChanged


def _point_at(article: Article, revision: Revision, *, by: Editor) -> None:
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
        "published_at": revision.published_at.isoformat(timespec="microseconds"),
    }
