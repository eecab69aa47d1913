"""Check cases against the acts that decided them; one of settings.RECORD_CHECKS."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from json.encoder import encode_basestring as quoted
from typing import Any

from django.db.models import Q, QuerySet

from corrections.decisions.commitments import commitment
from corrections.models import OPEN_STATES, Case
from newsroom.audit.chain import IsoTimestamp
from newsroom.audit.past_acts import PastAct, is_named

CHUNK = 2000  # SQLite takes a limited number of parameters
DENSE = 4
ONE_CASE = re.compile(r'\{"cases":\[([0-9]{1,18})\]')
State = Case.State
# A case that one of these acts settled is never opened again, so each act still tells how its cases stand.
SETTLING: dict[str, str] = {
    "publish_case": State.PUBLISHED,
    "decline_case": State.DECLINED,
    "close_case": State.ALREADY_FIXED,
    "mark_spam": State.SPAM,
    "merge_cases": State.MERGED,
}
# Of these the last act about a case tells how it stands, as long as it is in that state.
PASSING = frozenset({"hold_case", "ask_readers", "assign_case", "propose_case", "hand_over_case"})
# Triage closes without an act what reads right already, and readers what they take back.
BY_EDITORS = Q(state__in=[State.PUBLISHED, State.DECLINED, State.SPAM, State.MERGED])
BY_EDITORS |= Q(state=State.ALREADY_FIXED, decided_by__isnull=False)


COLUMNS = (
    *("pk", "article__slug", "state", "decided_by_id", "decided"),
    *("reason", "published_in__number", "merged_into_id"),
)


class CaseCheck:
    """Holds the keys of settled cases, and the last passing act about each case."""

    verbs = frozenset({*SETTLING, *PASSING, "split_case"})

    def __init__(self) -> None:
        self._settled: set[int] = set()
        self._last: dict[tuple[str, int], PastAct] = {}

    def read(self, acts: list[PastAct]) -> Iterator[str]:
        named = [_cases(act) for act in acts]
        rows = _rows({pk for keys in named for pk in keys})
        for act, keys in zip(acts, named, strict=True):
            if len(keys) == 1 and act.verb in SETTLING and (row := rows.get(keys[0])) and _is_as_told(row, act):
                self._settled.add(keys[0])
            else:
                yield from self._breaks(act, keys, rows)

    def _breaks(self, act: PastAct, keys: list[int], rows: dict[int, tuple[Any, ...]]) -> Iterator[str]:
        if any(pk not in rows or act.subject != f"article:{rows[pk][1]}" for pk in keys):
            yield f"act {act.sequence}: names cases that {act.subject} has not got"
        elif act.verb in SETTLING:
            for pk in keys[1:] if act.verb == "merge_cases" else keys:
                if wrong := self._difference(rows[pk], act, into=keys[0]):
                    yield f"case {pk} of {rows[pk][1]}: {wrong}"
        elif act.verb in PASSING:
            self._last.update({(act.verb, pk): act for pk in keys})

    def finish(self) -> Iterator[str]:
        by_editors = Case.objects.filter(BY_EDITORS)
        if by_editors.count() != len(self._settled):
            for pk, slug, state in by_editors.order_by("pk").values_list("pk", "article__slug", "state").iterator():
                if pk not in self._settled:
                    yield f"case {pk} of {slug}: is {state}, and no act says so"
        for case in _put_aside().iterator():
            yield from (f"case {case.pk} of {case.article.slug}: {wrong}" for wrong in self._passing_breaks(case))

    def _difference(self, row: tuple[Any, ...], act: PastAct, *, into: int) -> str:
        """How a case is not as the act that settled it says; empty if it is."""
        pk, _slug, state, decided_by, decided_at, reason, revision, merged_into = row
        if decided_by is not None or state != State.ALREADY_FIXED:
            self._settled.add(pk)
        if state != SETTLING[act.verb]:
            return f"is {state}, and act {act.sequence} says otherwise ({act.verb})"
        told = act.payload
        changed = [] if decided_by == act.actor_id else ["decided_by"]
        changed += [] if told.get("decided_at", decided_at) == decided_at else ["decided_at"]
        changed += [] if told.get("reason", reason) == reason else ["reason"]
        changed += [] if told.get("revision", revision) == revision else ["published_in"]
        changed += ["merged_into"] if act.verb == "merge_cases" and merged_into != into else []
        return f"its {', '.join(changed)} differ from what act {act.sequence} says" if changed else ""

    def _passing_breaks(self, case: Case) -> Iterator[str]:
        """Whether the last act that put an open case aside says what the row says."""
        for verb, is_so in (
            ("hold_case", case.state == State.HELD),
            ("ask_readers", case.state == State.ASKED),
            ("propose_case", case.state == State.PROPOSED),
            ("hand_over_case", case.state == State.HANDED_OVER),
            ("assign_case", case.assignee is not None and case.claimed_until is None),
        ):
            act = self._last.get((verb, case.pk))
            if is_so and act is None:
                yield f"is {case.state}, and no act {verb} says so"
            elif is_so and act and not TOLD[verb](case, act.payload):
                yield f"is not as act {act.sequence} left it ({verb})"


def _cases(act: PastAct) -> list[int]:
    # Most acts are about one case, whose key is found faster than their payload is parsed.
    if one := ONE_CASE.match(act.text):
        return [int(one[1])]
    cases = act.payload.get("cases")
    return [pk for pk in cases if type(pk) is int] if isinstance(cases, list) else []


def _is_as_told(row: tuple[Any, ...], act: PastAct) -> bool:
    """Whether the act about one case says just what its row does; three times as fast as to parse it and compare."""
    pk, slug, state, decided_by, decided_at, reason, revision, _merged_into = row
    rest = f',"reason":{quoted(reason)}' if reason else "" if revision is None else f',"revision":{revision}'
    return (
        act.text == f'{{"cases":[{pk}],"decided_at":"{decided_at}"{rest}}}'
        and decided_by == act.actor_id is not None
        and state == SETTLING[act.verb]
        and act.subject == f"article:{slug}"
    )


def _rows(keys: set[int]) -> dict[int, tuple[Any, ...]]:
    """COLUMNS of the cases. Keys that lie close together are read as one range, which takes a tenth of the time."""
    ordered, found = sorted(keys), dict[int, tuple[Any, ...]]()
    cases = Case.objects.order_by().annotate(decided=IsoTimestamp("decided_at"))
    for run in (ordered[start : start + CHUNK] for start in range(0, len(ordered), CHUNK)):
        is_dense = run[-1] - run[0] < len(run) * DENSE
        rows = cases.filter(pk__range=(run[0], run[-1])) if is_dense else cases.filter(pk__in=run)
        found.update((row[0], row) for row in rows.values_list(*COLUMNS))
    return found


def _put_aside() -> QuerySet[Case]:
    aside = Q(state__in=[State.HELD, State.ASKED, State.PROPOSED])
    assigned = Q(state__in=OPEN_STATES, assignee__isnull=False, claimed_until=None)
    return Case.objects.filter(aside | assigned).select_related("article", "assignee").order_by("pk")


def _moment(told: object) -> datetime | None:
    try:
        return datetime.fromisoformat(str(told))
    except ValueError:
        return None


def _is_question(case: Case, told: dict[str, Any]) -> bool:
    salt = case.question_salt  # an erased question has none
    return not salt or commitment(case.question, salt=salt) == told.get("question")


def _is_assignee(case: Case, told: dict[str, Any]) -> bool:
    return case.assignee_id == told["to_id"] if "to_id" in told else is_named(case.assignee, told.get("to"))


TOLD: dict[str, Callable[[Case, dict[str, Any]], bool]] = {
    "hold_case": lambda case, told: _moment(told.get("until")) == case.held_until,
    "ask_readers": _is_question,
    "hand_over_case": lambda case, told: told.get("proposal") == case.proposal_id,
    "propose_case": lambda case, told: told.get("proposal") == case.proposal_id,
    "assign_case": _is_assignee,
}
