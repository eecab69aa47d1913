"""Cases with a past, and the numbers of the days before one fixed moment."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from corrections.models import Case
from corrections.statistics.periods import period_of
from corrections.statistics.queries import DeskStatistics, read_statistics
from newsroom.models import Article, Editor
from tests.support.desk_page import make_case
from tests.support.factories import current_revision

NOW = datetime(2026, 3, 18, 15, 0, tzinfo=timezone.get_default_timezone())  # a Wednesday


def settled(
    article: Article,
    state: Case.State,
    *,
    reported: timedelta,
    look: timedelta | None = None,
    decided: timedelta,
    by: Editor | None = None,
    **more: Any,
) -> Case:
    """A case with a past: first reported `reported` before NOW, looked at and decided so long after that."""
    case = make_case(article, **more)
    first_at = NOW - reported
    Case.objects.filter(pk=case.pk).update(
        state=state,
        first_at=first_at,
        looked_at=None if look is None else first_at + look,
        decided_at=first_at + decided,
        decided_by=by,
        reason="It is right as it stands.",
        published_in=current_revision(article) if state == Case.State.PUBLISHED else None,
    )
    return case


def numbers_of(days: int = 30) -> DeskStatistics:
    return read_statistics(period_of(days, now=NOW))


def hours(count: float) -> timedelta:
    return timedelta(hours=count)
