"""Reads the list of cases as editors see it: one query, however many rows it shows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Case as Choice
from django.db.models import F, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Greatest, Substr
from django.utils.functional import Promise
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from corrections.excerpts import CONTEXT, Run, around, changed_runs, excerpt, marked_runs
from corrections.models import AnchorStatus, Case, CaseQuerySet, Suggestion
from corrections.screening import Flag
from corrections.variants import tidied

PAGE_SIZE = 50
REACH = 2 * CONTEXT  # characters fetched on each side of a passage

FLAG_WORDS: dict[str, Promise] = {
    Flag.NUMBER: _("changes a number"),
    Flag.NAME: _("changes a name"),
    Flag.LINK: _("changes a link"),
    Flag.QUOTATION: _("changes a quotation"),
    Flag.NEGATION: _("turns a statement round"),
    Flag.LARGE: _("a large change for a typing error"),
    Flag.MIXED_SCRIPTS: _("mixes letters that look alike"),
    Flag.AUTOMATIC: _("looks sent by a machine"),
}


@dataclass(frozen=True, slots=True)
class Tab:
    """A choice of the list: fixed, so that no query has to find out what there is to choose from."""

    name: str
    label: Promise
    cases: Callable[[], CaseQuerySet]


def _decided(state: Case.State) -> Callable[[], CaseQuerySet]:
    return lambda: Case.objects.filter(state=state).order_by("-decided_at", "-pk")


TABS = (
    Tab("open", _("Open"), lambda: Case.objects.waiting().first_first()),
    Tab("published", _("Published"), _decided(Case.State.PUBLISHED)),
    Tab("declined", _("Declined"), _decided(Case.State.DECLINED)),
    Tab("already_fixed", _("Already fixed"), _decided(Case.State.ALREADY_FIXED)),
    Tab("all", _("All"), lambda: Case.objects.order_by("-pk")),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A choice by where the passage stands in the article."""

    name: str
    label: Promise
    condition: Q


PLACES = (
    Place("", _("Any place"), Q()),
    Place("certain", _("Certain"), Q(anchor__in=[AnchorStatus.EXACT, AnchorStatus.MOVED])),
    Place("changed", AnchorStatus.CHANGED.label, Q(anchor=AnchorStatus.CHANGED)),
    Place("removed", AnchorStatus.REMOVED.label, Q(anchor=AnchorStatus.REMOVED)),
    Place("ambiguous", AnchorStatus.AMBIGUOUS.label, Q(anchor=AnchorStatus.AMBIGUOUS)),
    Place("unplaced", AnchorStatus.UNPLACED.label, Q(anchor=AnchorStatus.UNPLACED) & ~Q(field="")),
    Place("whole", _("About the whole article"), Q(field="")),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A case in one line: the proposed change as a word diff, or, where nobody proposed words, the first note."""

    case: Case
    headline: str
    language: str
    runs: list[Run]
    note: str
    flags: list[Promise]

    @property
    def waiting(self) -> str:
        return waiting_since(self.case.first_at)


def waiting_since(moment: datetime) -> str:
    return timesince(moment, depth=1)


def flag_words(flags: Iterable[str]) -> list[Promise]:
    return [FLAG_WORDS[flag] for flag in flags]


def read_page(tab: Tab, *, place: Place, article: str, number: int) -> tuple[list[Row], bool]:
    """One page of a tab's rows, of one article where its slug is given, and whether another follows.

    One row more than is shown is fetched instead of counting them all.
    """
    cases = tab.cases().filter(place.condition)
    if article:
        cases = cases.filter(article__slug=article)
    first = (number - 1) * PAGE_SIZE
    rows = read_rows(cases[first : first + PAGE_SIZE + 1])
    return rows[:PAGE_SIZE], len(rows) > PAGE_SIZE


def read_rows(cases: CaseQuerySet) -> list[Row]:
    """The database cuts the words around each passage out, so that no article's whole text travels."""
    source = Choice(
        *(When(field=part, then=F(f"anchored_in__content__{part}")) for part in ("headline", "standfirst", "byline")),
        When(field="body", then=F("anchored_in__content__text")),
        output_field=TextField(),
    )
    first = Greatest(F("start") - REACH, Value(0))
    note = Suggestion.objects.filter(case=OuterRef("pk")).exclude(note="").order_by("received_at").values("note")[:1]
    shown: Iterable[Any] = cases.select_related("article").annotate(
        headline=F("article__current__content__headline"),
        window=Substr(source, first + 1, F("end") + REACH - first),
        first_note=Subquery(note),
    )
    return [
        Row(
            case=case,
            headline=case.headline,
            language=case.article.language,
            runs=_runs(case, case.window),
            note=(case.first_note or "") if case.replacement is None else "",
            flags=flag_words(case.flags),
        )
        for case in shown
    ]


def _runs(case: Case, window: str | None) -> list[Run]:
    before = after = ""
    passage = case.exact
    if window is not None and case.start is not None and case.end is not None:
        start = min(case.start, REACH)
        end = start + case.end - case.start
        before, after = around(window, start, end)
        passage = window[start:end]
    if case.replacement is None:
        return excerpt(marked_runs(passage, before=before, after=after)) if passage else []
    return excerpt(changed_runs(passage, tidied(case.replacement, passage), before=before, after=after))
