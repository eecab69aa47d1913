"""The statistics page: formatted figures, tables and charts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import date_format, number_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from corrections.models import Category
from corrections.statistics.charts import Drawing, Series, draw_columns, draw_horizontal_bars, draw_lines
from corrections.statistics.periods import TimeBucket
from corrections.statistics.queries import DeskStatistics, OutcomeStats

NO_VALUE = "–"
_ANY_DAY = datetime(2001, 1, 1)  # noqa: DTZ001  # arbitrary start for timesince


@dataclass(frozen=True, slots=True)
class Table:
    """`head` holds the column headers; the first cell of each row is its header."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with its text alternatives."""

    name: str  # of the element, unique in the page
    title: str
    description: str
    legend: Sequence[str]
    drawing: Drawing
    table: Table


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """Content of the page; None is a chart without data."""

    facts: list[Fact]
    flow: Chart | None
    speed: Chart | None
    sections: Table | None
    section_chart: Chart | None
    kinds: Table | None
    kind_chart: Chart | None
    workload: Chart | None


def build_report(statistics: DeskStatistics) -> Report:
    kind_names = dict(Category.choices)
    sections = [(stats.name or _("No section"), stats) for stats in statistics.sections]
    kinds = [(str(kind_names[stats.name]), stats) for stats in statistics.kinds]
    return Report(
        facts=_facts(statistics.total),
        flow=_flow_chart(statistics),
        speed=_speed_chart(statistics),
        sections=_breakdown(_("By section"), _("Section"), sections),
        section_chart=_outcome_chart("by-section", _("Outcome of cases, by section"), _("Section"), sections),
        kinds=_breakdown(_("By kind of error"), _("Kind of error"), kinds),
        kind_chart=_outcome_chart("by-kind", _("Outcome of cases, by kind of error"), _("Kind of error"), kinds),
        workload=_workload_chart(statistics),
    )


# Formats -------------------------------------------------------------------------------------------------------------
def format_count(count: float) -> str:
    return number_format(int(count), use_l10n=True, force_grouping=True)


def format_share(share: float | None) -> str:
    if share is None:
        return NO_VALUE
    return pgettext("a share in per cent", "%(number)s%%") % {"number": number_format(share * 100, 0)}


def format_duration(length: timedelta | None) -> str:
    """The two largest units, as Django's timesince."""
    return NO_VALUE if length is None else timesince(_ANY_DAY, _ANY_DAY + max(length, timedelta(0)))


# The page's parts ----------------------------------------------------------------------------------------------------
def _facts(total: OutcomeStats) -> list[Fact]:
    share = _("%(share)s of what was published, declined or already fixed")
    return [
        Fact(_("Suggestions received"), format_count(total.received)),
        Fact(_("Cases opened"), format_count(total.opened)),
        Fact(pgettext("number of cases", "Published"), format_count(total.published)),
        Fact(pgettext("number of cases", "Declined"), format_count(total.declined)),
        Fact(
            pgettext("number of cases", "Already fixed"),
            format_count(total.already_fixed),
            share % {"share": format_share(total.share_already_fixed)} if total.answered else "",
        ),
        Fact(pgettext("number of cases", "Taken back by readers"), format_count(total.withdrawn)),
        Fact(pgettext("number of cases", "Spam"), format_count(total.spam)),
        Fact(_("Time to first look"), format_duration(total.to_first_look), _("median, from the first report")),
        Fact(_("Time to correction"), format_duration(total.to_correction), _("median, from the first report")),
    ]


def _flow_chart(statistics: DeskStatistics) -> Chart | None:
    buckets = statistics.buckets
    series = [
        _counts(pgettext("number of cases", "Opened"), [bucket.opened for bucket in buckets]),
        _counts(pgettext("number of cases", "Published"), [bucket.published for bucket in buckets]),
        _counts(pgettext("number of cases", "Declined"), [bucket.declined for bucket in buckets]),
    ]
    if not _has_values(series):
        return None
    labels = _bucket_labels(buckets)
    title = _("Cases day by day") if statistics.period.is_daily else _("Cases week by week")
    drawing = draw_columns(labels, series, words=format_count)
    return _chart("flow", title, _sums(series), _bucket_head(statistics), labels, series, drawing)


