"""Counts what the filters of the list would leave, from so few cases that a million cost no more than a thousand."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.formats import number_format
from django.utils.functional import Promise

from corrections.desk.filters import ARTICLES, FACTS, FILTERS, HANDS, SECTIONS, STATES, STATES_OF, Choice, Facts, Filter
from corrections.desk.list_params import View, order_of
from corrections.desk.search import Search, search_for
from corrections.models import Case, CaseQuerySet
from newsroom.models import Article, Editor

COUNTED = 1000  # of a list's cases, the first
MOST_ARTICLES = 50  # to choose from, those with most cases; the search finds the others
MOST_EDITORS = 200
# The next section behind one is found in the index; DISTINCT would read every article.
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
    """A choice with the number of cases that the list would have with it; `count` is empty where nobody counted."""

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
class Tally:
    states: Facet
    facets: list[Facet]
    is_capped: bool
    counted: str


def tally_of(view: View, search: Search | None = None) -> Tally:
    """What stands beside the filters; each number supposes the other filters as they are chosen.

    `search` is that for the view's words.
    """
    sample = list(_sample(view, search).values(*FACTS)[: COUNTED + 1])
    is_capped, sample = len(sample) > COUNTED, sample[:COUNTED]
    chosen = {STATES.name: view.state, **view.chosen}
    counts = _counted(sample, chosen, view.editor)
    told = {
        name: {value: _told(number, is_capped=is_capped) for value, number in numbers.items()}
        for name, numbers in counts.items()
    }
    # Without words the sample is of one state, and the others are counted apart.
    states = told[STATES.name] if view.words else _count_states(view)
    nothing = _told(0, is_capped=is_capped)
    return Tally(
        states=_facet(STATES, STATES.choices, states, view.state, _told(0, is_capped=is_capped and bool(view.words))),
        facets=[
            _facet(each, _choices(each, counts[each.name], view), told[each.name], chosen[each.name], nothing)
            for each in FILTERS
        ],
        is_capped=is_capped,
        counted=_told(COUNTED, is_capped=False),
    )


def _sample(view: View, search: Search | None) -> CaseQuerySet:
    if not view.words:
        return view.scope().order_by(*view.order)
    cases = Case.objects.filter(ARTICLES.condition(view.article, view.editor) if view.article else Q())
    return (search or search_for(view.words)).throughout(cases, most=COUNTED + 1)


def _counted(sample: Iterable[Facts], chosen: Mapping[str, str], editor: Editor) -> dict[str, Counter[str]]:
    filters = (STATES, *FILTERS)
    counts = {each.name: Counter[str]() for each in filters}
    for facts in sample:
        values = {each.name: each.values_of(facts, editor) for each in filters}
        missed = {name for name, value in chosen.items() if value and value not in values[name]}
        for each in filters:
            if missed <= {each.name}:
                counts[each.name].update(["", *values[each.name]])
    return counts


def _count_states(view: View) -> dict[str, str]:
    """Of each state's first cases, those that the filters leave: one statement, made of small ones."""
    statements = list[str]()
    params = list[Any]()
    for state in STATES_OF:
        scope = view.scope(state).order_by().values("pk")[: COUNTED + 1]
        first = view.scope(state).order_by(*order_of(state)).values("pk")[:COUNTED]
        left = Case.objects.filter(view.narrowing(), pk__in=first) if view.narrowing() else scope
        for cases in (scope, left):
            sql, more = cases.values("pk").query.sql_with_params()
            statements.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608  # parameters stay apart
            params += more
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(statements), params)
        numbers = cursor.fetchone()
    pairs = zip(STATES_OF, numbers[::2], numbers[1::2], strict=True)
    return {state: _told(min(left, COUNTED), is_capped=there > COUNTED) for state, there, left in pairs}


def _told(number: int, *, is_capped: bool) -> str:
    return number_format(number, force_grouping=True) + ("+" if is_capped else "")


def _facet(each: Filter, choices: Sequence[Choice], told: Mapping[str, str], chosen: str, nothing: str) -> Facet:
    options = [
        Option(choice.value, choice.label, told.get(choice.value, nothing), choice.value == chosen)
        for choice in choices
    ]
    if each is not STATES:
        options.insert(0, Option("", each.anything, told.get("", nothing), not chosen))
    return Facet(each.name, each.label, options)


def _choices(each: Filter, counted: Counter[str], view: View) -> list[Choice]:
    """The fixed choices; of an open filter also what is known, what the counted cases have, and what is chosen."""
    choices = [*each.choices, *_known(each, counted, view)]
    if each.is_open:
        there = {choice.value for choice in choices}
        more = {view.chosen[each.name]} if each in (ARTICLES, HANDS) else {view.chosen[each.name], *counted}
        choices += [Choice(value, value) for value in sorted(more - there - {""})]
    return choices


def _known(each: Filter, counted: Counter[str], view: View) -> list[Choice]:
    if each is SECTIONS:
        with connection.cursor() as cursor:
            cursor.execute(KNOWN_SECTIONS)
            return [Choice(section, section) for (section,) in cursor.fetchall()]
    if each is HANDS:
        editors = Editor.objects.filter(is_active=True, is_staff=True).exclude(pk=view.editor.pk)
        return [Choice(str(editor.pk), str(editor)) for editor in editors.order_by("username")[:MOST_EDITORS]]
    if each is ARTICLES:
        slugs = [slug for slug, _number in counted.most_common(MOST_ARTICLES + 1) if slug]
        articles = Article.objects.filter(slug__in={*slugs, view.article})
        headlines = dict(articles.values_list("slug", "current__content__headline"))
        return sorted((Choice(slug, headline) for slug, headline in headlines.items()), key=lambda c: -counted[c.value])
    return []
