"""By what the list of cases can be narrowed: fixed choices, which no query has to find in the cases first."""

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
from corrections.screening.flags import WARNINGS
from newsroom.models import Editor

# What the filters read of a case; see Filter.values_of.
FACTS = (
    *("state", "category", "flags", "anchor", "field", "assignee_id", "claimed_until"),
    *("article__slug", "article__section", "article__language"),
)
Facts = Mapping[str, Any]
CERTAIN = (AnchorStatus.EXACT, AnchorStatus.MOVED)


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: "Promise | str"


@dataclass(frozen=True, slots=True)
class Filter:
    """One question about a case. The empty value narrows nothing.

    `condition` finds the cases of a value; `values_of` says of one case's FACTS under which values it is found. The
    two have to agree, or the numbers beside the choices lie. An open filter takes other values than its fixed choices.
    """

    name: str
    label: Promise
    anything: Promise
    choices: tuple[Choice, ...]
    condition: Callable[[str, Editor], Q]
    values_of: Callable[[Facts, Editor], Sequence[str]]
    is_open: bool = False

    def chosen(self, value: str) -> str:
        known = self.is_open or any(choice.value == value for choice in self.choices)
        return value if known else ""


# States -------------------------------------------------------------------------------------------------------------
OPEN, ALL = "open", "all"
STATES_OF = {
    OPEN: (Case.State.OPEN, Case.State.PROPOSED),
    "proposed": (Case.State.PROPOSED,),
    "held": (Case.State.HELD,),
    "asked": (Case.State.ASKED,),
    "published": (Case.State.PUBLISHED,),
    "declined": (Case.State.DECLINED,),
    "already_fixed": (Case.State.ALREADY_FIXED,),
    "spam": (Case.State.SPAM,),
    ALL: tuple(Case.State),
}
# In these the queue's own order holds; settled cases stand with the last decided first.
QUEUED = (OPEN, "proposed", "held", "asked")


def _in_state(value: str, _editor: Editor) -> Q:
    return Q() if value == ALL else Q(state__in=STATES_OF[value])


def _states_of(facts: Facts, _editor: Editor) -> list[str]:
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


def _places_of(facts: Facts, _editor: Editor) -> list[str]:
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
        return is_warned()
    return _has_flag(value)


def is_warned() -> Q:
    """With a flag about which an editor is asked before such a change is published."""
    return reduce(or_, (_has_flag(flag.value) for flag in sorted(WARNINGS)))


def _has_flag(value: str) -> Q:
    # SQLite has no containment; its JSON is text, and a flag's name stands in nothing else.
    return Q(flags__contains=[value]) if connection.vendor == "postgresql" else Q(flags__icontains=f'"{value}"')


def _flags_of(facts: Facts, _editor: Editor) -> list[str]:
    flags = facts["flags"]
    return (["warned", *flags] if WARNINGS & set(flags) else flags) or ["none"]


FLAGS = Filter(
    "flag",
    pgettext_lazy("name of a filter", "Flag"),
    _("Any flag or none"),
    (
        Choice("none", _("No flag")),
        Choice("warned", _("Any warning")),
        *(Choice(flag.value, words) for flag, words in FLAG_WORDS.items()),
    ),
    _flagged,
    _flags_of,
)


# Hands --------------------------------------------------------------------------------------------------------------
def _in_hand(value: str, editor: Editor) -> Q:
    lapsed = Q(claimed_until__lte=timezone.now())
    if value == "nobody":
        return Q(assignee=None) | lapsed
    key = str(editor.pk) if value == "me" else value
    return Q(assignee=int(key)) & ~lapsed if _is_key(key) else Q(pk=0)


def _hands_of(facts: Facts, editor: Editor) -> list[str]:
    until = facts["claimed_until"]
    if facts["assignee_id"] is None or (until and until <= timezone.now()):
        return ["nobody"]
    held_by = [str(facts["assignee_id"])]
    return ["me", *held_by] if facts["assignee_id"] == editor.pk else held_by


def _is_key(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) < 10


HANDS = Filter(
    "hands",
    pgettext_lazy("name of a filter", "In hand of"),
    _("Anybody or nobody"),
    (Choice("me", pgettext_lazy("in hand of", "Me")), Choice("nobody", pgettext_lazy("in hand of", "Nobody"))),
    _in_hand,
    _hands_of,
    is_open=True,
)


# The article --------------------------------------------------------------------------------------------------------
def _in_language(value: str, _editor: Editor) -> Q:
    return Q(article__language=value) | Q(article__language__startswith=f"{value}-")


def _languages_of(facts: Facts, _editor: Editor) -> list[str]:
    """ "en" and "en-GB" of the latter."""
    language = facts["article__language"]
    return [language.partition("-")[0], language] if "-" in language else [language]


KINDS = Filter(
    "kind",
    _("Kind of error"),
    _("Any kind"),
    tuple(Choice(category.value, category.label) for category in Category),
    lambda value, _editor: Q(category=value),
    lambda facts, _editor: [facts["category"]],
)
SECTIONS = Filter(
    "section",
    _("Section"),
    _("Any section"),
    (),
    lambda value, _editor: Q(article__section=value),
    lambda facts, _editor: [facts["article__section"]] if facts["article__section"] else [],
    is_open=True,
)
TONGUES = Filter(
    "language",
    _("Language"),
    _("Any language"),
    tuple(Choice(code, label) for code, label in settings.LANGUAGES),
    _in_language,
    _languages_of,
    is_open=True,
)
ARTICLES = Filter(
    "article",
    _("Article"),
    _("Any article"),
    (),
    lambda value, _editor: Q(article__slug=value),
    lambda facts, _editor: [facts["article__slug"]],
    is_open=True,
)
FILTERS = (KINDS, PLACES, FLAGS, HANDS, SECTIONS, TONGUES, ARTICLES)
