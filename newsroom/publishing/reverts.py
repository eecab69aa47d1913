"""Brings the words of an earlier revision back, as a new one."""

from newsroom.models import Editor, Kind, Proposal, Revision
from newsroom.publishing.policy import NoteRequired, Refused
from newsroom.publishing.proposals import propose_revision
from newsroom.publishing.publish import publish_revision
from newsroom.text.canonical import Wording


class WordsWithheld(Refused):
    """The words of the revision are gone."""


def revert_to(revision: Revision, *, base: Revision, by: Editor, kind: Kind, note: str) -> Revision:
    """Publish the words of an earlier revision once more; `base` is what the editor saw as current.

    A revert always says why, whatever its kind: raises NoteRequired, WordsWithheld, or as publish_revision does.
    """
    wording = _wording(revision, note)
    return publish_revision(revision.article, base=base, by=by, kind=kind, wording=wording, note=note)


def propose_revert(revision: Revision, *, base: Revision, by: Editor, kind: Kind, note: str) -> Proposal:
    """Lay the same before a second editor. Raises as revert_to does."""
    wording = _wording(revision, note)
    return propose_revision(revision.article, base=base, by=by, kind=kind, wording=wording, note=note)


def _wording(revision: Revision, note: str) -> Wording:
    if not note.strip():
        raise NoteRequired
    content = getattr(revision, "content", None)
    if content is None:
        raise WordsWithheld
    wording: Wording = content.wording
    return wording
