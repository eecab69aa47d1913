"""The registry of verbs: how each decision of the desk is checked at once, and executed once it cannot be undone.

A new verb is one entry in VERBS and one Action in corrections.desk.actions, under a name of Decision.Verb.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from corrections.decisions.approvals import (
    amend_cases,
    approve_cases,
    consent_cases,
    decline_proposed,
    propose_cases,
    return_cases,
)
from corrections.decisions.merge_split import NothingToMerge, merge_cases, refuse_merge, refuse_split, split_case
from corrections.decisions.outcomes import (
    ask_readers,
    assign_case,
    clean_public_text,
    close_as_fixed,
    decline_case,
    hold_case,
    mark_spam,
    publish_cases,
    refuse_hold_in_past,
)
from corrections.decisions.payloads import Payload, new_revision_of
from corrections.decisions.rules import DECIDABLE, refuse_own_suggestion, refuse_without_permission
from corrections.models import Case, Decision, Suggestion
from newsroom.models import Editor, Kind, Proposal
from newsroom.publishing.amendments import refuse_amendment
from newsroom.publishing.elsewhere.hand_over import is_elsewhere
from newsroom.publishing.moves import Seen, refuse_unseen
from newsroom.publishing.policy import NotPermitted
from newsroom.publishing.proposals import refuse_approval, refuse_consent, refuse_proposal, refuse_return
from newsroom.publishing.publish import AlreadyDecided, Change, move_to_current, refuse_revision
from newsroom.text.canonical import Wording

Step = Callable[[Sequence[Case], Editor, Payload], None]


@dataclass(frozen=True, slots=True)
class Verb:
    """`check` raises, without writing, what `execute` would raise. Both read the payload that the Action made.

    `states` are those of the cases that it may decide.
    """

    name: Decision.Verb
    check: Step
    execute: Step
    states: Sequence[str] = DECIDABLE


def _check_publish(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    refuse_without_permission(by)
    refuse_own_suggestion(cases, by=by)
    new = new_revision_of(cases, payload)
    change = move_to_current(new.base.article, Change(new.base, new.composed.wording))
    rules = partial(refuse_revision, by=by, kind=new.kind, note=new.note, seen=is_elsewhere(new.base.article))
    rules(new.base.article, base=change.base, wording=change.wording)


def _publish(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    new = new_revision_of(cases, payload)
    publish_cases(cases, by=by, base=new.base, composed=new.composed, kind=new.kind, note=new.note)


def _check_propose(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    refuse_without_permission(by)
    new = new_revision_of(cases, payload)
    refuse_proposal(new.base.article, base=new.base, by=by, kind=new.kind, wording=new.composed.wording, note=new.note)


def _propose(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    new = new_revision_of(cases, payload)
    propose_cases(cases, by=by, base=new.base, composed=new.composed, kind=new.kind, note=new.note)


def _check_approve(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    refuse_without_permission(by)
    refuse_approval(_proposal(payload), by=by, seen=_seen(payload))


def _approve(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    approve_cases(_proposal(payload), by=by, seen=_seen(payload, is_decided=True))


def _check_consent(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    refuse_without_permission(by)
    refuse_consent(_proposal(payload), by=by, seen=_seen(payload))


def _consent(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    consent_cases(_proposal(payload), by=by, seen=_seen(payload, is_decided=True))


def _check_amend(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    refuse_without_permission(by)
    proposal = _proposal(payload)
    refuse_unseen(proposal, _seen(payload))
    refuse_amendment(proposal, by=by, **_amended(payload))


def _amend(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    amend_cases(_proposal(payload), by=by, seen=_seen(payload, is_decided=True), amended=_amended(payload))


def _amended(payload: Payload) -> dict[str, Any]:
    return {
        "kind": Kind(payload["kind"]),
        "wording": Wording(**payload["wording"]),
        "note": payload["note"],
        "asks_consent": payload["asks_consent"],
    }


def _decline_proposed(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    decline_proposed(_proposal(payload), by=by, reason=clean_public_text(payload["reason"]))


def _check_return(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    refuse_without_permission(by)
    refuse_return(_proposal(payload), by=by, reason=payload["reason"])


def _return(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    return_cases(_proposal(payload), by=by, reason=payload["reason"])


def _seen(payload: Payload, *, is_decided: bool = False) -> Seen:
    return Seen(payload["digest"], payload.get("base"), is_decided)  # older versions stored no base


def _proposal(payload: Payload) -> Proposal:
    known = "article__current", "article__placed__source", "base__stored_text", "proposed_by", "amended_by"
    proposal = Proposal.objects.select_related(*known).filter(pk=payload["proposal"]).first()
    if proposal is None:
        raise AlreadyDecided
    return proposal


def _check_permission(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    refuse_without_permission(by)


def _check_decline(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    refuse_without_permission(by)
    clean_public_text(payload["reason"])


def _check_ask(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    refuse_without_permission(by)
    clean_public_text(payload["question"])


def _for_each(decide: Callable[..., object]) -> Step:
    """A decision about one case at a time; the payload holds its keyword arguments."""

    def execute(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
        for case in cases:
            decide(case, by=by, **payload)

    return execute


def _check_hold(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    refuse_without_permission(by)
    refuse_hold_in_past(datetime.fromisoformat(payload["until"]))


def _hold(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    for case in cases:
        until, reason = datetime.fromisoformat(payload["until"]), payload.get("reason", "")  # older versions had none
        hold_case(case, by=by, until=until, reason=reason)


def _check_assign(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    refuse_without_permission(by)
    if to := _colleague(payload):
        refuse_without_permission(to)


def _assign(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    for case in cases:
        assign_case(case, by=by, to=_colleague(payload))


def _colleague(payload: Payload) -> Editor | None:
    """None for nobody. Raises NotPermitted for one who is gone."""
    to = Editor.objects.filter(pk=payload["to"]).first()
    if to is None and payload["to"] is not None:
        raise NotPermitted
    return to


def _check_merge(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    refuse_merge(_target(cases, payload), cases, by=by)


def _merge(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    merge_cases(_target(cases, payload), cases, by=by)


def _target(cases: Sequence[Case], payload: Payload) -> Case:
    target = next((case for case in cases if case.pk == payload["into"]), None)
    if target is None:
        raise NothingToMerge
    return target


def _check_split(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    refuse_split(cases[0], {UUID(key) for key in payload["suggestions"]}, by=by)


def _split(cases: Sequence[Case], by: Editor, payload: Payload) -> None:
    chosen = Suggestion.objects.filter(pk__in=payload["suggestions"]).prefetch_related("read_in__stored_text")
    split_case(cases[0], list(chosen), by=by)


VERBS: dict[str, Verb] = {
    verb.name: verb
    for verb in (
        Verb(Decision.Verb.PUBLISH, _check_publish, _publish),
        Verb(Decision.Verb.PROPOSE, _check_propose, _propose),
        Verb(Decision.Verb.DECLINE, _check_decline, _for_each(decline_case)),
        Verb(Decision.Verb.FIXED, _check_permission, _for_each(close_as_fixed)),
        Verb(Decision.Verb.SPAM, _check_permission, _for_each(mark_spam)),
        Verb(Decision.Verb.ASK, _check_ask, _for_each(ask_readers)),
        Verb(Decision.Verb.HOLD, _check_hold, _hold),
        Verb(Decision.Verb.ASSIGN, _check_assign, _assign),
        Verb(Decision.Verb.MERGE, _check_merge, _merge),
        Verb(Decision.Verb.SPLIT, _check_split, _split),
        # The second editor's: about cases that were proposed.
        Verb(Decision.Verb.APPROVE, _check_approve, _approve, states=(Case.State.PROPOSED,)),
        Verb(Decision.Verb.RETURN, _check_return, _return, states=(Case.State.PROPOSED,)),
        Verb(Decision.Verb.AMEND, _check_amend, _amend, states=(Case.State.PROPOSED,)),
        Verb(Decision.Verb.REFUSE, _check_return, _decline_proposed, states=(Case.State.PROPOSED,)),
        # The proposer's, about what another editor amended.
        Verb(Decision.Verb.CONSENT, _check_consent, _consent, states=(Case.State.PROPOSED,)),
    )
}
