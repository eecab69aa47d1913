"""The registry of actions: for each button on a case's page its verb, form, payload, place and keyboard key.

A new verb is one Action here and one Verb in corrections.decisions.verbs; the page takes form and key from here.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from corrections.decisions.outcomes import claim_case
from corrections.decisions.payloads import NewRevision, Payload, revision_payload
from corrections.decisions.pending import check_decision, decide
from corrections.decisions.rules import DECIDABLE
from corrections.decisions.verbs import VERBS
from corrections.desk.forms.amendment import AmendForm, RefuseForm
from corrections.desk.forms.base import ApproveForm, DecisionForm, DeclineForm, ReturnForm
from corrections.desk.forms.bulk import MergeForm, RetractedForm, SeveralForm, SplitForm
from corrections.desk.forms.revision import ArticleForm, PassageForm, RevisionForm
from corrections.desk.forms.routing import AskForm, AssignForm, HoldForm
from newsroom.models import Editor, Kind


@dataclass(frozen=True, slots=True)
class Action:
    """A button; `name` is the value that it submits.

    `verb` is empty for what stores no decision. `slot` names the form on the page in which the button stands: the
    first action of a slot makes the fresh form, and a refused form takes its place. `key` presses the button, opens
    its form or moves the cursor to its text. `payload` reads from a valid form what executing the verb takes.
    """

    name: str
    verb: str
    make_form: Callable[..., Any]
    payload: Callable[[Any], Payload] = lambda form: {}
    slot: str = ""
    key: str = ""

    @property
    def states(self) -> Sequence[str]:
        """States of a case in which the button is offered."""
        return VERBS[self.verb].states if self.verb else DECIDABLE

    def perform(self, form: Any, *, by: Editor) -> str:
        """Store the decision, or claim the case. Returns a message, empty where the page offers to undo instead."""
        if not self.verb:
            claim_case(form.case, by=by)
            return _("Yours for 15 minutes.")
        payload, cases = self.payload(form), form.cases
        check_decision(self.verb, cases, by=by, payload=payload)
        form.refuse_unconfirmed(self.verb)
        decide(self.verb, cases, by=by, payload=payload, typed=form.typed_by_label())
        return ""


def _revision(form: RevisionForm) -> Payload:
    kind, note = Kind(form.cleaned_data["kind"]), form.cleaned_data["note"]
    return revision_payload(NewRevision(form.base_revision, form.composed(), kind, note), form.edits())


def _colleague(form: AssignForm) -> Payload:
    to = form.cleaned_data["to"]
    return {"to": to.pk if to else None}


def _hold(form: HoldForm) -> Payload:
    return {"until": form.ends_at.isoformat(), "reason": form.cleaned_data["why"]}


def _suggestions(form: SplitForm) -> Payload:
    return {"suggestions": [str(suggestion.pk) for suggestion in form.cleaned_data["suggestions"]]}


def _approval(form: ApproveForm) -> Payload:
    return {"proposal": form.proposal.pk, **{name: form.cleaned_data[name] for name in ("digest", "base")}}


def _amendment(form: AmendForm, *, asks_consent: bool) -> Payload:
    chosen = {"kind": form.cleaned_data["kind"], "note": form.cleaned_data["note"], "asks_consent": asks_consent}
    return {**_approval(form), **chosen, "wording": form.amended().as_dict()}


def _return(form: ReturnForm | RefuseForm) -> Payload:
    return {"proposal": form.proposal.pk, "reason": form.cleaned_data["reason"]}


OWN_WORDING = partial(PassageForm, own=True)
ACTIONS: dict[str, Action] = {
    action.name: action
    for action in (
        Action("publish", "publish", PassageForm, _revision, slot="passage", key="p"),
        Action("propose", "propose", PassageForm, _revision, slot="passage", key="r"),
        Action("edit", "publish", OWN_WORDING, _revision, slot="passage", key="e"),
        Action("propose-edit", "propose", OWN_WORDING, _revision, slot="passage"),
        Action("edit-article", "publish", ArticleForm, _revision, slot="article"),
        Action("propose-article", "propose", ArticleForm, _revision, slot="article"),
        Action("publish-several", "publish", SeveralForm, _revision, slot="several"),
        Action("propose-several", "propose", SeveralForm, _revision, slot="several"),
        # Stands in the form of "several", but cannot be shown again in its place: it has no note and no kind.
        Action("merge", "merge", MergeForm, lambda form: {"into": form.case.pk}, key="m"),
        Action("split", "split", SplitForm, _suggestions, slot="split", key="v"),
        Action("decline", "decline", DeclineForm, lambda form: {"reason": form.cleaned_data["reason"]}, "decline", "d"),
        Action("retracted", "decline", RetractedForm, lambda form: {"reason": form.reason}, "retracted", "w"),
        Action("fixed", "fixed", DecisionForm, slot="simple", key="f"),
        Action("spam", "spam", DecisionForm, slot="simple", key="s"),
        Action("claim", "", DecisionForm, slot="simple", key="c"),
        Action("hold", "hold", HoldForm, _hold, slot="hold", key="h"),
        Action("ask", "ask", AskForm, lambda form: {"question": form.cleaned_data["question"]}, "ask", "a"),
        Action("assign", "assign", AssignForm, _colleague, slot="assign", key="g"),
        Action("approve", "approve", ApproveForm, _approval, slot="approve", key="y"),
        Action("return", "return", ReturnForm, _return, slot="send_back", key="b"),
        Action("amend", "amend", AmendForm, partial(_amendment, asks_consent=True), slot="amend", key="i"),
        Action("amend-for-third", "amend", AmendForm, partial(_amendment, asks_consent=False), slot="amend"),
        Action("refuse", "refuse", RefuseForm, _return, slot="refuse"),
        Action("consent", "consent", ApproveForm, _approval, slot="consent"),
    )
}
# For templates: the letter of each button's key by the button's name.
KEYS = {action.name: action.key for action in ACTIONS.values() if action.key}
