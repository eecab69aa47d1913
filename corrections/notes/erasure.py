"""What becomes of internal notes when readers' data goes."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from corrections.models import OPEN_STATES, Case, InternalNote, Suggestion


def ask_to_check(suggestions: Iterable[UUID]) -> int:
    """List the notes on the cases of erased readers for an editor, who blanks what names one; returns how many."""
    joined = Suggestion.objects.filter(pk__in=list(suggestions))
    cases, left = joined.values("case"), joined.values("merged_from")
    about = Q(case__in=cases) | Q(case__in=left) | Q(case__merged_into__in=cases)
    unlisted = InternalNote.objects.filter(about, to_check_since=None).exclude(text="")
    return unlisted.update(to_check_since=timezone.now())


def blank_notes(keys: Iterable[int]) -> int:
    """By no editor: what they say was withheld."""
    blanked = {"text": "", "blanked_at": timezone.now(), "to_check_since": None}
    return InternalNote.objects.filter(pk__in=list(keys), blanked_at=None).update(**blanked)


def delete_old_notes(before: datetime) -> int:
    """Notes on cases settled before then, as their readers' data goes, and on articles written before then."""
    settled = Q(case__decided_at__lt=before) & ~Q(case__state__in=[*OPEN_STATES, Case.State.MERGED])
    followed = Q(case__state=Case.State.MERGED, case__merged_into__decided_at__lt=before)
    followed &= ~Q(case__merged_into__state__in=OPEN_STATES)
    old = InternalNote.objects.filter(Q(case=None) | settled | followed, made_at__lt=before)
    return old.delete()[0]
