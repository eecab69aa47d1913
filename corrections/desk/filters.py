"""Filters of the case list, each as a query condition and as a function of one row for facet counts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corrections.desk.flag_labels import FLAG_WORDS
from corrections.models import AnchorStatus, Case, Category
from corrections.models.cases import CLAIM
from corrections.screening.flags import WARNINGS
from newsroom.models import Editor
from newsroom.models.deadlines import CLOCKS_DIFFER, is_over

# Fields of a case that Filter.values_of reads.
FILTER_FIELDS = (
    *("state", "category", "flags", "anchor", "field", "assignee_id", "claimed_until", "echo_of_id"),
    *("article__slug", "article__section", "article__language"),
)
FieldValues = Mapping[str, Any]
CERTAIN = (AnchorStatus.EXACT, AnchorStatus.MOVED)


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: "Promise | str"


@dataclass(frozen=True, slots=True)
class Filter:
    """A facet of the list; the empty value filters nothing.

    `condition` selects the cases of a value; `values_of` gives the values under which a case with these FILTER_FIELDS
    is found. The two must agree, or the facet counts are wrong. `accepts_any` allows values besides the fixed choices.
    """

    name: str
    label: Promise
    anything: Promise
    choices: tuple[Choice, ...]
    condition: Callable[[str, Editor], Q]
    values_of: Callable[[FieldValues, Editor], Sequence[str]]
    accepts_any: bool = False

    def chosen(self, value: str) -> str:
        known = self.accepts_any or any(choice.value == value for choice in self.choices)
        return value if known else ""


# States -------------------------------------------------------------------------------------------------------------
OPEN, ALL = "open", "all"
STATES_OF = {
    OPEN: (Case.State.OPEN, Case.State.PROPOSED),
    "proposed": (Case.State.PROPOSED,),
    "held": (Case.State.HELD,),
    "asked": (Case.State.ASKED,),
    "handed_over": (Case.State.HANDED_OVER,),
    "published": (Case.State.PUBLISHED,),
    "declined": (Case.State.DECLINED,),
    "already_fixed": (Case.State.ALREADY_FIXED,),
    "spam": (Case.State.SPAM,),
    ALL: tuple(Case.State),
}
# Ordered by rank; closed cases are ordered by decision, the last first.
QUEUED = (OPEN, "proposed", "held", "asked", "handed_over")


def _in_state(value: str, _editor: Editor) -> Q:
    return Q() if value == ALL else Q(state__in=STATES_OF[value])


def _states_of(facts: FieldValues, _editor: Editor) -> list[str]:
    return [value for value, states in STATES_OF.items() if facts["state"] in states]


STATES = Filter(
    "state",
    pgettext_lazy("name of a filter", "State"),
    pgettext_lazy("cases, by state", "Open"),
    (
        Choice(OPEN, pgettext_lazy("cases, by state", "Open")),
        Choice("proposed", pgettext_lazy("cases, by state", "For a second editor")),
        Choice("held", pgettext_lazy("cases, by state", "On hold")),
        Choice("asked", pgettext_lazy("cases, by state", "Asked")),
        Choice("handed_over", pgettext_lazy("cases, by state", "On its way")),
        Choice("published", pgettext_lazy("cases, by state", "Published")),
        Choice("declined", pgettext_lazy("cases, by state", "Declined")),
        Choice("already_fixed", pgettext_lazy("cases, by state", "Already fixed")),
        Choice("spam", pgettext_lazy("cases, by state", "Spam")),
        Choice(ALL, pgettext_lazy("cases, by state", "All")),
    ),
    _in_state,
    _states_of,
)


# Place --------------------------------------------------------------------------------------------------------------
def _placed(value: str, _editor: Editor) -> Q:
    if value == "whole":
        return Q(field="")
    return Q(anchor__in=CERTAIN if value == "certain" else (value,)) & ~Q(field="")


def _places_of(facts: FieldValues, _editor: Editor) -> list[str]:
    if not facts["field"]:
        return ["whole"]
    return ["certain", facts["anchor"]] if facts["anchor"] in CERTAIN else [facts["anchor"]]


PLACES = Filter(
    "place",
    pgettext_lazy("name of a filter", "Place"),
    _("Any place"),
    (
        Choice("certain", pgettext_lazy("where a passage stands now", "Certain")),
        *(Choice(anchor.value, anchor.label) for anchor in AnchorStatus),
        Choice("whole", _("About the whole article")),
    ),
    _placed,
    _places_of,
)


# Flags --------------------------------------------------------------------------------------------------------------
def _flagged(value: str, _editor: Editor) -> Q:
    if value == "none":
        return Q(flags=[])
    if value == "warned":
        return has_warning()
    return _has_flag(value)


def has_warning() -> Q:
    """Any flag that the editor has to confirm before publishing."""
    return reduce(or_, (_has_flag(flag.value) for flag in sorted(WARNINGS)))


def _has_flag(value: str) -> Q:
    # SQLite has no JSON containment; its JSON is text, and a quoted flag name occurs in nothing else.
    return Q(flags__contains=[value]) if connection.vendor == "postgresql" else Q(flags__icontains=f'"{value}"')


def _flags_of(facts: FieldValues, _editor: Editor) -> list[str]:
    flags = facts["flags"]
    return (["warned", *flags] if WARNINGS & set(flags) else flags) or ["none"]


FLAGS = Filter(
    "flag",
    pgettext_lazy("name of a filter", "Flag"),
    _("Any"),
    (
        Choice("none", _("No flag")),
        Choice("warned", _("Any warning")),
        *(Choice(flag.value, words) for flag, words in FLAG_WORDS.items()),
    ),
    _flagged,
    _flags_of,
)


# Hands --------------------------------------------------------------------------------------------------------------
def _assigned(value: str, editor: Editor) -> Q:
    lapsed = Q(claimed_until__isnull=False) & is_over("claimed_until", timezone.now(), longest=CLAIM)
    if value == "nobody":
        return Q(assignee=None) | lapsed
    key = str(editor.pk) if value == "me" else value
    return Q(assignee=int(key)) & ~lapsed if _is_key(key) else Q(pk=0)


def _assignees_of(facts: FieldValues, editor: Editor) -> list[str]:
    until, now = facts["claimed_until"], timezone.now()
    if facts["assignee_id"] is None or (until and not now < until <= now + CLAIM + CLOCKS_DIFFER):
        return ["nobody"]
    held_by = [str(facts["assignee_id"])]
    return ["me", *held_by] if facts["assignee_id"] == editor.pk else held_by


def _is_key(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) < 10


ASSIGNEES = Filter(
    "hands",
    pgettext_lazy("name of a filter", "With"),
    _("Anyone or no one"),
    (Choice("me", pgettext_lazy("in hand of", "Me")), Choice("nobody", pgettext_lazy("in hand of", "No one"))),
    _assigned,
    _assignees_of,
    accepts_any=True,
)


# The article --------------------------------------------------------------------------------------------------------
def _in_language(value: str, _editor: Editor) -> Q:
    return Q(article__language=value) | Q(article__language__startswith=f"{value}-")


def _languages_of(facts: FieldValues, _editor: Editor) -> list[str]:
    """ "en" and "en-GB" for "en-GB"."""
    language = facts["article__language"]
    return [language.partition("-")[0], language] if "-" in language else [language]


def _equal(field: str) -> tuple[Callable[[str, Editor], Q], Callable[[FieldValues, Editor], Sequence[str]]]:
    return (
        lambda value, _editor: Q(**{field: value}),
        lambda facts, _editor: [facts[field]] if facts[field] else [],
    )


CATEGORIES = tuple(Choice(category.value, category.label) for category in Category)
KINDS = Filter("kind", _("Kind of error"), _("Any kind"), CATEGORIES, *_equal("category"))
SECTIONS = Filter("section", _("Section"), _("Any section"), (), *_equal("article__section"), accepts_any=True)
ARTICLES = Filter("article", _("Article"), _("Any article"), (), *_equal("article__slug"), accepts_any=True)
LANGUAGES = Filter(
    "language",
    _("Language"),
    _("Any language"),
    tuple(Choice(code, label) for code, label in settings.LANGUAGES),
    _in_language,
    _languages_of,
    accepts_any=True,
)
FOUND = Filter(
    "found",
    pgettext_lazy("name of a filter", "Found by"),
    _("Readers or the desk"),
    (Choice("readers", pgettext_lazy("found by", "Readers")), Choice("desk", pgettext_lazy("found by", "The desk"))),
    lambda value, _editor: Q(echo_of__isnull=value == "readers"),
    lambda facts, _editor: ["readers" if facts["echo_of_id"] is None else "desk"],
)
FILTERS = (KINDS, PLACES, FLAGS, ASSIGNEES, FOUND, SECTIONS, LANGUAGES, ARTICLES)
