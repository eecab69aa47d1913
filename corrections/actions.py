"""What each button of a case's page does: the form it sends, the verb behind it, and what the editor is told."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from corrections.decision import ask_readers, assign_case, claim_case, hold_case
from corrections.forms import ApproveForm, ArticleForm, DecisionForm, DeclineForm, PassageForm, ReturnForm
from corrections.handling import AskForm, AssignForm, HoldForm
from corrections.proposing import approve_cases, return_cases
from corrections.regrouping import merge_cases, split_case
from corrections.several import MergeForm, SeveralForm, SplitForm
from corrections.undoing import decide, rehearse, revision_payload
from newsroom.models import Editor, Kind
from newsroom.publishing import AlreadyDecided


@dataclass(frozen=True, slots=True)
class Action:
    """`carry_out` takes the valid form and returns the sentence, empty where the page itself offers to undo.

    `moves_on` tells that the editor is led to the next case.
    """

    make_form: Callable[..., Any]
    carry_out: Callable[[Any, Editor], str]
    moves_on: bool = True


def _revise(verb: str, form: PassageForm | ArticleForm | SeveralForm, by: Editor) -> str:
    kind, note = Kind(form.cleaned_data["kind"]), form.cleaned_data["note"]
    payload = revision_payload(form.base_revision, form.composed(), form.edits(), kind=kind, note=note)
    rehearse(verb, form.cases, by=by, payload=payload)
    if verb == "publish":
        form.refuse_unconfirmed()
    decide(verb, form.cases, by=by, payload=payload, typed=form.typed_by_label())
    return ""


def _decline(form: DeclineForm, by: Editor) -> str:
    payload = {"reason": form.cleaned_data["reason"]}
    rehearse("decline", [form.case], by=by, payload=payload)
    decide("decline", [form.case], by=by, payload=payload, typed=form.typed_by_label())
    return ""


def _simply(verb: str, form: DecisionForm, by: Editor) -> str:
    rehearse(verb, [form.case], by=by, payload={})
    decide(verb, [form.case], by=by, payload={}, typed={})
    return ""


def _hold(form: HoldForm, by: Editor) -> str:
    hold_case(form.case, by=by, until=form.cleaned_data["until"])
    return _("On hold until %(date)s.") % {"date": date_format(form.cleaned_data["until"])}


def _ask(form: AskForm, by: Editor) -> str:
    ask_readers(form.case, by=by, question=form.cleaned_data["question"])
    return _("Asked. The case comes back with the first answer.")


def _assign(form: AssignForm, by: Editor) -> str:
    to = form.cleaned_data["to"]
    assign_case(form.case, by=by, to=to)
    return _("Handed to %(editor)s.") % {"editor": to} if to else _("Handed back to the desk.")


def _claim(form: DecisionForm, by: Editor) -> str:
    claim_case(form.case, by=by)
    return _("Yours for a quarter of an hour.")


def _merge(form: MergeForm, by: Editor) -> str:
    merge_cases(form.case, form.cleaned_data["others"], by=by)
    return _("Merged: the readers of the others follow this case now.")


def _split(form: SplitForm, by: Editor) -> str:
    new = split_case(form.case, list(form.cleaned_data["suggestions"]), by=by)
    address = reverse("admin:corrections_case_change", args=[new.pk])
    return format_html(_('Split off: <a href="{}">case {}</a>.'), address, new.pk)


def _approve(form: DecisionForm, by: Editor) -> str:
    if form.case.proposal is None:
        raise AlreadyDecided
    revision = approve_cases(form.case.proposal, by=by, digest=form.cleaned_data["digest"])
    return format_html(
        _('Approved and published: <a href="{}">revision {}</a>.'), revision.get_absolute_url(), revision.number
    )


def _return(form: DecisionForm, by: Editor) -> str:
    if form.case.proposal is None:
        raise AlreadyDecided
    return_cases(form.case.proposal, by=by, reason=form.cleaned_data["reason"])
    return _("Sent back. The case is open again.")


ACTIONS: dict[str, Action] = {
    "publish": Action(PassageForm, partial(_revise, "publish")),
    "propose": Action(PassageForm, partial(_revise, "propose")),
    "edit": Action(partial(PassageForm, own=True), partial(_revise, "publish")),
    "propose-edit": Action(partial(PassageForm, own=True), partial(_revise, "propose")),
    "edit-article": Action(ArticleForm, partial(_revise, "publish")),
    "propose-article": Action(ArticleForm, partial(_revise, "propose")),
    "publish-several": Action(SeveralForm, partial(_revise, "publish")),
    "propose-several": Action(SeveralForm, partial(_revise, "propose")),
    "merge": Action(MergeForm, _merge, moves_on=False),
    "split": Action(SplitForm, _split, moves_on=False),
    "decline": Action(DeclineForm, _decline),
    "fixed": Action(DecisionForm, partial(_simply, "fixed")),
    "spam": Action(DecisionForm, partial(_simply, "spam")),
    "hold": Action(HoldForm, _hold),
    "ask": Action(AskForm, _ask),
    "assign": Action(AssignForm, _assign, moves_on=False),
    "claim": Action(DecisionForm, _claim, moves_on=False),
    "approve": Action(ApproveForm, _approve),
    "return": Action(ReturnForm, _return),
}
