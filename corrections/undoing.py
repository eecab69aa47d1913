"""Decisions that can be undone for ten seconds: noted as a row, carried out when they fall due."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from corrections.anchoring import Status
from corrections.casework import lock_undecided
from corrections.composing import Composed, Edit, PassageLost, PassagesOverlap, compose
from corrections.decision import close_as_fixed, decline_case, mark_spam, publish_cases
from corrections.grouping import Span
from corrections.models import Case, Decision
from corrections.placing import Placer
from corrections.proposing import propose_cases
from corrections.screening import HiddenCharacters
from newsroom.histories import save_unrecorded
from newsroom.models import Article, Editor, Kind, Revision
from newsroom.publishing import AlreadyDecided, Refused, lock_article
from newsroom.text import ControlCharacters, NotCanonical, Wording

WINDOW = timedelta(seconds=10)
# What may stand in the way of a decision by the time that it falls due.
REFUSALS = (Refused, PassageLost, PassagesOverlap, HiddenCharacters, NotCanonical, ControlCharacters)

Payload = dict[str, Any]


def revision_payload(base: Revision, composed: Composed, edits: Sequence[Edit], *, kind: Kind, note: str) -> Payload:
    """What publishing or proposing takes, as it can be stored."""
    return {
        "base": base.number,
        "wording": composed.wording.as_dict(),
        "spots": {str(key): list(spot) for key, spot in composed.spots.items()},
        "edits": [[edit.case.pk, *_span(edit), edit.replacement] for edit in edits],
        "kind": kind.value,
        "note": note,
    }


def _span(edit: Edit) -> tuple[int, int]:
    return (edit.span.start, edit.span.end) if edit.span else (edit.case.start or 0, edit.case.end or 0)


def rehearse(verb: str, cases: Sequence[Case], *, by: Editor, payload: Payload) -> None:
    """Carry out one of VERBS and take it all back, so that what stands in its way is told now.

    Raises what the verb itself raises.
    """
    with transaction.atomic():
        rehearsal = transaction.savepoint()
        VERBS[verb](cases, by, payload)
        transaction.savepoint_rollback(rehearsal)


def decide(verb: str, cases: Sequence[Case], *, by: Editor, payload: Payload, typed: dict[str, str]) -> Decision:
    """Note a decision that was rehearsed, about cases of one article; it is carried out after WINDOW.

    Raises AlreadyDecided.
    """
    with transaction.atomic():
        now = timezone.now()
        decision = Decision.objects.create(
            verb=verb, by=by, made_at=now, due_at=now + WINDOW, payload=payload, typed=typed
        )
        for case in lock_undecided(cases):
            # Of the state before nothing is lost: what is on hold or asked comes back open, in front of the editor.
            case.state, case.decision = Case.State.DECIDED, decision
            save_unrecorded(case)
    return decision


def undo(decision: Decision, *, by: Editor) -> list[Case]:
    """Take a decision back, and its cases with it. Raises AlreadyDecided when it is too late, or another editor's."""
    with transaction.atomic():
        locked = _lock(decision)
        if locked.state != Decision.State.PENDING or locked.by_id != by.pk:
            raise AlreadyDecided
        return _end(locked, Decision.State.UNDONE)


def pending_decision(editor: Editor) -> Decision | None:
    """The editor's last decision while it can be undone."""
    mine = Decision.objects.filter(by=editor, state=Decision.State.PENDING, due_at__gt=timezone.now())
    return mine.order_by("-made_at").first()


def due_decisions(now: datetime | None = None) -> list[Decision]:
    """Those whose time to be undone is over, the oldest first."""
    return list(
        Decision.objects.filter(state=Decision.State.PENDING, due_at__lte=now or timezone.now()).order_by("due_at")
    )


