"""Reverts: publish an earlier revision's words as a new revision."""

from newsroom.models import Article, Editor, Kind, Proposal, Revision
from newsroom.publishing.policy import NoteRequired
from newsroom.publishing.proposals import propose_revision
from newsroom.publishing.publish import StaleRevision, publish_revision
from newsroom.text.canonical import Wording


def revert_to(revision: Revision, *, base: Revision, by: Editor, kind: Kind, note: str) -> Revision:
    """Publish the words of an earlier revision; `base` is the revision that the editor saw as current.

    A revert needs a note whatever its kind. Raises NoteRequired, WordsWithheld, or as publish_revision does.
    """
    wording = _wording(revision, base, note)
    return publish_revision(revision.article, base=base, by=by, kind=kind, wording=wording, note=note)


def propose_revert(revision: Revision, *, base: Revision, by: Editor, kind: Kind, note: str) -> Proposal:
    """Propose a revert. Raises as revert_to does."""
    wording = _wording(revision, base, note)
    return propose_revision(revision.article, base=base, by=by, kind=kind, wording=wording, note=note)


def _wording(revision: Revision, base: Revision, note: str) -> Wording:
    if not note.strip():
        raise NoteRequired
    # All words of that revision are asked for, so that any other change since is a conflict.
    current = Article.objects.select_related("current").get(pk=revision.article_id).current
    if current != base:
        raise StaleRevision(base, current)
    return revision.require_content().wording
