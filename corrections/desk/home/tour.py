"""The tour: three cards on an editor's home, from the first time that it is opened until they are put away or the
session ends."""

from django.contrib.sessions.backends.base import SessionBase

from newsroom.models import Editor

KEPT_AS = "tour"  # in the session


def is_tour_on(editor: Editor, session: SessionBase) -> bool:
    """Whether to show it now; with the first session it is over for good."""
    if editor.tour_due and Editor.objects.filter(pk=editor.pk, tour_due=True).update(tour_due=False):
        session[KEPT_AS] = True
    return KEPT_AS in session


def put_tour_away(session: SessionBase) -> None:
    session.pop(KEPT_AS, None)
