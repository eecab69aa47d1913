"""What one editor looks at, as the address says it: which cases, in which order, from which place on."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q
from django.http import QueryDict

from corrections.desk.filters import ALL, ARTICLES, FILTERS, OPEN, QUEUED, STATES
from corrections.models import Case, CaseQuerySet
from newsroom.models import Editor
from newsroom.record.queries import EPOCH, MICROSECOND

CURSOR = re.compile("(-?[0-9]{1,17})[.]([0-9]{1,18})")
LONGEST = 120  # of a slug; no other value is longer


@dataclass(frozen=True, slots=True)
class View:
    """`chosen` holds the value of each filter, empty where it narrows nothing. At most one cursor counts, `after`
    before `before`.
    """

    editor: Editor
    state: str
    chosen: Mapping[str, str]
    words: str = ""
    after: str = ""
    before: str = ""

    @property
    def is_narrowed(self) -> bool:
        return any(self.chosen.values())

    @property
    def article(self) -> str:
        return self.chosen.get(ARTICLES.name, "")

    @property
    def query(self) -> str:
        """The address's query without the place in the list: what leads from a case to the next of the same view."""
        query = QueryDict(mutable=True)
        parts = {"state": "" if self.state == OPEN else self.state, **self.chosen, "q": self.words}
        for name, value in parts.items():
            if value:
                query[name] = value
        return query.urlencode()

    @property
    def from_the_start(self) -> "View":
        return replace(self, after="", before="")

    def cases(self) -> CaseQuerySet:
        """In the order of the list, last first where a `before` is given; the words are looked for elsewhere."""
        cases = self.scope().filter(self.narrowing())
        if self.before and not self.after:
            return self._beside(cases.order_by(*map(_turned, self.order)), self.before)
        return self._beside(cases.order_by(*self.order), self.after)

    def scope(self, state: str = "") -> CaseQuerySet:
        """What an index finds at once: a state's cases, of one article if that is chosen."""
        cases = Case.objects.filter(STATES.condition(state or self.state, self.editor))
        return cases.filter(ARTICLES.condition(self.article, self.editor)) if self.article else cases

    def narrowing(self) -> Q:
        narrowing = Q()
        for each in FILTERS:
            if (value := self.chosen[each.name]) and each is not ARTICLES:
                narrowing &= each.condition(value, self.editor)
        return narrowing

    @property
    def order(self) -> tuple[str, str]:
        return order_of(self.state)

    def has_place_for(self, case: Case) -> bool:
        return getattr(case, self.order[0].lstrip("-")) is not None

    def cursor(self, case: Case) -> str:
        """What stands for a case's place in the list."""
        moment: datetime = getattr(case, self.order[0].lstrip("-"))
        return f"{(moment - EPOCH) // MICROSECOND}.{case.pk}"

    def _beside(self, cases: CaseQuerySet, cursor: str) -> CaseQuerySet:
        """Those behind the cursor. "At or behind, but not before" lets an index find the place; an OR does not."""
        found = CURSOR.fullmatch(cursor)
        if not found:
            return cases
        first = str(cases.query.order_by[0])
        field, moment, key = first.lstrip("-"), EPOCH + int(found[1]) * MICROSECOND, int(found[2])
        if first.startswith("-"):
            return cases.filter(**{f"{field}__lte": moment}).exclude(**{field: moment, "pk__gte": key})
        return cases.filter(**{f"{field}__gte": moment}).exclude(**{field: moment, "pk__lte": key})


def order_of(state: str) -> tuple[str, str]:
    if state in QUEUED:
        return "rank", "pk"
    return ("first_at", "pk") if state == ALL else ("-decided_at", "-pk")


def view_of(query: QueryDict, editor: Editor) -> View:
    return View(
        editor=editor,
        state=STATES.chosen(_plain(query.get("state", ""))) or OPEN,
        chosen={each.name: each.chosen(_plain(query.get(each.name, ""))) for each in FILTERS},
        words=_plain(query.get("q", "")),
        after=query.get("after", ""),
        before=query.get("before", ""),
    )


def _plain(value: str) -> str:
    return "".join(character for character in value if character.isprintable()).strip()[:LONGEST]


def _turned(field: str) -> str:
    return field[1:] if field.startswith("-") else f"-{field}"
