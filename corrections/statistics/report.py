"""Puts the desk's figures into words, tables and charts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.formats import date_format, number_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from corrections.models import Category
from corrections.statistics.charts import Drawing, Series, draw_columns, draw_lines, draw_rows
from corrections.statistics.queries import Figures, Numbers, Step

NOTHING = "–"
_ANY_DAY = datetime(2001, 1, 1)  # noqa: DTZ001  # lengths of time are counted from here, and it is never shown


@dataclass(frozen=True, slots=True)
class Table:
    """A caption, the words over its columns, and rows of cells, the first of which names its row."""

    caption: str
    head: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with everything that is said beside it and instead of it."""

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
class Page:
    """What the page shows; None stands for a chart without anything to draw."""

    facts: list[Fact]
    flow: Chart | None
    speed: Chart | None
    sections: Table | None
    section_chart: Chart | None
    kinds: Table | None
    kind_chart: Chart | None
    workload: Chart | None


def show_numbers(numbers: Numbers) -> Page:
    kind_names = dict(Category.choices)
    sections = [(figures.name or _("No section"), figures) for figures in numbers.sections]
    kinds = [(str(kind_names[figures.name]), figures) for figures in numbers.kinds]
    return Page(
        facts=_facts(numbers.total),
        flow=_flow(numbers),
        speed=_speed(numbers),
        sections=_breakdown(_("By section"), _("Section"), sections),
        section_chart=_outcomes("by-section", _("What became of cases, by section"), _("Section"), sections),
        kinds=_breakdown(_("By kind of error"), _("Kind of error"), kinds),
        kind_chart=_outcomes("by-kind", _("What became of cases, by kind of error"), _("Kind of error"), kinds),
        workload=_workload(numbers),
    )


# Words ---------------------------------------------------------------------------------------------------------------
def count_words(count: float) -> str:
    return number_format(int(count), use_l10n=True, force_grouping=True)


def share_words(share: float | None) -> str:
    if share is None:
        return NOTHING
    return pgettext("a share in per cent", "%(number)s%%") % {"number": number_format(share * 100, 0)}


def time_words(length: timedelta | None) -> str:
    """As Django says how long ago something was: the two largest units."""
    return NOTHING if length is None else timesince(_ANY_DAY, _ANY_DAY + max(length, timedelta(0)))


# The page's parts ----------------------------------------------------------------------------------------------------
def _facts(total: Figures) -> list[Fact]:
    share = _("%(share)s of what was published, declined or already fixed")
    return [
        Fact(_("Suggestions received"), count_words(total.received)),
        Fact(_("Cases opened"), count_words(total.opened)),
        Fact(pgettext("number of cases", "Published"), count_words(total.published)),
        Fact(pgettext("number of cases", "Declined"), count_words(total.declined)),
        Fact(
            pgettext("number of cases", "Already fixed"),
            count_words(total.already_fixed),
            share % {"share": share_words(total.share_already_fixed)} if total.judged else "",
        ),
        Fact(pgettext("number of cases", "Taken back by readers"), count_words(total.withdrawn)),
        Fact(pgettext("number of cases", "Spam"), count_words(total.spam)),
        Fact(_("Time to first look"), time_words(total.to_first_look), _("median, from the first report")),
        Fact(_("Time to correction"), time_words(total.to_correction), _("median, from the first report")),
    ]


def _flow(numbers: Numbers) -> Chart | None:
    steps = numbers.steps
    series = [
        _counts(pgettext("number of cases", "Opened"), [step.opened for step in steps]),
        _counts(pgettext("number of cases", "Published"), [step.published for step in steps]),
        _counts(pgettext("number of cases", "Declined"), [step.declined for step in steps]),
    ]
    if not _has_values(series):
        return None
    labels = _step_labels(steps)
    title = _("Cases day by day") if numbers.period.is_told_by_day else _("Cases week by week")
    drawing = draw_columns(labels, series, words=count_words)
    return _chart("flow", title, _sums(series), _step_head(numbers), labels, series, drawing)


def _speed(numbers: Numbers) -> Chart | None:
    steps = numbers.steps
    series = [
        _times(_("To first look"), [step.to_first_look for step in steps]),
        _times(_("To correction"), [step.to_correction for step in steps]),
    ]
    if not _has_values(series):
        return None
    labels = _step_labels(steps)
    title = _("Median times day by day") if numbers.period.is_told_by_day else _("Median times week by week")
    total = numbers.total
    description = _("Over the whole period, time to first look: %(look)s; time to correction: %(correction)s.") % {
        "look": time_words(total.to_first_look),
        "correction": time_words(total.to_correction),
    }
    drawing = draw_lines(labels, series, words=lambda seconds: time_words(timedelta(seconds=seconds)))
    return _chart("speed", title, description, _step_head(numbers), labels, series, drawing)


def _outcomes(name: str, title: str, head: str, named: Sequence[tuple[str, Figures]]) -> Chart | None:
    series = [
        _counts(pgettext("number of cases", "Opened"), [figures.opened for _name, figures in named]),
        _counts(pgettext("number of cases", "Published"), [figures.published for _name, figures in named]),
        _counts(pgettext("number of cases", "Declined"), [figures.declined for _name, figures in named]),
    ]
    return _rows_chart(name, title, head, [label for label, _figures in named], series)


def _workload(numbers: Numbers) -> Chart | None:
    series = [
        _counts(_("Decided in the period"), [load.decided for load in numbers.workload]),
        _counts(_("In hand now"), [load.in_hand for load in numbers.workload]),
    ]
    editors = [load.editor for load in numbers.workload]
    return _rows_chart("workload", _("Cases with each editor"), _("Editor"), editors, series)


def _breakdown(caption: str, first: str, named: Sequence[tuple[str, Figures]]) -> Table | None:
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
            *map(count_words, (part.received, part.opened, part.published, part.declined, part.already_fixed)),
            share_words(part.share_already_fixed),
            *map(time_words, (part.to_first_look, part.to_correction)),
        ]
        for name, part in named
    ]
    return Table(caption, head, rows) if rows else None


# Charts --------------------------------------------------------------------------------------------------------------
def _rows_chart(name: str, title: str, head: str, labels: Sequence[str], series: Sequence[Series]) -> Chart | None:
    if not _has_values(series):
        return None
    return _chart(name, title, _sums(series), head, labels, series, draw_rows(labels, series))


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
    return Series(name, values, [count_words(value) for value in values])


def _times(name: str, values: Sequence[timedelta | None]) -> Series:
    seconds = [None if value is None else value.total_seconds() for value in values]
    return Series(name, seconds, [time_words(value) for value in values])


def _has_values(series: Sequence[Series]) -> bool:
    return any(row.values and max(value or 0 for value in row.values) for row in series)


def _sums(series: Sequence[Series]) -> str:
    """In place of the drawing, in one sentence."""
    parts = [f"{row.name}: {count_words(sum(value or 0 for value in row.values))}" for row in series]
    return _("In all: %(figures)s.") % {"figures": "; ".join(parts)}


def _step_labels(steps: Sequence[Step]) -> list[str]:
    return [date_format(step.first, "MONTH_DAY_FORMAT") for step in steps]


def _step_head(numbers: Numbers) -> str:
    return _("Day") if numbers.period.is_told_by_day else _("Week from")
