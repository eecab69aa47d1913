"""Sessions of an editor."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from newsroom.models import Editor


def end_sessions(editor: Editor, *, but: str | None = None) -> int:
    """Delete the editor's sessions except the one with key `but`; returns their number."""
    ended = 0
    # Sessions do not name their user; a desk has dozens, so reading them all is cheap.
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.session_key != but and session.get_decoded().get(SESSION_KEY) == str(editor.pk):
            session.delete()
            ended += 1
    return ended
