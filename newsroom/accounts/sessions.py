"""The log-ins of an editor, wherever they stand open."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone

from newsroom.models import Editor


def end_sessions(editor: Editor, *, but: str | None = None) -> int:
    """Log the editor out everywhere, the session with the key `but` excepted; returns how many log-ins ended."""
    ended = 0
    # A desk has dozens of log-ins, not thousands, and a session does not say whose it is without being read.
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.session_key != but and session.get_decoded().get(SESSION_KEY) == str(editor.pk):
            session.delete()
            ended += 1
    return ended
