"""Which cases an editor looks at: the choices of the list, and the way from one case to the next."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corrections.flagwords import FLAG_WORDS
from corrections.models import AnchorStatus, Case, CaseQuerySet, Category, Suggestion
from corrections.screening import WARNINGS
from newsroom.models import Editor, RevisionText
from newsroom.published import EPOCH, MICROSECOND

CURSOR = re.compile("(-?[0-9]{1,17})[.]([0-9]{1,18})")
LONGEST_SEARCH = 100
# A word that stands everywhere need not be looked up in every row: so many hits are more than anybody reads.
MOST_HITS = 1000


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a filter's fixed choices, so that no query has to find out what there is to choose from."""

    name: str
    label: "Promise | str"
    condition: Callable[[Editor], Q]


@dataclass(frozen=True, slots=True)
class Filter:
    """The first choice is the usual one and stands for a missing or unknown value."""

    name: str
    label: Promise
    choices: tuple[Choice, ...]

    def chosen(self, value: str) -> Choice:
        return next((choice for choice in self.choices if choice.name == value), self.choices[0])


def _simply(condition: Q) -> Callable[[Editor], Q]:
    return lambda _editor: condition


def _in_state(*states: Case.State) -> Callable[[Editor], Q]:
    return _simply(Q(state__in=states))


def _in_hand_of(editor: Editor) -> Q:
    return Q(assignee=editor) & (Q(claimed_until=None) | Q(claimed_until__gt=timezone.now()))


def _in_nobodys_hand(_editor: Editor) -> Q:
    return Q(assignee=None) | Q(claimed_until__lte=timezone.now())


def _anchored(*anchors: str) -> Callable[[Editor], Q]:
    return _simply(Q(anchor__in=anchors) & ~Q(field=""))


STATES = Filter(
    "state",
    _("State"),
    (
        Choice("open", _("Open"), _in_state(Case.State.OPEN, Case.State.PROPOSED)),
        Choice("proposed", _("For a second editor"), _in_state(Case.State.PROPOSED)),
        Choice("held", _("On hold"), _in_state(Case.State.HELD)),
        Choice("asked", _("Asked"), _in_state(Case.State.ASKED)),
        Choice("published", _("Published"), _in_state(Case.State.PUBLISHED)),
        Choice("declined", _("Declined"), _in_state(Case.State.DECLINED)),
        Choice("already_fixed", _("Already fixed"), _in_state(Case.State.ALREADY_FIXED)),
        Choice("spam", _("Spam"), _in_state(Case.State.SPAM)),
        Choice("all", _("All"), _simply(Q())),
    ),
)
# In these the queue's own order holds; settled cases stand with the last decided first.
QUEUED = ("open", "proposed", "held", "asked")
PLACES = Filter(
    "place",
    _("Place"),
    (
        Choice("", _("Any place"), _simply(Q())),
        Choice("certain", _("Certain"), _anchored(AnchorStatus.EXACT, AnchorStatus.MOVED)),
        Choice("changed", AnchorStatus.CHANGED.label, _anchored(AnchorStatus.CHANGED)),
        Choice("removed", AnchorStatus.REMOVED.label, _anchored(AnchorStatus.REMOVED)),
        Choice("ambiguous", AnchorStatus.AMBIGUOUS.label, _anchored(AnchorStatus.AMBIGUOUS)),
        Choice("unplaced", AnchorStatus.UNPLACED.label, _anchored(AnchorStatus.UNPLACED)),
        Choice("whole", _("About the whole article"), _simply(Q(field=""))),
    ),
)
KINDS = Filter(
    "kind",
    _("Kind of error"),
    (
        Choice("", _("Any kind"), _simply(Q())),
        *(Choice(category.value, category.label, _simply(Q(category=category))) for category in Category),
    ),
)
# What an editor is asked about before such a change is published.
WARNED = reduce(or_, (Q(flags_text__contains=f'"{flag.value}"') for flag in sorted(WARNINGS)))
FLAGS = Filter(
    "flag",
    _("Flag"),
    (
        Choice("", _("Any flag or none"), _simply(Q())),
        Choice("none", _("No flag"), _simply(Q(flags=[]))),
        Choice("warned", _("Any warning"), _simply(WARNED)),
        *(
            Choice(flag.value, words, _simply(Q(flags_text__contains=f'"{flag.value}"')))
            for flag, words in FLAG_WORDS.items()
        ),
    ),
)
HANDS = Filter(
    "hands",
    _("In hand of"),
    (
        Choice("", _("Anybody"), _simply(Q())),
        Choice("me", _("Me"), _in_hand_of),
        Choice("nobody", _("Nobody"), _in_nobodys_hand),
    ),
)
TONGUES = Filter(
    "language",
    _("Language"),
    (
        Choice("", _("Any language"), _simply(Q())),
        *(Choice(code, label, _simply(Q(article__language=code))) for code, label in settings.LANGUAGES),
    ),
)
FILTERS = (PLACES, KINDS, FLAGS, HANDS, TONGUES)


