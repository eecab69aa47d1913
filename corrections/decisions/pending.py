"""Delayed execution with undo: a decision is stored as a row, and executed ten seconds later unless undone."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.db import DataError, IntegrityError, connection, transaction
from django.utils import timezone

from corrections.decisions.messages import REFUSALS
from corrections.decisions.payloads import Payload
from corrections.decisions.rules import lock_undecided
from corrections.decisions.verbs import VERBS
from corrections.jobs.failures import attempt, resting_keys
from corrections.models import Case, Decision, FailedJob, Notification
from corrections.notifications.writing import notify
from corrections.triage.abandoned import close_abandoned
from newsroom.audit.history import save_unrecorded
from newsroom.models import Article, Editor, WordsWithheld
from newsroom.models.deadlines import is_over, is_running
from newsroom.publishing.publish import AlreadyDecided

UNDO_WINDOW = timedelta(seconds=10)
LEASE = timedelta(seconds=60)  # then another worker may execute it; the first one's lock keeps them apart
MOST_DUE = 200  # claimed in one tick
MOST_PENDING = 200  # of one editor, offered to be undone
# Among them what the database refuses, so that one bad row does not keep the others waiting.
KEPT = frozenset({"kind", "note", "edits"})  # of what could not be executed, for the editor who decides again
KEPT_OF_ARTICLE = KEPT | {"base", "wording"}  # where no passage was edited, but the whole article
NOT_EXECUTED: tuple[type[Exception], ...] = (*REFUSALS, IntegrityError, DataError)


@dataclass(frozen=True, slots=True)
class PendingDecision:
    """The decision of one button press, and the number of its cases."""

    decision: Decision
    cases: int

    @property
    def case(self) -> int:
        """The one that it is about, or the first."""
        number: int = self.decision.before[0][0]
        return number


def check_decision(verb: str, cases: Sequence[Case], *, by: Editor, payload: Payload) -> None:
    """Raise at once what executing the verb would raise, so that the editor need not wait for it."""
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
    """Store a checked decision about cases of one article, to be executed after UNDO_WINDOW.

    The first case is the one whose page the editor has open. Raises AlreadyDecided.
    """
    with transaction.atomic():
        locked = {case.pk: case for case in lock_undecided(cases, states=VERBS[verb].states)}
        now = timezone.now()
        decision = Decision.objects.create(
            verb=verb,
            by=by,
            made_at=now,
            due_at=now + UNDO_WINDOW,
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
    """Make the same decision about cases of any articles, undone as one batch; returns those already decided.

    Raises what the verb raises for the first case; only AlreadyDecided can differ between cases.
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
    """Undo a pending decision with its batch, all or nothing; returns the cases, the editor's own page first.

    Raises AlreadyDecided when it is too late, or another editor decided.
    """
    with transaction.atomic():
        locked = _lock(decision, together=True)
        if any(each.state != Decision.State.PENDING or each.by_id != by.pk for each in locked):
            raise AlreadyDecided
        cases = [case for each in locked for case in _close(each, Decision.State.UNDONE)]
        close_abandoned(case.pk for case in cases)
        return cases


def withdraw_pending(cases: Iterable[int]) -> None:
    """Return decisions that still can be undone about these cases: the words that they rest on were withheld."""
    rows = Decision.objects.filter(cases__in=list(cases), state=Decision.State.PENDING).distinct().order_by("pk")
    for decision in rows:
        [locked] = _lock(decision)
        if locked.state == Decision.State.PENDING:
            locked.outcome = WordsWithheld.__name__
            _send_back(locked)


def pending_decisions(editor: Editor) -> list[PendingDecision]:
    """The editor's decisions that can still be undone, the last first; those of one batch are one."""
    running = is_running("due_at", timezone.now(), longest=UNDO_WINDOW)
    mine = Decision.objects.filter(running, by=editor, state=Decision.State.PENDING).order_by("-made_at", "-pk")
    found = dict[object, PendingDecision]()
    for decision in mine[:MOST_PENDING]:
        key = decision.batch or decision.pk
        known = found.get(key, PendingDecision(decision, 0))
        found[key] = PendingDecision(known.decision, known.cases + len(decision.before))
    return list(found.values())


def due_decisions(now: datetime | None = None) -> list[Decision]:
    """Pending decisions whose undo window is over, the oldest first."""
    due = is_over("due_at", now or timezone.now(), longest=UNDO_WINDOW)
    return list(Decision.objects.filter(due, state=Decision.State.PENDING).order_by("due_at"))


