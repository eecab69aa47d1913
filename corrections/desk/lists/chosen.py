"""Decisions about several chosen cases: each by itself, as on its own page, with what was left and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from corrections.decisions.messages import REFUSALS, explain_decision
from corrections.desk.actions import ACTIONS
from corrections.desk.case_page import base_language
from corrections.desk.forms.base import DecisionForm
from corrections.models import Case, Reason
from newsroom.models import Editor
from newsroom.presence.editors import Subject, others_present

NAMES = ("decline", "hold", "assign", "claim")
MOST = 50  # chosen at once: a page of the list
Forms = dict[str, DecisionForm]


@dataclass(frozen=True, slots=True)
class Left:
    """A chosen case that stays as it was."""

    case: Case
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    decided: list[Case]
    left: list[Left]


def fresh_forms(by: Editor) -> Forms:
    """One for each decision that can be made about several; they are about no case yet."""
    return {name: ACTIONS[name].make_form(Case(), by=by) for name in NAMES}


def reasons_in(languages: Iterable[str]) -> list[Reason]:
    """Usual reasons in the languages of the listed articles."""
    return list(Reason.objects.filter(language__in={base_language(language) for language in languages}))


def common_form(name: str, data: Mapping[str, Any], *, by: Editor) -> DecisionForm:
    """What was typed once for all of them."""
    form: DecisionForm = ACTIONS[name].make_form(Case(), {**data, "state": Case.State.OPEN}, by=by)
    return form


def chosen_cases(tickets: Iterable[str]) -> dict[Case, str]:
    """The cases of "number:state", each with the state that its row had."""
    seen = dict(ticket.partition(":")[::2] for ticket in list(tickets)[:MOST])
    keys = [int(key) for key in seen if key.isascii() and key.isdecimal() and len(key) < 16]
    cases = Case.objects.select_related("article", "anchored_in", "assignee").filter(pk__in=keys).order_by("pk")
    return {case: seen[str(case.pk)] for case in cases}


def decide_chosen(name: str, chosen: Mapping[Case, str], data: Mapping[str, Any], *, by: Editor) -> Outcome:
    """One decision and one undo for each; whatever is refused is named, and keeps none of the others."""
    decided, left = list[Case](), list[Left]()
    for case, state in chosen.items():
        reason = _refusal(name, case, {**data, "state": state}, by=by)
        if reason:
            left.append(Left(case, reason))
        else:
            decided.append(case)
    return Outcome(decided, left)


def _refusal(name: str, case: Case, data: Mapping[str, Any], *, by: Editor) -> str:
    """Decide the case; why not, or nothing."""
    form: DecisionForm = ACTIONS[name].make_form(case, data, by=by)
    if others := others_present(Subject("case", case.pk), by):
        return _in_hand(others)
    if case.is_in_hand and case.assignee and case.assignee != by and name != "assign":
        return _in_hand([case.assignee])
    try:
        form.refuse_overtaken()
        if not form.is_valid():
            return " ".join(str(error) for errors in form.errors.values() for error in errors)
        if (reason := form.cleaned_data.get("canned")) and reason.language != base_language(case.article.language):
            return _("The usual reason is in another language than the article.")
        ACTIONS[name].perform(form, by=by)
    except REFUSALS as refusal:
        return explain_decision(refusal)
    return ""


def _in_hand(editors: Sequence[Editor]) -> str:
    names = ", ".join(map(str, editors))
    return _("%(editor)s is working on it; decide it on its own page.") % {"editor": names}