@dataclass(frozen=True, slots=True)
class View:
    """What one editor looks at, as the address says it."""

    editor: Editor
    state: Choice
    chosen: Mapping[str, Choice]
    article: str = ""
    section: str = ""
    words: str = ""
    after: str = ""

    @property
    def is_narrowed(self) -> bool:
        return bool(self.section) or any(choice.name for choice in self.chosen.values())

    @property
    def query(self) -> str:
        """The address's query without the place in the list: what leads from a case to the next of the same view."""
        query = QueryDict(mutable=True)
        parts = {"state": self.state.name if self.state is not STATES.choices[0] else ""}
        parts |= {name: choice.name for name, choice in self.chosen.items()}
        parts |= {"article": self.article, "section": self.section, "q": self.words}
        for name, value in parts.items():
            if value:
                query[name] = value
        return query.urlencode()

    def cases(self) -> CaseQuerySet:
        """In the order of the list."""
        cases = Case.objects.annotate(flags_text=Cast("flags", TextField())).filter(self.state.condition(self.editor))
        for choice in self.chosen.values():
            cases = cases.filter(choice.condition(self.editor))
        if self.article:
            cases = cases.filter(article__slug=self.article)
        if self.section:
            cases = cases.filter(article__section=self.section)
        if self.words:
            cases = cases.filter(pk__in=_hits(self.words))
        return self._behind(cases.order_by(*self.order))

    @property
    def order(self) -> tuple[str, str]:
        if self.state.name in QUEUED:
            return "rank", "pk"
        return ("first_at", "pk") if self.state.name == "all" else ("-decided_at", "-pk")

    def cursor(self, case: Case) -> str:
        """What stands for a case's place in the list."""
        moment: datetime = getattr(case, self.order[0].lstrip("-"))
        return f"{(moment - EPOCH) // MICROSECOND}.{case.pk}"

    def _behind(self, cases: CaseQuerySet) -> CaseQuerySet:
        """Those behind the cursor. "At or behind, but not before" lets an index find the place; an OR does not."""
        found = CURSOR.fullmatch(self.after)
        if not found:
            return cases
        field, moment, key = self.order[0].lstrip("-"), EPOCH + int(found[1]) * MICROSECOND, int(found[2])
        if self.order[0].startswith("-"):
            return cases.filter(**{f"{field}__lte": moment}).exclude(**{field: moment, "pk__gte": key})
        return cases.filter(**{f"{field}__gte": moment}).exclude(**{field: moment, "pk__lte": key})


def view_of(query: QueryDict, editor: Editor) -> View:
    return View(
        editor=editor,
        state=STATES.chosen(query.get("state", "")),
        chosen={each.name: each.chosen(query.get(each.name, "")) for each in FILTERS},
        article=_plain(query.get("article", "")),
        section=_plain(query.get("section", "")),
        words=_plain(query.get("q", ""))[:LONGEST_SEARCH],
        after=query.get("after", ""),
    )


def _plain(value: str) -> str:
    return value.replace("\0", "").strip()


def _hits(words: str) -> set[int]:
    """Keys of the cases in whose passage, suggested words, notes or article's headline the words stand."""
    of_case = Case.objects.filter(Q(exact__icontains=words) | Q(replacement__icontains=words)).values_list("pk")
    of_notes = Suggestion.objects.filter(note__icontains=words, case__isnull=False).values_list("case_id")
    articles = RevisionText.objects.filter(headline__icontains=words).values("revision__article_id")[:MOST_HITS]
    of_articles = Case.objects.filter(article__in=list(articles.values_list("revision__article_id", flat=True)))
    found = (of_case, of_notes, of_articles.values_list("pk"))
    return {key for hits in found for (key,) in hits[:MOST_HITS]}
