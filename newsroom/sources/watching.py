"""Watching: looks at a Source's pages, soon after they changed and rarely later; only a look says what is published."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from newsroom.models import Source, SourceArticle
from newsroom.sources.addresses import BadAddress, clean_url, is_within
from newsroom.sources.fetching import FetchedPage, fetch_page, refuse_by_robots
from newsroom.sources.reading import NoSnapshot, read_page
from newsroom.sources.snapshots import store_look

Trouble = SourceArticle.Trouble
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
# From the last change on; then once a week.
SCHEDULE = (10 * MINUTE, HOUR, 4 * HOUR, DAY)
WEEK = 7 * DAY
# After a hand-over, until its words are seen; then as else.
HANDED_OVER = (timedelta(seconds=5), timedelta(seconds=30), 2 * MINUTE, 10 * MINUTE, HOUR)
LEASE = timedelta(seconds=90)  # longer than a look may take; then somebody else looks
GAP = MINUTE  # between two looks at one page, whoever asks for them
SHORT_GAP = timedelta(seconds=4)  # while an editor waits for what was handed over
MOST = 20  # looks handed out a second


def look_at(source: Source, url: str, *, external_id: str = "") -> SourceArticle:
    """The first look at a page, or one that somebody asks for. Raises NoSnapshot, BadAddress."""
    began, asked = timezone.now(), clean_url(url)
    if not is_within(source, asked):
        raise NoSnapshot(Trouble.ELSEWHERE, asked)
    page = fetch_page(source, asked)
    if page is None:
        raise NoSnapshot(Trouble.UNREACHABLE, "304")
    return _store(source, page, asked=asked, began=began, external_id=external_id)


def due_looks() -> list[int]:
    """Primary keys of the articles to look at now, each leased to the caller."""
    now = timezone.now()
    due = SourceArticle.objects.filter(next_look_at__lte=now, source__is_active=True).order_by("next_look_at")
    if not due.exists():  # each tick asks, and on SQLite a transaction keeps every writer waiting
        return []
    with transaction.atomic():
        due = due.select_for_update(of=("self",), skip_locked=connection.features.has_select_for_update_skip_locked)
        keys = list(due.values_list("pk", flat=True)[:MOST])
        SourceArticle.objects.filter(pk__in=keys).update(next_look_at=now + LEASE)
    return keys


def look_again(pk: int) -> None:
    """One look at an article that is watched, unless one has just begun; then the next is due by the schedule."""
    began = timezone.now()
    recent = Q(handed_over_at=None, fetched_at__gt=began - GAP) | Q(fetched_at__gt=began - SHORT_GAP)
    watched = SourceArticle.objects.filter(pk=pk, source__is_active=True).exclude(next_look_at=None)
    if not watched.exclude(recent, fetched_at__isnull=False).update(fetched_at=began):
        return
    placed = SourceArticle.objects.select_related("source", "article").get(pk=pk)
    before = placed.article.current_id
    try:
        refuse_by_robots(placed.url)
        page = fetch_page(placed.source, placed.url, etag=placed.etag, last_modified=placed.last_modified)
        if page is None:
            SourceArticle.objects.filter(pk=pk).update(trouble="")
        else:
            _store(placed.source, page, asked=placed.url, began=began)
    except NoSnapshot as problem:
        SourceArticle.objects.filter(pk=pk).update(trouble=problem.trouble)
    placed.article.refresh_from_db()
    _schedule(pk, changed=placed.article.current_id != before)


def ask_for_look(placed: SourceArticle) -> None:
    """Look at once, if it is watched; after a hand-over by the quick schedule."""
    SourceArticle.objects.filter(pk=placed.pk, source__proven_at__isnull=False).update(
        next_look_at=timezone.now(), step=0
    )


def prove(source: Source) -> None:
    """Its page carries the key: from now on its articles are watched."""
    now = timezone.now()
    if Source.objects.filter(pk=source.pk, proven_at=None).update(proven_at=now):
        SourceArticle.objects.filter(source=source, next_look_at=None).update(next_look_at=now + SCHEDULE[0])
    source.refresh_from_db(fields=["proven_at"])


def _store(source: Source, page: FetchedPage, *, asked: str, began: datetime, external_id: str = "") -> SourceArticle:
    try:
        look = read_page(source, page.raw, url=page.url, charset=page.charset)
    except BadAddress:
        raise NoSnapshot(Trouble.ELSEWHERE, page.url) from None
    look = replace(look, seen_at=asked)
    if source.proven_at is None and source.key.encode() in page.raw:
        prove(source)
    placed = store_look(source, look, looked_at=began, external_id=external_id)
    SourceArticle.objects.filter(pk=placed.pk).update(
        etag=page.etag, last_modified=page.last_modified, fetched_at=began
    )
    if placed.next_look_at is None and source.proven_at:
        SourceArticle.objects.filter(pk=placed.pk, next_look_at=None).update(next_look_at=began + SCHEDULE[0])
    return placed


def _schedule(pk: int, *, changed: bool) -> None:
    placed = SourceArticle.objects.get(pk=pk)
    waits = HANDED_OVER if placed.handed_over_at else SCHEDULE
    step = 0 if changed else placed.step + 1
    wait = waits[step] if step < len(waits) else DAY if placed.handed_over_at else WEEK
    SourceArticle.objects.filter(pk=pk, next_look_at__isnull=False).update(
        next_look_at=timezone.now() + wait, step=min(step, len(waits))
    )
