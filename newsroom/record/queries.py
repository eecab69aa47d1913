"""Querysets and cursor pagination of the public record, shared by pages, feeds and API."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

from django.db.models import Exists, F, Model, OuterRef, QuerySet
from django.http import Http404

from newsroom.models import Article, Revision, RevisionText, Withholding
from newsroom.publishing.policy import LISTED_KINDS
from newsroom.record.seals import SEAL

PAGE_SIZE = 50
CHANGES_SIZE = 15  # each takes a diff, and a screen to read
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
# 14 hexadecimal digits of microseconds last until the year 4253.
TIME_CURSOR = re.compile("([0-9a-f]{1,14})-([0-9a-f]{1,15})")
NUMBER_CURSOR = re.compile("[1-9][0-9]{0,8}")

RowT = TypeVar("RowT", bound=Model)


class BadCursor(ValueError):
    """The cursor is malformed."""


class UnknownCursor(BadCursor):
    """The cursor names no row."""


@dataclass(frozen=True, slots=True)
class CursorPage(Generic[RowT]):
    """One page of a list; `next` is the cursor of the following one."""

    items: list[RowT]
    next: str | None


def current_revisions() -> QuerySet[Revision]:
    """Current revisions of public articles, with their articles."""
    return Revision.objects.public().filter(article__current=F("pk")).select_related("article")


def first_revisions() -> QuerySet[Revision]:
    """First revisions of public articles, annotated with what lists show of the current ones."""
    listed = Revision.objects.filter(article=OuterRef("article"), kind__in=LISTED_KINDS)
    return (
        Revision.objects.public()
        .filter(number=1)
        .select_related("article__current__stored_text")
        .annotate(corrected=Exists(listed))
        .defer(*_text_fields("article__current__stored_text"))
    )


def is_public_section(section: str) -> bool:
    """Whether a public article stands in it; a NUL cannot be asked for."""
    return "\0" not in section and Article.objects.published().filter(section=section).exists()


def listed_revisions() -> QuerySet[Revision]:
    """Revisions of the kinds that the policy lists, with what lists show of their articles."""
    return (
        Revision.objects.public()
        .filter(kind__in=LISTED_KINDS)
        .select_related("article__current__stored_text", "based_on", "editor")
        .annotate(seal=SEAL)
        .defer(*_text_fields("article__current__stored_text"))
    )


def content_of(revision: Revision | None) -> RevisionText | None:
    """The revision's text; None where withheld."""
    return revision.content if revision else None


def withholdings_of(revisions: Iterable[int]) -> dict[int, Withholding]:
    """Withholdings by revision key; revisions with their text are left out."""
    orders = Withholding.objects.in_force().filter(revision__in=set(revisions))
    return {withholding.revision_id: withholding for withholding in orders}


def headline_of(revision: Revision) -> str:
    """Current headline of the revision's article."""
    content = content_of(revision.article.current)
    return content.headline if content else ""


def page_by_time(revisions: QuerySet[Revision], cursor: str) -> CursorPage[Revision]:
    """Newest first; an empty cursor is the first page. Raises BadCursor."""
    if cursor:
        moment, key = _read_time_cursor(cursor)
        _require(Revision.objects.filter(pk=key, published_at=moment), cursor)
        # Not "earlier, or same time and smaller key": databases use an index for this form only.
        revisions = revisions.filter(published_at__lte=moment).exclude(published_at=moment, pk__gte=key)
    return _page(revisions.order_by("-published_at", "-pk"), _time_cursor)


def page_of_changes(revisions: QuerySet[Revision], cursor: str) -> CursorPage[Revision]:
    """As page_by_number, smaller: each row has a diff. Raises BadCursor."""
    return page_by_number(revisions, cursor, size=CHANGES_SIZE)


def page_by_number(revisions: QuerySet[Revision], cursor: str, *, size: int | None = None) -> CursorPage[Revision]:
    """Revisions of one article, newest first; the cursor is a revision number. Raises BadCursor."""
    if cursor:
        if not NUMBER_CURSOR.fullmatch(cursor):
            raise BadCursor(cursor)
        _require(revisions.filter(number=int(cursor)), cursor)
        revisions = revisions.filter(number__lt=int(cursor))
    return _page(revisions.order_by("-number"), lambda revision: str(revision.number), size=size)


def _require(row: QuerySet[Revision], cursor: str) -> None:
    """A cursor names a row: endless others are not rendered each anew."""
    if not row.exists():
        raise UnknownCursor(cursor)


def page_or_404(
    read: Callable[[QuerySet[Revision], str], CursorPage[Revision]], revisions: QuerySet[Revision], cursor: str
) -> CursorPage[Revision]:
    """Http404 instead of BadCursor."""
    try:
        return read(revisions, cursor)
    except BadCursor as error:
        raise Http404 from error


def _page(
    rows: QuerySet[Revision], cursor_of: Callable[[Revision], str], *, size: int | None = None
) -> CursorPage[Revision]:
    size = size or PAGE_SIZE
    found = list(rows[: size + 1])
    items = found[:size]
    return CursorPage(items, cursor_of(items[-1]) if len(found) > size else None)


def _time_cursor(revision: Revision) -> str:
    return f"{(revision.published_at - EPOCH) // MICROSECOND:x}-{revision.pk:x}"


def _read_time_cursor(cursor: str) -> tuple[datetime, int]:
    found = TIME_CURSOR.fullmatch(cursor)
    if found is None:
        raise BadCursor(cursor)
    return EPOCH + int(found[1], 16) * MICROSECOND, int(found[2], 16)


def _text_fields(path: str) -> list[str]:
    """Deferred fields of RevisionText: bodies are large, and lists do not show them."""
    return [f"{path}__body", f"{path}__text", f"{path}__byline"]