def claim_due_decisions() -> list[list[int]]:
    """Lease the due decisions to the caller: keys of each article's in a list, in the order in which they were made."""
    now = timezone.now()
    free = is_over("leased_until", now, longest=LEASE)
    due = Decision.objects.filter(free, is_over("due_at", now, longest=UNDO_WINDOW), state=Decision.State.PENDING)
    due = due.exclude(pk__in=resting_keys(FailedJob.Kind.DECISION)).order_by("due_at", "pk")
    skip_locked = connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        keys = list(due.select_for_update(skip_locked=skip_locked, no_key=True).values_list("pk", flat=True)[:MOST_DUE])
        Decision.objects.filter(pk__in=keys).update(leased_until=now + LEASE)
    articles = dict(Case.objects.filter(decision__in=keys).values_list("decision", "article"))
    by_article = dict[int | None, list[int]]()
    for key in keys:
        by_article.setdefault(articles.get(key), []).append(key)
    return list(by_article.values())


def release_decisions(keys: Iterable[int]) -> None:
    """End the leases at once, when the broker did not accept the message."""
    Decision.objects.filter(pk__in=list(keys), state=Decision.State.PENDING).update(leased_until=None)


def execute_decisions(keys: Iterable[int]) -> None:
    """Execute due decisions one by one; one that raises keeps none of the others waiting. Idempotent."""
    for decision in Decision.objects.filter(pk__in=list(keys)).order_by("due_at", "pk"):
        try:
            with attempt(FailedJob.Kind.DECISION, decision.pk):
                execute_decision(decision)
        finally:
            release_decisions([decision.pk])


def execute_decision(decision: Decision) -> Decision:
    """Execute a due decision. Idempotent. On a refusal the cases are reopened, and the row stores its name."""
    try:
        with transaction.atomic():
            [locked] = _lock(decision)
            if locked.state == Decision.State.PENDING:
                payload = locked.payload
                cases = _close(locked, Decision.State.CARRIED_OUT)
                if cases:
                    VERBS[locked.verb].execute(cases, locked.by, payload)
                    close_abandoned(case.pk for case in cases)
    except NOT_EXECUTED as refusal:
        with transaction.atomic():
            [locked] = _lock(decision)
            if locked.state == Decision.State.PENDING:
                locked.outcome = type(refusal).__name__
                _send_back(locked)
    decision.refresh_from_db()
    return decision


def _lock(decision: Decision, *, together: bool = False) -> list[Decision]:
    """The current row, or its batch; locked after the articles, in the lock order of every writer."""
    rows = Decision.objects.filter(pk=decision.pk)
    if together and decision.batch:
        rows = Decision.objects.filter(batch=decision.batch)
    articles = Article.objects.filter(cases__decision__in=rows.values("pk")).values("pk")
    # By primary key, so that two transactions that lock several rows cannot deadlock.
    list(Article.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=articles).order_by("pk"))
    return list(rows.select_for_update(of=("self",), no_key=True).select_related("by").order_by("pk"))


def _send_back(decision: Decision) -> None:
    """Reopen the cases of what cannot be carried out, and tell its editor."""
    cases = _close(decision, Decision.State.RETURNED)
    for case in cases[:1]:
        notify(Notification.Kind.SENT_BACK, [decision.by], by=None, article=case.article, case=case)
    close_abandoned(case.pk for case in cases)


def _close(decision: Decision, state: Decision.State) -> list[Case]:
    """Close the row and restore the state that its cases had before the decision."""
    before = dict(decision.before)
    order = list(before)
    cases = list(decision.cases.filter(state=Case.State.DECIDED).select_related("article").order_by("pk"))
    cases.sort(key=lambda case: order.index(case.pk) if case.pk in before else len(order))
    for case in cases:
        case.state = _restored_state(case, before.get(case.pk, Case.State.OPEN), ended=state)
        save_unrecorded(case)
    kept = KEPT if decision.payload.get("edits") else KEPT_OF_ARTICLE
    is_withheld = decision.outcome == WordsWithheld.__name__  # then nothing of the words stays
    kept = kept if state == Decision.State.RETURNED and not is_withheld else frozenset[str]()
    decision.state, decision.payload = state, {name: decision.payload[name] for name in decision.payload.keys() & kept}
    if state == Decision.State.CARRIED_OUT or is_withheld:
        decision.typed = {}
    decision.save(update_fields=["state", "payload", "typed", "outcome"])
    return cases


def _restored_state(case: Case, before: str, *, ended: Decision.State) -> str:
    """The state before; open where execution was refused, or a reader answered in the meantime."""
    if before == Case.State.PROPOSED:
        return before
    is_answered = before == Case.State.ASKED and case.suggestions.filter(answered_at__isnull=False).exists()
    return Case.State.OPEN if is_answered or ended == Decision.State.RETURNED else before