def carry_out(decision: Decision) -> Decision:
    """Do what was decided; safe to run twice. What cannot be done any more gives the cases back, and says why."""
    try:
        with transaction.atomic():
            locked = _lock(decision)
            if locked.state == Decision.State.PENDING:
                payload = locked.payload
                cases = _end(locked, Decision.State.CARRIED_OUT)
                if cases:
                    VERBS[locked.verb](cases, locked.by, payload)
    except REFUSALS as refusal:
        with transaction.atomic():
            locked = _lock(decision)
            if locked.state == Decision.State.PENDING:
                locked.outcome = type(refusal).__name__
                _end(locked, Decision.State.RETURNED)
    decision.refresh_from_db()
    return decision


def _lock(decision: Decision) -> Decision:
    """The row as it stands now, locked after its article as every other writer does."""
    article = Article.objects.filter(cases__decision=decision).first()
    if article:
        lock_article(article)
    return Decision.objects.select_for_update(of=("self",), no_key=True).select_related("by").get(pk=decision.pk)


def _end(decision: Decision, state: Decision.State) -> list[Case]:
    """Close the row and open its cases again, for whatever follows."""
    cases = list(decision.cases.filter(state=Case.State.DECIDED).select_related("article").order_by("pk"))
    for case in cases:
        case.state = Case.State.OPEN
        save_unrecorded(case)
    decision.state, decision.payload = state, {}
    if state == Decision.State.CARRIED_OUT:
        decision.typed = {}
    decision.save(update_fields=["state", "payload", "typed", "outcome"])
    return cases


def _publish(cases: Sequence[Case], by: Editor, payload: Payload) -> object:
    return publish_cases(cases, by=by, **_revision_of(cases, by, payload))


def _propose(cases: Sequence[Case], by: Editor, payload: Payload) -> object:
    return propose_cases(cases, by=by, **_revision_of(cases, by, payload))


def _revision_of(cases: Sequence[Case], by: Editor, payload: Payload) -> dict[str, Any]:
    revisions = Revision.objects.select_related("article", "content").filter(article=cases[0].article)
    base = revisions.get(number=payload["base"])
    spots = {int(key): (start, end) for key, (start, end) in payload["spots"].items()}
    composed = Composed(Wording(**payload["wording"]), spots)
    since = list(revisions.filter(number__gt=base.number).order_by("number"))
    # An editor who clears several cases of one article in a row is not overtaken by their own decisions.
    if since and payload["edits"] and all(revision.editor_id == by.pk for revision in since):
        moved = _moved(cases, base, since[-1], payload["edits"])
        base, composed = (since[-1], moved) if moved else (base, composed)
    return {"base": base, "composed": composed, "kind": Kind(payload["kind"]), "note": payload["note"]}


def _moved(cases: Sequence[Case], base: Revision, current: Revision, edits: Sequence[Sequence[Any]]) -> Composed | None:
    """The same edits in a later revision; None where one of their passages was touched."""
    placer, moved = Placer(current), list[Edit]()
    by_key = {case.pk: case for case in cases}
    for key, start, end, words in edits:
        case = by_key[key]
        spans = [Span(case.start or 0, case.end or 0), Span(start, end)]
        anchors = [placer.follow(base, case.field, span, None) for span in spans]
        if any(anchor.status not in (Status.exact, Status.moved) or anchor.score < 1 for anchor in anchors):
            return None
        passage, edited = (Span(anchor.start or 0, anchor.end or 0) for anchor in anchors)
        case.anchored_in, case.start, case.end = current, passage.start, passage.end
        moved.append(Edit(case, words, edited))
    return compose(current, moved)


def _decline(cases: Sequence[Case], by: Editor, payload: Payload) -> object:
    return [decline_case(case, by=by, reason=payload["reason"]) for case in cases]


def _close_as_fixed(cases: Sequence[Case], by: Editor, payload: Payload) -> object:
    return [close_as_fixed(case, by=by) for case in cases]


def _mark_spam(cases: Sequence[Case], by: Editor, payload: Payload) -> object:
    return [mark_spam(case, by=by) for case in cases]


VERBS: dict[str, Callable[[Sequence[Case], Editor, Payload], object]] = {
    "publish": _publish,
    "propose": _propose,
    "decline": _decline,
    "fixed": _close_as_fixed,
    "spam": _mark_spam,
}
