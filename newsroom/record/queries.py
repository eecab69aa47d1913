"""What of the record is public: the one reading for the pages, the feed and the API."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

from django.db.models import Exists, F, Model, OuterRef, QuerySet
from django.http import Http404

from newsroom.audit.seals import SEAL
from newsroom.models import Revision, RevisionText, Withholding
from newsroom.publishing.policy import LISTED_KINDS

PAGE_SIZE = 50
CHANGES_SIZE = 15  # each is compared with the one before it, and takes a screen to read
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
# Fourteen digits of microseconds reach into the year 4253.
TIME_CURSOR = re.compile("([0-9a-f]{1,14})-([0-9a-f]{1,15})")
NUMBER_CURSOR = re.compile("[1-9][0-9]{0,8}")

Row = TypeVar("Row", bound=Model)


class BadCursor(ValueError):
    """A cursor that no list of ours has given out."""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """One page of a list; `next` is the cursor of the one after it."""

    items: list[Row]
    next: str | None


def current_revisions() -> QuerySet[Revision]:
    """The revision at which each public article points, with its article."""
    return Revision.objects.public().filter(article__current=F("pk")).select_related("article")


def first_revisions() -> QuerySet[Revision]:
    """One row for each public article: its first revision, with what a list shows of the current one."""
    listed = Revision.objects.filter(article=OuterRef("article"), kind__in=LISTED_KINDS)
    return (
        Revision.objects.public()
        .filter(number=1)
        .select_related("article__current__content")
        .annotate(corrected=Exists(listed))
        .defer(*_words_behind("article__current__content"))
    )


def listed_revisions() -> QuerySet[Revision]:
    """The site's record: revisions of the kinds that policy lists, with what a list shows of their articles."""
    return (
        Revision.objects.public()
        .filter(kind__in=LISTED_KINDS)
        .select_related("article__current__content", "based_on", "editor")
        .annotate(seal=SEAL)
        .defer(*_words_behind("article__current__content"))
    )


def content_of(revision: Revision | None) -> RevisionText | None:
    """The words of a revision; None when they have been withheld."""
    return getattr(revision, "content", None)


def withholdings_of(revisions: Iterable[int]) -> dict[int, Withholding]:
    """Why the words of these revisions are gone, by the revisions' keys; those that have their words are left out."""
    orders = Withholding.objects.in_force().filter(revision__in=set(revisions))
    return {withholding.revision_id: withholding for withholding in orders}


def headline_of(revision: Revision) -> str:
    """The headline under which the article of this revision stands now."""
    content = content_of(revision.article.current)
    return content.headline if content else ""


def page_by_time(revisions: QuerySet[Revision], cursor: str) -> Page[Revision]:
    """A page of revisions, newest first; an empty cursor means the first. Raises BadCursor."""
    if cursor:
        moment, key = _read_time_cursor(cursor)
        # Not "earlier or (same time and smaller key)": databases walk an index for this form, and not for that one.
        revisions = revisions.filter(published_at__lte=moment).exclude(published_at=moment, pk__gte=key)
    return _page(revisions.order_by("-published_at", "-pk"), _time_cursor)


def page_of_changes(revisions: QuerySet[Revision], cursor: str) -> Page[Revision]:
    """As page_by_number, for a page that shows what each revision changed. Raises BadCursor."""
    return page_by_number(revisions, cursor, size=CHANGES_SIZE)


def page_by_number(revisions: QuerySet[Revision], cursor: str, *, size: int | None = None) -> Page[Revision]:
    """A page of one article's revisions, newest first; the cursor is a revision number. Raises BadCursor."""
    if cursor:
        if not NUMBER_CURSOR.fullmatch(cursor):
            raise BadCursor(cursor)
        revisions = revisions.filter(number__lt=int(cursor))
    return _page(revisions.order_by("-number"), lambda revision: str(revision.number), size=size)


def page_or_404(
    read: Callable[[QuerySet[Revision], str], Page[Revision]], revisions: QuerySet[Revision], cursor: str
) -> Page[Revision]:
    """For pages: a cursor that no list of ours has given out leads nowhere."""
    try:
        return read(revisions, cursor)
    except BadCursor as error:
        raise Http404 from error


def _page(rows: QuerySet[Revision], cursor_of: Callable[[Revision], str], *, size: int | None = None) -> Page[Revision]:
    size = size or PAGE_SIZE
    found = list(rows[: size + 1])
    items = found[:size]
    return Page(items, cursor_of(items[-1]) if len(found) > size else None)


def _time_cursor(revision: Revision) -> str:
    return f"{(revision.published_at - EPOCH) // MICROSECOND:x}-{revision.pk:x}"


def _read_time_cursor(cursor: str) -> tuple[datetime, int]:
    found = TIME_CURSOR.fullmatch(cursor)
    if found is None:
        raise BadCursor(cursor)
    return EPOCH + int(found[1], 16) * MICROSECOND, int(found[2], 16)


def _words_behind(path: str) -> list[str]:
    """The fields of RevisionText that no list shows: bodies are large."""
    return [f"{path}__body", f"{path}__text", f"{path}__byline"]
