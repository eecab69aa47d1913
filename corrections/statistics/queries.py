"""Aggregate queries for the desk statistics of a period; the number of queries is constant."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, F, Q
from django.urls import reverse

from corrections.models import OPEN_STATES, Case, Category, Suggestion
from corrections.statistics.median import Median, register_median
from corrections.statistics.periods import Period, TimeBucket, read_buckets
from newsroom.models import Editor

MAX_ARTICLES = 10

# Counted separately, in columns named like the states.
OUTCOME_STATES = (
    Case.State.PUBLISHED,
    Case.State.DECLINED,
    Case.State.ALREADY_FIXED,
    Case.State.WITHDRAWN,
    Case.State.SPAM,
)


@dataclass(frozen=True, slots=True)
class OutcomeStats:
    """Counts and median times, in total or for one section or category.

    Each counts by its own event in the period: first report, first look or decision.
    """

    name: str
    received: int
    opened: int
    published: int
    declined: int
    already_fixed: int
    withdrawn: int
    spam: int
    to_first_look: timedelta | None
    to_correction: timedelta | None

    @property
    def answered(self) -> int:
        """Decided on the merits: neither withdrawn nor spam."""
        return self.published + self.declined + self.already_fixed

    @property
    def share_already_fixed(self) -> float | None:
        """Share of `answered`, from 0 to 1."""
        return self.already_fixed / self.answered if self.answered else None


@dataclass(frozen=True, slots=True)
class CorrectedArticle:
    headline: str
    url: str
    cases: int


@dataclass(frozen=True, slots=True)
class EditorWorkload:
    """Cases that an editor decided in the period, and has assigned or claimed now."""

    editor: str
    decided: int
    in_hand: int


@dataclass(frozen=True, slots=True)
class DeskStatistics:
    period: Period
    total: OutcomeStats
    sections: list[OutcomeStats]
    kinds: list[OutcomeStats]  # named by the value of Category
    buckets: list[TimeBucket]
    articles: list[CorrectedArticle]
    workload: list[EditorWorkload]


def read_statistics(period: Period) -> DeskStatistics:
    register_median()
    received = _received(period)
    return DeskStatistics(
        period=period,
        total=_outcome_stats("", _cases_in(period).aggregate(**_aggregates(period)), sum(received.values())),
        sections=_group_by(period, "article__section", _sum_by(received, lambda key: key[0])),
        kinds=sorted(_group_by(period, "category", _sum_by(received, lambda key: key[1])), key=_category_index),
        buckets=read_buckets(period),
        articles=_most_corrected(period),
        workload=_workload(period),
    )


# Outcomes ------------------------------------------------------------------------------------------------------------
def _cases_in(period: Period) -> Any:
    return Case.objects.filter(
        period.contains("first_at") | period.contains("looked_at") | period.contains("decided_at")
    )


def _aggregates(period: Period) -> dict[str, Any]:
    settled = period.contains("decided_at")
    outcomes = {state.value: Count("pk", filter=settled & Q(state=state)) for state in OUTCOME_STATES}
    return {
        "opened": Count("pk", filter=period.contains("first_at")),
        **outcomes,
        "to_first_look": Median(F("looked_at") - F("first_at"), filter=period.contains("looked_at")),
        "to_correction": Median(
            F("published_in__published_at") - F("first_at"), filter=settled & Q(state=Case.State.PUBLISHED)
        ),
    }


def _received(period: Period) -> dict[tuple[str, str], int]:
    """Suggestions by section and category, including those not yet triaged."""
    rows = Suggestion.objects.filter(period.contains("received_at")).values_list("article__section", "category")
    return {(section, kind): count for section, kind, count in rows.annotate(count=Count("pk")).order_by()}


def _sum_by(received: dict[tuple[str, str], int], name_of: Callable[[tuple[str, str]], str]) -> dict[str, int]:
    sums = dict[str, int]()
    for key, count in received.items():
        sums[name_of(key)] = sums.get(name_of(key), 0) + count
    return sums


def _group_by(period: Period, group: str, received: dict[str, int]) -> list[OutcomeStats]:
    rows = _cases_in(period).values(group).annotate(**_aggregates(period)).order_by()
    found = {row.pop(group): row for row in rows}
    nothing = dict.fromkeys(("opened", *OUTCOME_STATES), 0) | dict.fromkeys(("to_first_look", "to_correction"))
    names = sorted(found.keys() | received.keys())
    return [_outcome_stats(name, found.get(name, nothing), received.get(name, 0)) for name in names]


def _outcome_stats(name: str, row: dict[str, Any], received: int) -> OutcomeStats:
    return OutcomeStats(name=name, received=received, **row)


def _category_index(stats: OutcomeStats) -> int:
    return Category.values.index(stats.name)


# Articles and editors ------------------------------------------------------------------------------------------------
def _most_corrected(period: Period) -> list[CorrectedArticle]:
    rows = (
        Case.objects.filter(period.contains("decided_at"), state=Case.State.PUBLISHED)
        .values_list("article__slug", "article__current__stored_text__headline")
        .annotate(cases=Count("pk"))
        .order_by("-cases", "article__slug")[:MAX_ARTICLES]
    )
    return [CorrectedArticle(headline, reverse("article", args=[slug]), cases) for slug, headline, cases in rows]


def _workload(period: Period) -> list[EditorWorkload]:
    """Sorted by name, not by count: it is no ranking."""
    settled = Case.objects.filter(period.contains("decided_at"), decided_by__isnull=False).exclude(
        state__in=OPEN_STATES
    )
    decided = dict(settled.values_list("decided_by").annotate(count=Count("pk")).order_by())
    claimed = Q(claimed_until=None) | Q(claimed_until__gt=period.until)
    active = Case.objects.open().filter(claimed, assignee__isnull=False)
    in_hand = dict(active.values_list("assignee").annotate(count=Count("pk")).order_by())
    editors = Editor.objects.filter(pk__in=decided.keys() | in_hand.keys())
    workloads = [
        EditorWorkload(str(editor), decided.get(editor.pk, 0), in_hand.get(editor.pk, 0)) for editor in editors
    ]
    return sorted(workloads, key=lambda workload: workload.editor.casefold())
