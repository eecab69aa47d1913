"""Sessions of editors, in the database; also settings.SESSION_ENGINE."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from newsroom.models import Editor
from newsroom.models.deadlines import CLOCKS_DIFFER


class SessionStore(DatabaseSession):
    """A session that ends later than one can was begun while the clock was ahead, and is over."""

    def _get_session_from_db(self) -> Session | None:
        session: Session | None = super()._get_session_from_db()  # type: ignore[misc]  # not in the stubs
        longest = timedelta(seconds=settings.SESSION_COOKIE_AGE) + CLOCKS_DIFFER
        if session is not None and session.expire_date > timezone.now() + longest:
            self._session_key = None
            return None
        return session


def end_sessions(editor: Editor, *, but: str | None = None) -> int:
    """Delete the editor's sessions except the one with key `but`; returns their number."""
    ended = 0
    # Sessions do not name their user; a desk has dozens, so reading them all is cheap.
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.session_key != but and session.get_decoded().get(SESSION_KEY) == str(editor.pk):
            session.delete()
            ended += 1
    return ended
