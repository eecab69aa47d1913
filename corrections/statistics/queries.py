"""Reads the desk's figures of a period: how many queries that takes does not depend on how much there is to count."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, DateField, F, Q
from django.db.models.functions import TruncDay, TruncWeek
from django.urls import reverse
from django.utils import timezone

from corrections.models import OPEN_STATES, Case, Category, Suggestion
from corrections.statistics.median import Median, teach_median
from newsroom.models import Editor

PERIODS = (7, 30, 90, 365)
USUAL_PERIOD = 30
MOST_CORRECTED = 10
LONGEST_BY_DAY = 14  # days; a longer period is told week by week

# Outcomes that are counted, each under its state's name.
OUTCOMES = (
    Case.State.PUBLISHED,
    Case.State.DECLINED,
    Case.State.ALREADY_FIXED,
    Case.State.WITHDRAWN,
    Case.State.SPAM,
)


@dataclass(frozen=True, slots=True)
class Period:
    """The last `days` days, today among them: `since` is included, `until` is not."""

    days: int
    since: datetime
    until: datetime

    def has(self, moment: str) -> Q:
        """Whose `moment`, the name of a field, falls into the period."""
        return Q((f"{moment}__gte", self.since), (f"{moment}__lt", self.until))

    @property
    def is_told_by_day(self) -> bool:
        return self.days <= LONGEST_BY_DAY


@dataclass(frozen=True, slots=True)
class Figures:
    """What came in, what was settled and how long that took: of everything, of one section or of one kind of error.

    A case belongs to the period by the moment of what is counted: first report, first look, decision.
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
    def judged(self) -> int:
        """What an editor or a revision answered: neither taken back nor spam."""
        return self.published + self.declined + self.already_fixed

    @property
    def share_already_fixed(self) -> float | None:
        """Of what was judged, from 0 to 1."""
        return self.already_fixed / self.judged if self.judged else None


@dataclass(frozen=True, slots=True)
class Step:
    """One week or one day; `first` is its first day."""

    first: date
    opened: int = 0
    published: int = 0
    declined: int = 0
    to_first_look: timedelta | None = None
    to_correction: timedelta | None = None


@dataclass(frozen=True, slots=True)
class CorrectedArticle:
    headline: str
    url: str
    cases: int


@dataclass(frozen=True, slots=True)
class Load:
    """What one editor decided in the period and has in hand now."""

    editor: str
    decided: int
    in_hand: int


@dataclass(frozen=True, slots=True)
class Numbers:
    period: Period
    total: Figures
    sections: list[Figures]
    kinds: list[Figures]  # named by the value of Category
    steps: list[Step]
    articles: list[CorrectedArticle]
    workload: list[Load]


def period_of(days: int, *, now: datetime | None = None) -> Period:
    until = timezone.localtime(now)
    first = until.date() - timedelta(days=days - 1)
    return Period(days, since=timezone.make_aware(datetime.combine(first, time.min)), until=until)


def read_numbers(period: Period) -> Numbers:
    teach_median()
    received = _received(period)
    return Numbers(
        period=period,
        total=_figures("", _cases_of(period).aggregate(**_counts(period)), sum(received.values())),
        sections=_grouped(period, "article__section", _summed(received, lambda key: key[0])),
        kinds=sorted(_grouped(period, "category", _summed(received, lambda key: key[1])), key=_place_of_kind),
        steps=_steps(period),
        articles=_most_corrected(period),
        workload=_workload(period),
    )


# Figures -------------------------------------------------------------------------------------------------------------
def _cases_of(period: Period) -> Any:
    return Case.objects.filter(period.has("first_at") | period.has("looked_at") | period.has("decided_at"))


def _counts(period: Period) -> dict[str, Any]:
    settled = period.has("decided_at")
    outcomes = {state.value: Count("pk", filter=settled & Q(state=state)) for state in OUTCOMES}
    return {
        "opened": Count("pk", filter=period.has("first_at")),
        **outcomes,
        "to_first_look": Median(F("looked_at") - F("first_at"), filter=period.has("looked_at")),
        "to_correction": Median(
            F("published_in__published_at") - F("first_at"), filter=settled & Q(state=Case.State.PUBLISHED)
        ),
    }


