"""Write an internal note, blank one, or keep one that names nobody; no act says so."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from corrections.decisions.rules import PERMISSION
from corrections.models import Case, InternalNote, Notification
from corrections.notes.mentions import mentioned_in
from corrections.notifications.writing import notify
from corrections.screening.hidden_characters import without_hidden_characters
from newsroom.models import Article, Editor
from newsroom.publishing.policy import NotPermitted

MAX_NOTE = 2000  # characters


class NoteRefused(Exception):
    """The note is empty or too long; the message is for its editor."""


def add_note(article: Article, *, by: Editor, text: str, case: Case | None = None) -> InternalNote:
    """Store a note about a case of the article, or about the article; tells whom it mentions.

    Raises NotPermitted, NoteRefused.
    """
    if not by.has_perm(PERMISSION):
        raise NotPermitted
    text = without_hidden_characters(text.replace("\r\n", "\n")).strip()
    if not text:
        raise NoteRefused(_("Write a few words."))
    if len(text) > MAX_NOTE:
        raise NoteRefused(_("Shorten it to %(most)s characters.") % {"most": MAX_NOTE})
    with transaction.atomic():
        note = InternalNote.objects.create(article=article, case=case, by=by, text=text)
        notify(Notification.Kind.MENTIONED, mentioned_in(text), by=by, article=article, case=case)
    return note


def blank_note(note: InternalNote, *, by: Editor) -> None:
    """Take the words away for good; that there was a note stays. Idempotent. Raises NotPermitted."""
    if not by.has_perm(PERMISSION):
        raise NotPermitted
    blanked = {"text": "", "blanked_at": timezone.now(), "blanked_by": by, "to_check_since": None}
    InternalNote.objects.filter(pk=note.pk, blanked_at=None).update(**blanked)


def keep_note(note: InternalNote, *, by: Editor) -> None:
    """An editor looked: the note says nothing of an erased reader. Idempotent. Raises NotPermitted."""
    if not by.has_perm(PERMISSION):
        raise NotPermitted
    InternalNote.objects.filter(pk=note.pk).update(to_check_since=None)
