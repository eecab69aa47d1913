"""One page of the case list, with keyset pagination: the number of queries does not grow with the number of cases."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Case as Choice
from django.db.models import F, OuterRef, Subquery, TextField, Value, When
from django.db.models.functions import Greatest, Substr
from django.utils.timesince import timesince

from corrections.decisions.variants import collapse_blanks
from corrections.desk.flag_labels import FlagLabel, flag_labels
from corrections.desk.list_params import ListParams
from corrections.desk.search import Search, build_search
from corrections.models import Case, CaseQuerySet, Suggestion
from newsroom.diffs.excerpts import CONTEXT, DiffRun, around, changed_runs, excerpt, marked_runs
from newsroom.presence.editors import Subject, taken_by_others

NEXT_CASES = 5  # looked through for one that nobody else has open
PAGE_SIZE = 50
# Frequent words are found by scanning the list in its order, which saves sorting all hits of the index.
FIRST_SCAN = 1000  # cases; their hits estimate how far the scan has to go
MAX_SCAN = 15_000  # cases; rarer words are found by the indexes
SCAN_MARGIN = 1.5  # factor on the estimate
WINDOW_CONTEXT = 2 * CONTEXT  # characters fetched on each side of a passage


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in one line: the proposed change as a word diff, or the first note where there is no replacement."""

    case: Case
    headline: str
    language: str
    runs: list[DiffRun]
    note: str
    flags: list[FlagLabel]

    @property
    def waiting(self) -> str:
        return waiting_since(self.case.first_at)


@dataclass(frozen=True, slots=True)
class ListPage:
    """Rows in list order, and the cursors of the adjacent pages, empty where there is none."""

    rows: list[CaseRow]
    previous: str
    following: str


def waiting_since(moment: datetime) -> str:
    return timesince(moment, depth=1)


def read_list_page(params: ListParams, search: Search | None = None) -> ListPage:
    """Fetches one row more than it shows, instead of counting. `search` is the one for `params.words`, if it exists."""
    cases = _rows(params, PAGE_SIZE + 1, search)
    more = len(cases) > PAGE_SIZE
    if params.before and not params.after:
        if not more:
            return read_list_page(params.from_the_start, search)  # a full first page
        rows = cases[:PAGE_SIZE][::-1]
        return ListPage(rows, previous=params.cursor(rows[0].case), following=params.cursor(rows[-1].case))
    rows = cases[:PAGE_SIZE]
    return ListPage(
        rows,
        previous=params.cursor(rows[0].case) if params.after and rows else "",
        following=params.cursor(rows[-1].case) if more else "",
    )


def next_case(params: ListParams, case: Case) -> Case | None:
    """The case after one that was just decided, else the first in the list; before one that a colleague has open."""
    candidates = [params.from_the_start]
    if params.has_place_for(case):
        candidates.insert(0, replace(params, after=params.cursor(case), before=""))
    for each in candidates:
        # One more, as one may be the case itself.
        left = [following for following in _first_cases(each, NEXT_CASES + 1) if following.pk != case.pk]
        taken = taken_by_others([Subject("case", following.pk) for following in left], params.editor)
        free = [following for following in left if Subject("case", following.pk) not in taken]
        if free or left:
            return (free or left)[0]
    return None


def count_waiting(params: ListParams, *, most: int) -> int:
    """Number of cases in the list, counted up to `most`, so that the cost is bounded."""
    cases = params.from_the_start.cases().order_by()
    found = build_search(params.words).throughout(cases) if params.words else cases
    return found[:most].count()


def _rows(params: ListParams, number: int, search: Search | None) -> list[CaseRow]:
    if not params.words:
        # The page's keys in a subquery: joined to the whole list, PostgreSQL makes room for every article of it first.
        cases = params.cases()
        return read_rows(Case.objects.filter(pk__in=cases.values("pk")[:number]).order_by(*cases.query.order_by))
    keys = _first_keys(params, number, search or build_search(params.words))
    rows = {row.case.pk: row for row in read_rows(Case.objects.filter(pk__in=keys))}
    return [rows[key] for key in keys if key in rows]


def _first_cases(params: ListParams, number: int) -> list[Case]:
    if not params.words:
        return list(params.cases()[:number])
    keys = _first_keys(params, number, build_search(params.words))
    return sorted(Case.objects.filter(pk__in=keys), key=lambda case: keys.index(case.pk))


def _first_keys(params: ListParams, number: int, search: Search) -> list[int]:
    return _scan_for(params, search, number) or list(
        search.throughout(params.cases()).values_list("pk", flat=True)[:number]
    )


def _scan_for(params: ListParams, search: Search, number: int) -> list[int]:
    """Primary keys of the first `number` hits, by scanning the list; empty if the words are too rare for that."""
    keys = _scan_between(params, search, 0, FIRST_SCAN)
    likely = FIRST_SCAN * number * SCAN_MARGIN / len(keys) if keys else MAX_SCAN + 1
    if len(keys) < number and likely <= MAX_SCAN:
        keys += _scan_between(params, search, FIRST_SCAN, int(likely))
    return keys[:number] if len(keys) >= number else []


def _scan_between(params: ListParams, search: Search, first: int, end: int) -> list[int]:
    cases = params.cases()
    some = Case.objects.filter(pk__in=cases.values("pk")[first:end])
    met = search.among(some, many=end - first > FIRST_SCAN).order_by(*cases.query.order_by)
    return list(met.values_list("pk", flat=True))


def read_rows(cases: CaseQuerySet) -> list[CaseRow]:
    """The database cuts out each passage with its context (Substr), so that no whole article is fetched."""
    source = Choice(
        *(
            When(field=part, then=F(f"anchored_in__stored_text__{part}"))
            for part in ("headline", "standfirst", "byline")
        ),
        When(field="body", then=F("anchored_in__stored_text__text")),
        output_field=TextField(),
    )
    first = Greatest(F("start") - WINDOW_CONTEXT, Value(0))
    note = Suggestion.objects.filter(case=OuterRef("pk")).exclude(note="").order_by("received_at").values("note")[:1]
    shown: Iterable[Any] = cases.select_related("article").annotate(
        headline=F("article__current__stored_text__headline"),
        window=Substr(source, first + 1, F("end") + WINDOW_CONTEXT - first),
        first_note=Subquery(note),
    )
    return [
        CaseRow(
            case=case,
            headline=case.headline or case.article.slug,
            language=case.article.language,
            runs=_runs(case, case.window),
            note=(case.first_note or "") if case.replacement is None else "",
            flags=flag_labels(case.flags),
        )
        for case in shown
    ]


def _runs(case: Case, window: str | None) -> list[DiffRun]:
    before = after = ""
    passage = case.exact
    if window is not None and case.start is not None and case.end is not None:
        start = min(case.start, WINDOW_CONTEXT)
        end = start + case.end - case.start
        before, after = around(window, start, end)
        passage = window[start:end]
    if case.replacement is None:
        return excerpt(marked_runs(passage, before=before, after=after)) if passage else []
    return excerpt(changed_runs(passage, collapse_blanks(case.replacement, passage), before=before, after=after))
