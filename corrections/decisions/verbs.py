"""Carries decisions out: what each verb of the desk does with what its row kept."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DataError, IntegrityError

from corrections.anchoring.relocation import Status
from corrections.anchoring.spans import Span
from corrections.decisions.approvals import approve_cases, propose_cases, return_cases
from corrections.decisions.compose import Composed, Edit, PassageLost, PassagesOverlap, compose
from corrections.decisions.merge_split import (
    NothingToMerge,
    NothingToSplit,
    merge_cases,
    refuse_merge,
    refuse_split,
    split_case,
)
from corrections.decisions.outcomes import (
    TooSoon,
    ask_readers,
    assign_case,
    close_as_fixed,
    decline_case,
    fit_text,
    hold_case,
    mark_spam,
    publish_cases,
    refuse_past,
)
from corrections.decisions.rules import refuse_own, refuse_stranger
from corrections.models import Case, Suggestion
from corrections.screening.hidden_characters import HiddenCharacters
from corrections.triage.placement import Placer
from newsroom.models import Editor, Kind, Proposal, Revision
from newsroom.publishing.proposals import refuse_approval, refuse_proposal, refuse_return
from newsroom.publishing.publish import AlreadyDecided, NotPermitted, Refused, StaleRevision, refuse_revision
from newsroom.text.canonical import ControlCharacters, NotCanonical, Wording

# What may stand in the way of a decision by the time that it falls due. What the database refuses is among it, so that
# one row that cannot be written does not keep the others waiting.
REFUSALS = (
    *(Refused, PassageLost, PassagesOverlap, TooSoon, NothingToMerge, NothingToSplit),
    *(HiddenCharacters, NotCanonical, ControlCharacters, IntegrityError, DataError),
)

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


def _publish(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    publish_cases(cases, by=by, **_revision_of(cases, by, payload))


def _propose(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    propose_cases(cases, by=by, **_revision_of(cases, by, payload))


def _revision_of(cases: Sequence[Case], by: Editor, payload: Payload) -> dict[str, Any]:
    revisions = Revision.objects.select_related("article__current", "content").filter(article=cases[0].article)
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


def _approve(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    approve_cases(_proposal(payload), by=by, digest=payload["digest"])


def _return(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    return_cases(_proposal(payload), by=by, reason=payload["reason"])


def _proposal(payload: Payload) -> Proposal:
    known = "article__current", "base__content", "proposed_by"
    proposal = Proposal.objects.select_related(*known).filter(pk=payload["proposal"]).first()
    if proposal is None:
        raise AlreadyDecided
    return proposal


def _decline(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    for case in cases:
        decline_case(case, by=by, reason=payload["reason"])


def _close_as_fixed(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    for case in cases:
        close_as_fixed(case, by=by)


def _mark_spam(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    for case in cases:
        mark_spam(case, by=by)


def _ask(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    for case in cases:
        ask_readers(case, by=by, question=payload["question"])


def _hold(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    for case in cases:
        hold_case(case, by=by, until=datetime.fromisoformat(payload["until"]))


def _assign(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    for case in cases:
        assign_case(case, by=by, to=_colleague(payload))


def _colleague(payload: Payload) -> Editor | None:
    """None for nobody. Raises NotPermitted for one who is gone."""
    to = Editor.objects.filter(pk=payload["to"]).first()
    if to is None and payload["to"] is not None:
        raise NotPermitted
    return to


def _merge(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    merge_cases(_into(cases, payload), cases, by=by)


def _into(cases: Sequence[Case], payload: Payload) -> Case:
    into = [case for case in cases if case.pk == payload["into"]]
    if not into:
        raise NothingToMerge
    return into[0]


def _split(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    chosen = Suggestion.objects.filter(pk__in=payload["suggestions"]).prefetch_related("read_in__content")
    split_case(cases[0], list(chosen), by=by)


def _check_publish(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    refuse_stranger(by)
    refuse_own(cases, by=by)
    base, composed, kind, note = _revision_of(cases, by, payload).values()
    refuse_revision(base.article, base=base, by=by, kind=kind, wording=composed.wording, note=note)
    _refuse_stale(base)


def _check_propose(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    refuse_stranger(by)
    base, composed, kind, note = _revision_of(cases, by, payload).values()
    refuse_proposal(base.article, base=base, by=by, kind=kind, wording=composed.wording, note=note)
    _refuse_stale(base)


def _refuse_stale(base: Revision) -> None:
    if base.article.current_id != base.pk:
        raise StaleRevision(base, base.article.current)


def _check_approve(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    refuse_stranger(by)
    refuse_approval(_proposal(payload), by=by, digest=payload["digest"])


def _check_return(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    refuse_stranger(by)
    refuse_return(_proposal(payload), by=by, reason=payload["reason"])


def _check_simple(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    refuse_stranger(by)


def _check_decline(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    refuse_stranger(by)
    fit_text(payload["reason"])


def _check_ask(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    refuse_stranger(by)
    fit_text(payload["question"])


def _check_hold(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    refuse_stranger(by)
    refuse_past(datetime.fromisoformat(payload["until"]))


def _check_assign(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    refuse_stranger(by)
    if to := _colleague(payload):
        refuse_stranger(to)


def _check_merge(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    refuse_merge(_into(cases, payload), cases, by=by)


def _check_split(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    refuse_split(cases[0], {UUID(key) for key in payload["suggestions"]}, by=by)


VERBS: dict[str, Callable[[Sequence[Case], Editor, Payload], None]] = {
    "publish": _publish,
    "propose": _propose,
    "approve": _approve,
    "return": _return,
    "decline": _decline,
    "fixed": _close_as_fixed,
    "spam": _mark_spam,
    "ask": _ask,
    "hold": _hold,
    "assign": _assign,
    "merge": _merge,
    "split": _split,
}
# What stands in the way of a verb is told without writing.
CHECKS: dict[str, Callable[[Sequence[Case], Editor, Payload], None]] = {
    "publish": _check_publish,
    "propose": _check_propose,
    "approve": _check_approve,
    "return": _check_return,
    "decline": _check_decline,
    "fixed": _check_simple,
    "spam": _check_simple,
    "ask": _check_ask,
    "hold": _check_hold,
    "assign": _check_assign,
    "merge": _check_merge,
    "split": _check_split,
}
# The verbs of the second editor: they are about what was proposed, all others about what is undecided.
SECOND = ("approve", "return")
