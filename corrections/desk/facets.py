"""Facet counts for the case list, from at most 1,000 cases, so the cost is bounded."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.formats import number_format
from django.utils.functional import Promise

from corrections.desk.filters import (
    ARTICLES,
    ASSIGNEES,
    FILTER_FIELDS,
    FILTERS,
    SECTIONS,
    STATES,
    STATES_OF,
    Choice,
    FieldValues,
    Filter,
)
from corrections.desk.list_params import ListParams, order_of
from corrections.desk.search import Search, build_search
from corrections.models import Case, CaseQuerySet
from newsroom.models import Article, Editor

COUNT_CAP = 1000  # the first cases of a list
MOST_ARTICLES = 50  # offered, those with most cases; the search finds the others
MOST_EDITORS = 200
# Loose index scan: DISTINCT would read every article.
KNOWN_SECTIONS = """
    WITH RECURSIVE known(section) AS (
        SELECT min(section) FROM newsroom_article WHERE section > ''
        UNION ALL
        SELECT (SELECT min(section) FROM newsroom_article WHERE section > known.section)
        FROM known WHERE known.section IS NOT NULL
    ) SELECT section FROM known WHERE section IS NOT NULL LIMIT 200
"""


@dataclass(frozen=True, slots=True)
class Option:
    """A facet value with its number of cases."""

    value: str
    label: "Promise | str"
    count: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: Promise
    options: list[Option]


@dataclass(frozen=True, slots=True)
class FacetCounts:
    states: Facet
    facets: list[Facet]
    is_capped: bool
    counted: str


def facet_counts(params: ListParams, search: Search | None = None) -> FacetCounts:
    """Facets with counts; each count assumes the other filters as chosen.

    `search` is the one for `params.words`, if it exists.
    """
    sample = list(_sample(params, search).values(*FILTER_FIELDS)[: COUNT_CAP + 1])
    is_capped = len(sample) > COUNT_CAP
    chosen = {STATES.name: params.state, **params.chosen}
    counts = _count_facets(sample, chosen, params.editor)
    formatted = {
        name: {value: _format_count(min(number, COUNT_CAP), is_capped=is_capped) for value, number in numbers.items()}
        for name, numbers in counts.items()
    }
    # Without words the sample has one state, and the others are counted separately.
    states = formatted[STATES.name] if params.words else _count_states(params)
    nothing = _format_count(0, is_capped=is_capped)
    return FacetCounts(
        states=_facet(
            STATES, STATES.choices, states, params.state, _format_count(0, is_capped=is_capped and bool(params.words))
        ),
        facets=[
            _facet(each, _choices(each, counts[each.name], params), formatted[each.name], chosen[each.name], nothing)
            for each in FILTERS
        ],
        is_capped=is_capped,
        counted=_format_count(COUNT_CAP, is_capped=False),
    )


def _sample(params: ListParams, search: Search | None) -> CaseQuerySet:
    if not params.words:
        # Chosen before articles are joined: PostgreSQL plans for so many then, not for the whole list.
        first = params.scope().order_by(*params.order).values("pk")[: COUNT_CAP + 1]
        return Case.objects.filter(pk__in=first)
    cases = Case.objects.filter(ARTICLES.condition(params.article, params.editor) if params.article else Q())
    return (search or build_search(params.words)).throughout(cases, most=COUNT_CAP + 1)


def _count_facets(sample: Iterable[FieldValues], chosen: Mapping[str, str], editor: Editor) -> dict[str, Counter[str]]:
    filters = (STATES, *FILTERS)
    counts = {each.name: Counter[str]() for each in filters}
    for facts in sample:
        values = {each.name: each.values_of(facts, editor) for each in filters}
        missed = {name for name, value in chosen.items() if value and value not in values[name]}
        for each in filters:
            if missed <= {each.name}:
                counts[each.name].update(["", *values[each.name]])
    return counts


def _count_states(params: ListParams) -> dict[str, str]:
    """Counts by state of the cases that pass the filters, among each state's first COUNT_CAP; one SQL statement."""
    statements = list[str]()
    sql_params = list[Any]()
    for state in STATES_OF:
        scope = params.scope(state).order_by().values("pk")[: COUNT_CAP + 1]
        first = params.scope(state).order_by(*order_of(state)).values("pk")[:COUNT_CAP]
        left = Case.objects.filter(params.narrowing(), pk__in=first) if params.narrowing() else scope
        for cases in (scope, left):
            sql, more = cases.values("pk").query.sql_with_params()
            statements.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608  # parameters stay apart
            sql_params += more
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(statements), sql_params)
        numbers = cursor.fetchone()
    pairs = zip(STATES_OF, numbers[::2], numbers[1::2], strict=True)
    return {state: _format_count(min(left, COUNT_CAP), is_capped=there > COUNT_CAP) for state, there, left in pairs}


def _format_count(number: int, *, is_capped: bool) -> str:
    return number_format(number, force_grouping=True) + ("+" if is_capped else "")


def _facet(each: Filter, choices: Sequence[Choice], formatted: Mapping[str, str], chosen: str, nothing: str) -> Facet:
    options = [
        Option(choice.value, choice.label, formatted.get(choice.value, nothing), choice.value == chosen)
        for choice in choices
    ]
    if each is not STATES:
        options.insert(0, Option("", each.anything, formatted.get("", nothing), not chosen))
    return Facet(each.name, each.label, options)


def _choices(each: Filter, counted: Counter[str], params: ListParams) -> list[Choice]:
    """The fixed choices; for an open filter also known values, values of the counted cases, and the chosen one."""
    choices = [*each.choices, *_known(each, counted, params)]
    if each.accepts_any:
        there = {choice.value for choice in choices}
        more = {params.chosen[each.name]} if each in (ARTICLES, ASSIGNEES) else {params.chosen[each.name], *counted}
        choices += [Choice(value, value) for value in sorted(more - there - {""})]
    return choices


def _known(each: Filter, counted: Counter[str], params: ListParams) -> list[Choice]:
    if each is SECTIONS:
        with connection.cursor() as cursor:
            cursor.execute(KNOWN_SECTIONS)
            return [Choice(section, section) for (section,) in cursor.fetchall()]
    if each is ASSIGNEES:
        editors = Editor.objects.filter(is_active=True, is_staff=True).exclude(pk=params.editor.pk)
        return [Choice(str(editor.pk), str(editor)) for editor in editors.order_by("username")[:MOST_EDITORS]]
    if each is ARTICLES:
        slugs = [slug for slug, _number in counted.most_common(MOST_ARTICLES + 1) if slug]
        articles = Article.objects.filter(slug__in={*slugs, params.article})
        headlines = dict(articles.values_list("slug", "current__stored_text__headline"))
        return sorted((Choice(slug, headline) for slug, headline in headlines.items()), key=lambda c: -counted[c.value])
    return []
