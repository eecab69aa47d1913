"""Query parameters of the case list: filters, search words, and the cursor of keyset pagination."""

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
MAX_LENGTH = 120  # of a slug; no other value is longer


@dataclass(frozen=True, slots=True)
class ListParams:
    """`chosen` has the value of each filter by name, empty for none. Of two cursors `after` wins over `before`."""

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
        """The query string without cursor, which links carry from one case to the next."""
        query = QueryDict(mutable=True)
        parts = {"state": "" if self.state == OPEN else self.state, **self.chosen, "q": self.words}
        for name, value in parts.items():
            if value:
                query[name] = value
        return query.urlencode()

    @property
    def from_the_start(self) -> "ListParams":
        return replace(self, after="", before="")

    def cases(self) -> CaseQuerySet:
        """In list order, reversed with a `before` cursor; the search words are not applied."""
        cases = self.scope().filter(self.narrowing())
        if self.before and not self.after:
            return self._beside(cases.order_by(*map(_reversed, self.order)), self.before)
        return self._beside(cases.order_by(*self.order), self.after)

    def scope(self, state: str = "") -> CaseQuerySet:
        """The part of the filters that an index serves: state and article."""
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
        """Cursor of a case: microseconds since the epoch of its sort key, and its primary key."""
        moment: datetime = getattr(case, self.order[0].lstrip("-"))
        return f"{(moment - EPOCH) // MICROSECOND}.{case.pk}"

    def _beside(self, cases: CaseQuerySet, cursor: str) -> CaseQuerySet:
        """Cases after the cursor. A range with an exclusion lets an index find the place; an OR does not."""
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


def parse_list_params(query: QueryDict, editor: Editor) -> ListParams:
    return ListParams(
        editor=editor,
        state=STATES.chosen(_sanitized(query.get("state", ""))) or OPEN,
        chosen={each.name: each.chosen(_sanitized(query.get(each.name, ""))) for each in FILTERS},
        words=_sanitized(query.get("q", "")),
        after=query.get("after", ""),
        before=query.get("before", ""),
    )


def _sanitized(value: str) -> str:
    return "".join(character for character in value if character.isprintable()).strip()[:MAX_LENGTH]


def _reversed(field: str) -> str:
    return field[1:] if field.startswith("-") else f"-{field}"