def _speed_chart(statistics: DeskStatistics) -> Chart | None:
    buckets = statistics.buckets
    series = [
        _times(_("To first look"), [bucket.to_first_look for bucket in buckets]),
        _times(_("To correction"), [bucket.to_correction for bucket in buckets]),
    ]
    if not _has_values(series):
        return None
    labels = _bucket_labels(buckets)
    title = _("Median times day by day") if statistics.period.is_daily else _("Median times week by week")
    total = statistics.total
    description = _("Over the whole period, time to first look: %(look)s; time to correction: %(correction)s.") % {
        "look": format_duration(total.to_first_look),
        "correction": format_duration(total.to_correction),
    }
    drawing = draw_lines(labels, series, words=lambda seconds: format_duration(timedelta(seconds=seconds)))
    return _chart("speed", title, description, _bucket_head(statistics), labels, series, drawing)


def _outcome_chart(name: str, title: str, head: str, named: Sequence[tuple[str, OutcomeStats]]) -> Chart | None:
    series = [
        _counts(pgettext("number of cases", "Opened"), [stats.opened for _name, stats in named]),
        _counts(pgettext("number of cases", "Published"), [stats.published for _name, stats in named]),
        _counts(pgettext("number of cases", "Declined"), [stats.declined for _name, stats in named]),
    ]
    return _rows_chart(name, title, head, [label for label, _stats in named], series)


def _workload_chart(statistics: DeskStatistics) -> Chart | None:
    series = [
        _counts(_("Decided in the period"), [workload.decided for workload in statistics.workload]),
        _counts(_("Working on now"), [workload.in_hand for workload in statistics.workload]),
    ]
    editors = [workload.editor for workload in statistics.workload]
    return _rows_chart("workload", _("Cases with each editor"), _("Editor"), editors, series)


def _breakdown(caption: str, first: str, named: Sequence[tuple[str, OutcomeStats]]) -> Table | None:
    head = [
        *(
            first,
            pgettext("number of cases", "Received"),
            pgettext("number of cases", "Opened"),
            pgettext("number of cases", "Published"),
            pgettext("number of cases", "Declined"),
            pgettext("number of cases", "Already fixed"),
            _("Share fixed"),
        ),
        *(_("To first look"), _("To correction")),
    ]
    rows = [
        [
            name,
            *map(format_count, (part.received, part.opened, part.published, part.declined, part.already_fixed)),
            format_share(part.share_already_fixed),
            *map(format_duration, (part.to_first_look, part.to_correction)),
        ]
        for name, part in named
    ]
    return Table(caption, head, rows) if rows else None


# Charts --------------------------------------------------------------------------------------------------------------
def _rows_chart(name: str, title: str, head: str, labels: Sequence[str], series: Sequence[Series]) -> Chart | None:
    if not _has_values(series):
        return None
    return _chart(name, title, _sums(series), head, labels, series, draw_horizontal_bars(labels, series))


def _chart(
    name: str,
    title: str,
    description: str,
    head: str,
    labels: Sequence[str],
    series: Sequence[Series],
    drawing: Drawing,
) -> Chart:
    legend = [row.name for row in series]
    rows = [[label, *(row.texts[place] for row in series)] for place, label in enumerate(labels)]
    return Chart(name, title, description, legend, drawing, Table(title, [head, *legend], rows))


def _counts(name: str, values: Sequence[int]) -> Series:
    return Series(name, values, [format_count(value) for value in values])


def _times(name: str, values: Sequence[timedelta | None]) -> Series:
    seconds = [None if value is None else value.total_seconds() for value in values]
    return Series(name, seconds, [format_duration(value) for value in values])


def _has_values(series: Sequence[Series]) -> bool:
    return any(row.values and max(value or 0 for value in row.values) for row in series)


def _sums(series: Sequence[Series]) -> str:
    """One sentence as the text alternative."""
    parts = [f"{row.name}: {format_count(sum(value or 0 for value in row.values))}" for row in series]
    return _("In all: %(figures)s.") % {"figures": "; ".join(parts)}


def _bucket_labels(buckets: Sequence[TimeBucket]) -> list[str]:
    return [date_format(bucket.first, "MONTH_DAY_FORMAT") for bucket in buckets]


def _bucket_head(statistics: DeskStatistics) -> str:
    return _("Day") if statistics.period.is_daily else _("Week from")