def _received(period: Period) -> dict[tuple[str, str], int]:
    """Suggestions by section and kind, those not yet triaged among them."""
    rows = Suggestion.objects.filter(period.has("received_at")).values_list("article__section", "category")
    return {(section, kind): count for section, kind, count in rows.annotate(count=Count("pk")).order_by()}


def _summed(received: dict[tuple[str, str], int], name_of: Callable[[tuple[str, str]], str]) -> dict[str, int]:
    sums = dict[str, int]()
    for key, count in received.items():
        sums[name_of(key)] = sums.get(name_of(key), 0) + count
    return sums


def _grouped(period: Period, group: str, received: dict[str, int]) -> list[Figures]:
    rows = _cases_of(period).values(group).annotate(**_counts(period)).order_by()
    found = {row.pop(group): row for row in rows}
    nothing = dict.fromkeys(("opened", *OUTCOMES), 0) | dict.fromkeys(("to_first_look", "to_correction"))
    names = sorted(found.keys() | received.keys())
    return [_figures(name, found.get(name, nothing), received.get(name, 0)) for name in names]


def _figures(name: str, row: dict[str, Any], received: int) -> Figures:
    return Figures(name=name, received=received, **row)


def _place_of_kind(figures: Figures) -> int:
    return Category.values.index(figures.name)


# Week by week --------------------------------------------------------------------------------------------------------
def _steps(period: Period) -> list[Step]:
    """Weeks begin on a Monday (ISO 8601), so that the first and the last may reach beyond the period."""
    found = {
        first: {"opened": count}
        for first, count in _by_step(Case.objects.filter(period.has("first_at")), period, "first_at")
        .annotate(count=Count("pk"))
        .values_list("step", "count")
    }
    for moment, measures in _measures().items():
        for row in _by_step(Case.objects.filter(period.has(moment)), period, moment).annotate(**measures):
            found.setdefault(row.pop("step"), {}).update(row)
    return [Step(first, **found.get(first, {})) for first in _firsts(period)]


def _measures() -> dict[str, dict[str, Any]]:
    published = Q(state=Case.State.PUBLISHED)
    return {
        "looked_at": {"to_first_look": Median(F("looked_at") - F("first_at"))},
        "decided_at": {
            "published": Count("pk", filter=published),
            "declined": Count("pk", filter=Q(state=Case.State.DECLINED)),
            "to_correction": Median(F("published_in__published_at") - F("first_at"), filter=published),
        },
    }


def _by_step(cases: Any, period: Period, moment: str) -> Any:
    truncate = TruncDay if period.is_told_by_day else TruncWeek
    return cases.values(step=truncate(moment, output_field=DateField())).order_by()


def _firsts(period: Period) -> Iterable[date]:
    first, last = period.since.date(), period.until.date()
    if not period.is_told_by_day:
        first -= timedelta(days=first.weekday())
    step = timedelta(days=1 if period.is_told_by_day else 7)
    while first <= last:
        yield first
        first += step


# Articles and editors ------------------------------------------------------------------------------------------------
def _most_corrected(period: Period) -> list[CorrectedArticle]:
    rows = (
        Case.objects.filter(period.has("decided_at"), state=Case.State.PUBLISHED)
        .values_list("article__slug", "article__current__content__headline")
        .annotate(cases=Count("pk"))
        .order_by("-cases", "article__slug")[:MOST_CORRECTED]
    )
    return [CorrectedArticle(headline, reverse("article", args=[slug]), cases) for slug, headline, cases in rows]


def _workload(period: Period) -> list[Load]:
    """By name, for it is no contest."""
    settled = Case.objects.filter(period.has("decided_at"), decided_by__isnull=False).exclude(state__in=OPEN_STATES)
    decided = dict(settled.values_list("decided_by").annotate(count=Count("pk")).order_by())
    claimed = Q(claimed_until=None) | Q(claimed_until__gt=period.until)
    held = Case.objects.open().filter(claimed, assignee__isnull=False)
    in_hand = dict(held.values_list("assignee").annotate(count=Count("pk")).order_by())
    editors = Editor.objects.filter(pk__in=decided.keys() | in_hand.keys())
    loads = [Load(str(editor), decided.get(editor.pk, 0), in_hand.get(editor.pk, 0)) for editor in editors]
    return sorted(loads, key=lambda load: load.editor.casefold())
