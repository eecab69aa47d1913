"""What each button of a case's page does: the form it sends, the verb behind it, and what the row of the verb keeps."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from corrections.decisions.outcomes import claim_case
from corrections.decisions.pending import decide, rehearse
from corrections.decisions.verbs import Payload, revision_payload
from corrections.desk.forms.base import ApproveForm, DecisionForm, DeclineForm, ReturnForm
from corrections.desk.forms.bulk import MergeForm, SeveralForm, SplitForm
from corrections.desk.forms.revision import ArticleForm, PassageForm, RevisionForm
from corrections.desk.forms.routing import AskForm, AssignForm, HoldForm
from newsroom.models import Editor, Kind


@dataclass(frozen=True, slots=True)
class Action:
    """`take` takes the valid form and returns the sentence, empty where the page itself offers to undo.

    `moves_on` tells that the editor is led to the next case.
    """

    make_form: Callable[..., Any]
    take: Callable[[Any, Editor], str]
    moves_on: bool = True


def _note(verb: str, keep: Callable[[Any], Payload], form: DecisionForm, by: Editor) -> str:
    """Note the decision as a row that falls due; `keep` gives what carrying it out takes."""
    payload, cases = keep(form), form.cases
    rehearse(verb, cases, by=by, payload=payload)
    form.refuse_unconfirmed(verb)
    decide(verb, cases, by=by, payload=payload, typed=form.typed_by_label())
    return ""


def _action(verb: str, make_form: Callable[..., Any], keep: Callable[[Any], Payload]) -> Action:
    return Action(make_form, partial(_note, verb, keep))


def _nothing(form: DecisionForm) -> Payload:
    return {}


def _revision(form: RevisionForm) -> Payload:
    kind, note = Kind(form.cleaned_data["kind"]), form.cleaned_data["note"]
    return revision_payload(form.base_revision, form.composed(), form.edits(), kind=kind, note=note)


def _reason(form: DeclineForm) -> Payload:
    return {"reason": form.cleaned_data["reason"]}


def _question(form: AskForm) -> Payload:
    return {"question": form.cleaned_data["question"]}


def _until(form: HoldForm) -> Payload:
    return {"until": form.cleaned_data["until"].isoformat()}


def _colleague(form: AssignForm) -> Payload:
    to = form.cleaned_data["to"]
    return {"to": to.pk if to else None}


def _merged(form: MergeForm) -> Payload:
    return {"into": form.case.pk}


def _split_off(form: SplitForm) -> Payload:
    return {"suggestions": [str(suggestion.pk) for suggestion in form.cleaned_data["suggestions"]]}


def _approval(form: ApproveForm) -> Payload:
    return {"proposal": form.proposal.pk, "digest": form.cleaned_data["digest"]}


def _sending_back(form: ReturnForm) -> Payload:
    return {"proposal": form.proposal.pk, "reason": form.cleaned_data["reason"]}


def _claim(form: DecisionForm, by: Editor) -> str:
    """A claim decides nothing and lapses, so that there is nothing to undo."""
    claim_case(form.case, by=by)
    return _("Yours for a quarter of an hour.")


ACTIONS: dict[str, Action] = {
    "publish": _action("publish", PassageForm, _revision),
    "propose": _action("propose", PassageForm, _revision),
    "edit": _action("publish", partial(PassageForm, own=True), _revision),
    "propose-edit": _action("propose", partial(PassageForm, own=True), _revision),
    "edit-article": _action("publish", ArticleForm, _revision),
    "propose-article": _action("propose", ArticleForm, _revision),
    "publish-several": _action("publish", SeveralForm, _revision),
    "propose-several": _action("propose", SeveralForm, _revision),
    "merge": _action("merge", MergeForm, _merged),
    "split": _action("split", SplitForm, _split_off),
    "decline": _action("decline", DeclineForm, _reason),
    "fixed": _action("fixed", DecisionForm, _nothing),
    "spam": _action("spam", DecisionForm, _nothing),
    "hold": _action("hold", HoldForm, _until),
    "ask": _action("ask", AskForm, _question),
    "assign": _action("assign", AssignForm, _colleague),
    "claim": Action(DecisionForm, _claim, moves_on=False),
    "approve": _action("approve", ApproveForm, _approval),
    "return": _action("return", ReturnForm, _sending_back),
}
