"""Reads the list of cases as editors see it: one query, however many rows it shows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Case as Choice
from django.db.models import F, OuterRef, Subquery, TextField, Value, When
from django.db.models.functions import Greatest, Substr
from django.utils.timesince import timesince

from corrections.excerpts import CONTEXT, Run, around, changed_runs, excerpt, marked_runs
from corrections.filters import View
from corrections.flagwords import Told, told
from corrections.models import Case, CaseQuerySet, Suggestion
from corrections.variants import tidied

PAGE_SIZE = 50
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


def waiting_since(moment: datetime) -> str:
    return timesince(moment, depth=1)


def read_page(view: View) -> tuple[list[Row], str]:
    """One page of a view's rows, and the cursor of the next, empty on the last.

    One row more than is shown is fetched instead of counting them all.
    """
    rows = read_rows(view.cases()[: PAGE_SIZE + 1])
    more = len(rows) > PAGE_SIZE
    return rows[:PAGE_SIZE], view.cursor(rows[PAGE_SIZE - 1].case) if more else ""


def next_case(view: View, case: Case) -> Case | None:
    """The case behind one that was just decided, else the first that is left."""
    behind = replace(view, after=view.cursor(case)) if _has_place(view, case) else view
    return behind.cases().exclude(pk=case.pk).first() or replace(view, after="").cases().exclude(pk=case.pk).first()


def waiting_now(view: View, *, most: int) -> int:
    """How many cases the view has, counted no further than `most`: to count a million takes as long as to show them."""
    return replace(view, after="").cases().order_by()[:most].count()


def _has_place(view: View, case: Case) -> bool:
    return getattr(case, view.order[0].lstrip("-")) is not None


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
    return excerpt(changed_runs(passage, tidied(case.replacement, passage), before=before, after=after))
