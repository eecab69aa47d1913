"""Reads the list of cases as editors see it: as few queries for a million cases as for ten."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Case as Choice
from django.db.models import F, OuterRef, Subquery, TextField, Value, When
from django.db.models.functions import Greatest, Substr
from django.utils.timesince import timesince

from corrections.decisions.variants import collapse_blanks
from corrections.desk.flag_labels import Told, told
from corrections.desk.list_params import View
from corrections.desk.search import Search, search_for
from corrections.models import Case, CaseQuerySet, Suggestion
from newsroom.diffs.excerpts import CONTEXT, Run, around, changed_runs, excerpt, marked_runs

PAGE_SIZE = 50
# Words that stand in many cases are met by who walks down the list, and then nothing has to be looked up and sorted.
STRIDE = 1000  # cases looked at one by one before anything else; they tell how far the walk would be
WALK = 15_000  # cases at most; the indexes find words that are rarer than that asks for
MARGIN = 1.5  # times the way that the first stride makes likely
REACH = 2 * CONTEXT  # characters fetched on each side of a passage


@dataclass(frozen=True, slots=True)
class Row:
    """A case in one line: the proposed change as a word diff, or, where nobody proposed words, the first note."""

    case: Case
    headline: str
    language: str
    runs: list[Run]
    note: str
    flags: list[Told]

    @property
    def waiting(self) -> str:
        return waiting_since(self.case.first_at)


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a view in its order, and the cursors of the pages beside this one, empty where there is none."""

    rows: list[Row]
    previous: str
    following: str


def waiting_since(moment: datetime) -> str:
    return timesince(moment, depth=1)


def read_page(view: View, search: Search | None = None) -> Page:
    """One row more than is shown is fetched instead of counting them all; `search` is that for the view's words."""
    cases = _rows(view, PAGE_SIZE + 1, search)
    more = len(cases) > PAGE_SIZE
    if view.before and not view.after:
        if not more:
            return read_page(view.from_the_start, search)  # whole, however little of it stood before the cursor
        rows = cases[:PAGE_SIZE][::-1]
        return Page(rows, previous=view.cursor(rows[0].case), following=view.cursor(rows[-1].case))
    rows = cases[:PAGE_SIZE]
    return Page(
        rows,
        previous=view.cursor(rows[0].case) if view.after and rows else "",
        following=view.cursor(rows[-1].case) if more else "",
    )


def next_case(view: View, case: Case) -> Case | None:
    """The case behind one that was just decided, else the first that is left."""
    views = [view.from_the_start]
    if view.has_place_for(case):
        views.insert(0, replace(view, after=view.cursor(case), before=""))
    for each in views:
        # One of the two may be the case itself.
        left = [following for following in _first_cases(each, 2) if following.pk != case.pk]
        if left:
            return left[0]
    return None


def waiting_now(view: View, *, most: int) -> int:
    """How many cases the view has, counted no further than `most`: to count a million takes as long as to show them."""
    cases = view.from_the_start.cases().order_by()
    found = search_for(view.words).throughout(cases) if view.words else cases
    return found[:most].count()


def _rows(view: View, number: int, search: Search | None) -> list[Row]:
    if not view.words:
        return read_rows(view.cases()[:number])
    keys = _first_keys(view, number, search or search_for(view.words))
    rows = {row.case.pk: row for row in read_rows(Case.objects.filter(pk__in=keys))}
    return [rows[key] for key in keys if key in rows]


def _first_cases(view: View, number: int) -> list[Case]:
    if not view.words:
        return list(view.cases()[:number])
    keys = _first_keys(view, number, search_for(view.words))
    return sorted(Case.objects.filter(pk__in=keys), key=lambda case: keys.index(case.pk))


def _first_keys(view: View, number: int, search: Search) -> list[int]:
    return _met_on_the_way(view, search, number) or list(
        search.throughout(view.cases()).values_list("pk", flat=True)[:number]
    )


def _met_on_the_way(view: View, search: Search, number: int) -> list[int]:
    """The first cases with words that stand in many, found without looking them all up; empty where they are few."""
    keys = _met_between(view, search, 0, STRIDE)
    likely = STRIDE * number * MARGIN / len(keys) if keys else WALK + 1
    if len(keys) < number and likely <= WALK:
        keys += _met_between(view, search, STRIDE, int(likely))
    return keys[:number] if len(keys) >= number else []


def _met_between(view: View, search: Search, first: int, end: int) -> list[int]:
    cases = view.cases()
    some = Case.objects.filter(pk__in=cases.values("pk")[first:end])
    met = search.among(some, many=end - first > STRIDE).order_by(*cases.query.order_by)
    return list(met.values_list("pk", flat=True))


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
            flags=told(case.flags),
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
    return excerpt(changed_runs(passage, collapse_blanks(case.replacement, passage), before=before, after=after))
