"""Decisions that can be undone for ten seconds: noted as a row, carried out when they fall due."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone

from corrections.decisions.messages import REFUSALS
from corrections.decisions.payloads import Payload
from corrections.decisions.rules import lock_undecided
from corrections.decisions.verbs import VERBS
from corrections.models import Case, Decision
from newsroom.audit.history import save_unrecorded
from newsroom.models import Article, Editor
from newsroom.publishing.publish import AlreadyDecided

WINDOW = timedelta(seconds=10)
# Among them what the database refuses, so that one bad row does not keep the others waiting.
NOT_EXECUTED: tuple[type[Exception], ...] = (*REFUSALS, IntegrityError, DataError)


@dataclass(frozen=True, slots=True)
class Undoable:
    """What one press decided, about so many cases."""

    decision: Decision
    cases: int


def check_decision(verb: str, cases: Sequence[Case], *, by: Editor, payload: Payload) -> None:
    """Raises now what stands in the way of one of VERBS, so that the editor need not wait to be told."""
    VERBS[verb].check(cases, by, payload)


def decide(
    verb: str,
    cases: Sequence[Case],
    *,
    by: Editor,
    payload: Payload,
    typed: dict[str, str],
    batch: uuid.UUID | None = None,
) -> Decision:
    """Note a decision that was rehearsed, about cases of one article; it is carried out after WINDOW.

    The first of the cases is the one in hand. Raises AlreadyDecided.
    """
    with transaction.atomic():
        locked = {case.pk: case for case in lock_undecided(cases, states=VERBS[verb].states)}
        now = timezone.now()
        decision = Decision.objects.create(
            verb=verb,
            by=by,
            made_at=now,
            due_at=now + WINDOW,
            payload=payload,
            typed=typed,
            batch=batch,
            before=[[case.pk, locked[case.pk].state] for case in cases],
        )
        for case in locked.values():
            case.state, case.decision = Case.State.DECIDED, decision
            save_unrecorded(case)
    return decision


def decide_all(verb: str, cases: Sequence[Case], *, by: Editor, payload: Payload) -> list[Case]:
    """The same decision about cases of any articles, undone by one press; returns those that were decided before.

    Raises what the verb itself raises: what stands in the way of the first stands in the way of all.
    """
    batch, late = uuid.uuid4(), list[Case]()
    ordered = sorted(cases, key=lambda case: (case.article_id, case.pk))
    if ordered:
        check_decision(verb, ordered[:1], by=by, payload=payload)
    for _article, group in groupby(ordered, key=lambda case: case.article_id):
        of_one = list(group)
        try:
            decide(verb, of_one, by=by, payload=payload, typed={}, batch=batch)
        except AlreadyDecided:
            late += of_one
    return late


def undo(decision: Decision, *, by: Editor) -> list[Case]:
    """Take back what one press decided, all of it or nothing; returns the cases, the one in hand first.

    Raises AlreadyDecided when it is too late, or another editor's.
    """
    with transaction.atomic():
        locked = _lock(decision, together=True)
        if any(each.state != Decision.State.PENDING or each.by_id != by.pk for each in locked):
            raise AlreadyDecided
        return [case for each in locked for case in _end(each, Decision.State.UNDONE)]


def pending_decision(editor: Editor) -> Undoable | None:
    """What the editor decided last, while it can be undone."""
    mine = Decision.objects.filter(by=editor, state=Decision.State.PENDING, due_at__gt=timezone.now())
    decision = mine.order_by("-made_at").first()
    if decision is None:
        return None
    of_batch = mine.filter(batch=decision.batch).values_list("before", flat=True) if decision.batch else None
    return Undoable(decision, sum(map(len, of_batch if of_batch is not None else [decision.before])))


def due_decisions(now: datetime | None = None) -> list[Decision]:
    """Those whose time to be undone is over, the oldest first."""
    return list(
        Decision.objects.filter(state=Decision.State.PENDING, due_at__lte=now or timezone.now()).order_by("due_at")
    )


def execute_decision(decision: Decision) -> Decision:
    """Do what was decided; safe to run twice. What cannot be done any more gives the cases back, and says why."""
    try:
        with transaction.atomic():
            [locked] = _lock(decision)
            if locked.state == Decision.State.PENDING:
                payload = locked.payload
                cases = _end(locked, Decision.State.CARRIED_OUT)
                if cases:
                    VERBS[locked.verb].execute(cases, locked.by, payload)
    except NOT_EXECUTED as refusal:
        with transaction.atomic():
            [locked] = _lock(decision)
            if locked.state == Decision.State.PENDING:
                locked.outcome = type(refusal).__name__
                _end(locked, Decision.State.RETURNED)
    decision.refresh_from_db()
    return decision


def _lock(decision: Decision, *, together: bool = False) -> list[Decision]:
    """The row as it stands now, or its batch, locked after the articles as every other writer does."""
    rows = Decision.objects.filter(pk=decision.pk)
    if together and decision.batch:
        rows = Decision.objects.filter(batch=decision.batch)
    articles = Article.objects.filter(cases__decision__in=rows.values("pk")).values("pk")
    # In the order of their keys, so that two who lock several do not wait for each other.
    list(Article.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=articles).order_by("pk"))
    return list(rows.select_for_update(of=("self",), no_key=True).select_related("by").order_by("pk"))


def _end(decision: Decision, state: Decision.State) -> list[Case]:
    """Close the row and give its cases back the state that they had, for whatever follows."""
    before = dict(decision.before)
    order = list(before)
    cases = list(decision.cases.filter(state=Case.State.DECIDED).select_related("article").order_by("pk"))
    cases.sort(key=lambda case: order.index(case.pk) if case.pk in before else len(order))
    for case in cases:
        case.state = _state_again(case, before.get(case.pk, Case.State.OPEN), ended=state)
        save_unrecorded(case)
    decision.state, decision.payload = state, {}
    if state == Decision.State.CARRIED_OUT:
        decision.typed = {}
    decision.save(update_fields=["state", "payload", "typed", "outcome"])
    return cases


def _state_again(case: Case, before: str, *, ended: Decision.State) -> str:
    """What could not be carried out comes back open, in front of the editor; so does what was answered meanwhile."""
    if before == Case.State.PROPOSED:
        return before
    is_answered = before == Case.State.ASKED and case.suggestions.filter(answered_at__isnull=False).exists()
    return Case.State.OPEN if is_answered or ended == Decision.State.RETURNED else before
