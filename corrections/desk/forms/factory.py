"""Chooses the forms that the page of a case offers to an editor."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from corrections.decisions.rules import PERMISSION
from corrections.decisions.variants import Variant
from corrections.desk.forms.base import ApproveForm, DecisionForm, DeclineForm, ReturnForm
from corrections.desk.forms.bulk import SeveralForm, SplitForm
from corrections.desk.forms.revision import ArticleForm, PassageForm
from corrections.desk.forms.routing import AskForm, AssignForm, HoldForm
from corrections.models import Case
from newsroom.models import Editor, Revision


@dataclass(frozen=True, slots=True)
class Aside:
    """The forms that put a case aside instead of settling it by words."""

    simple: DecisionForm
    several: SeveralForm
    split: SplitForm
    ask: AskForm
    hold: HoldForm
    assign: AssignForm


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms that a case's page shows to an editor; None for what cannot be decided."""

    passage: PassageForm | None = None
    article: ArticleForm | None = None
    decline: DeclineForm | None = None
    aside: Aside | None = None
    approve: ApproveForm | None = None
    send_back: ReturnForm | None = None


def forms_for(
    case: Case, variants: Sequence[Variant], *, by: Editor, whole: bool = False, sent: DecisionForm | None = None
) -> Forms:
    """Fresh forms. Of `sent`, which came too late, they take over what still fits the case as it stands now."""
    typed = sent.typed() if sent else {}
    kept: dict[str, Any] = {name: typed[name] for name in ("note", "reason") if name in typed}
    if sent and sent.data.get("kind"):
        kept["kind"] = sent.data["kind"]
    if not by.has_perm(PERMISSION) or not case.is_open:
        return Forms()
    if case.state == Case.State.PROPOSED and case.proposal:
        digest = {"digest": case.proposal.digest}
        return Forms(approve=ApproveForm(case, by=by, initial=digest), send_back=ReturnForm(case, by=by, initial=kept))
    if case.state == Case.State.DECIDED:
        return Forms()
    decline = DeclineForm(case, by=by, initial=kept)
    aside = Aside(
        simple=DecisionForm(case, by=by),
        several=SeveralForm(case, by=by, initial=kept),
        split=SplitForm(case, by=by),
        ask=AskForm(case, by=by),
        hold=HoldForm(case, by=by),
        assign=AssignForm(case, by=by),
    )
    if whole or not case.is_placed:
        parts = case.anchored_in.content.wording.as_dict()
        return Forms(article=ArticleForm(case, by=by, initial={**parts, **kept}), decline=decline, aside=aside)
    initial = {**_offered(case, variants), **kept}
    if "wording" in typed and _same_passage(sent, case, initial):
        initial["wording"] = typed["wording"]
    return Forms(passage=PassageForm(case, by=by, initial=initial), decline=decline, aside=aside)


def with_refused(fresh: Forms, refused: DecisionForm) -> Forms:
    """The forms with a refused one, and what is wrong with it, in the place of the fresh one."""
    match refused:
        case PassageForm():
            return replace(fresh, passage=refused)
        case ArticleForm():
            return replace(fresh, article=refused)
        case DeclineForm():
            return replace(fresh, decline=refused)
        case SeveralForm() if fresh.aside:
            return replace(fresh, aside=replace(fresh.aside, several=refused))
        case SplitForm() if fresh.aside:
            return replace(fresh, aside=replace(fresh.aside, split=refused))
        case AskForm() if fresh.aside:
            return replace(fresh, aside=replace(fresh.aside, ask=refused))
        case HoldForm() if fresh.aside:
            return replace(fresh, aside=replace(fresh.aside, hold=refused))
        case AssignForm() if fresh.aside:
            return replace(fresh, aside=replace(fresh.aside, assign=refused))
        case ApproveForm():
            return replace(fresh, approve=refused)
        case ReturnForm():
            return replace(fresh, send_back=refused)
    return fresh


def _offered(case: Case, variants: Sequence[Variant]) -> dict[str, Any]:
    """The most sent wording, to be chosen and to begin the editor's own from."""
    first = next((variant for variant in variants if variant.is_placed), None)
    if first:
        words = first.wording
        return {"chosen": first.value, "start": first.start, "end": first.end, "wording": words, "offered": words}
    passage = case.anchored_in.content.canonical(case.field)[case.start : case.end]
    return {"start": case.start, "end": case.end, "wording": passage, "offered": passage}


def _same_passage(sent: DecisionForm | None, case: Case, initial: dict[str, Any]) -> bool:
    """Whether the words that an overtaken form would have replaced are those that the fresh form replaces."""
    if not isinstance(sent, PassageForm):
        return False
    number, start, end = (str(sent.data.get(name, "")) for name in ("base", "start", "end"))
    if not all(value.isascii() and value.isdecimal() for value in (number, start, end)):
        return False
    base = Revision.objects.select_related("content").filter(article_id=case.article_id, number=int(number)).first()
    new = case.anchored_in.content.canonical(case.field)[initial["start"] : initial["end"]]
    return base is not None and base.content.canonical(case.field)[int(start) : int(end)] == new
