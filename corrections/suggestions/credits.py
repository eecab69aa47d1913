"""Hooks for newsroom's public record: credits of readers by revision, and their median waiting time."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F, Q
from django.db.models.functions import Coalesce

from corrections.models import Case, Suggestion
from corrections.statistics.median import Median, register_median

MOST_NAMES = 5


def credits_of(revisions: Iterable[int]) -> dict[int, list[str]]:
    """Names of readers who asked for credit, by the primary keys of the revisions that their suggestions led to."""
    keys = set(revisions)
    wishes = Q(credit=True) & ~Q(name="")
    named = Suggestion.objects.live().filter(wishes | Q(thanks__isnull=False))
    shown = Coalesce("thanks__name", "name")
    merged = Q(case__merged_into__published_in__in=keys)
    rows = named.filter(Q(case__published_in__in=keys) | merged).order_by("received_at", "pk")
    names: dict[int, list[str]] = {}
    for own, followed, name in rows.values_list("case__published_in", "case__merged_into__published_in", shown):
        known = names.setdefault(own or followed, [])
        if name not in known and len(known) < MOST_NAMES:
            known.append(name)
    return names


def median_wait(since: datetime | None, until: datetime | None) -> timedelta | None:
    """Median time from first report to published revision, for revisions published in [since, until)."""
    register_median()
    published = Case.objects.reported().filter(state=Case.State.PUBLISHED)
    if since:
        published = published.filter(published_in__published_at__gte=since)
    if until:
        published = published.filter(published_in__published_at__lt=until)
    waited = Median(F("published_in__published_at") - F("first_at"))
    found: timedelta | None = published.aggregate(waited=waited)["waited"]
    return found
