"""Internal notes as the pages of the desk show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from corrections.models import Case, InternalNote
from corrections.notes.mentions import NotePiece, named_in, pieces_of
from newsroom.models import Article, Editor

MOST_NOTES = 100


@dataclass(frozen=True, slots=True)
class ShownNote:
    """A note with its words in runs; no runs where an editor blanked it."""

    note: InternalNote
    pieces: list[NotePiece]


def notes_of_case(case: Case) -> list[ShownNote]:
    """Those of cases merged into it too, the oldest first."""
    return _shown(InternalNote.objects.filter(Q(case=case) | Q(case__merged_into=case)))


def notes_of_article(article: Article) -> list[ShownNote]:
    """About the article itself, the oldest first."""
    return _shown(InternalNote.objects.filter(article=article, case=None))


def notes_to_check() -> list[ShownNote]:
    """About cases of readers who were erased since, the longest waiting first."""
    waiting = InternalNote.objects.filter(to_check_since__isnull=False).order_by("to_check_since", "pk")
    return _with_pieces(waiting.select_related("case", "article__current__stored_text", "by")[:MOST_NOTES])


def count_to_check() -> int:
    return InternalNote.objects.filter(to_check_since__isnull=False)[:MOST_NOTES].count()


def _shown(notes: QuerySet[InternalNote]) -> list[ShownNote]:
    """The latest ones."""
    latest = notes.select_related("by", "blanked_by").order_by("-made_at", "-pk")[:MOST_NOTES]
    return _with_pieces(reversed(latest))


def _with_pieces(notes: Iterable[InternalNote]) -> list[ShownNote]:
    found = list(notes)
    names = {name for note in found for name in named_in(note.text)}
    known = list(Editor.objects.filter(username__in=names).values_list("username", flat=True)) if names else []
    return [ShownNote(note, pieces_of(note.text, known)) for note in found]
