"""The forms that a case's page offers to an editor, by slot; see corrections.desk.actions."""

from collections.abc import Sequence
from typing import Any

from corrections.anchoring.spans import Span
from corrections.decisions.compose import Edit
from corrections.decisions.rules import PERMISSION
from corrections.decisions.variants import WordingVariant, normalize_newlines
from corrections.desk.actions import ACTIONS
from corrections.desk.forms.base import DecisionForm
from corrections.desk.forms.notes import initial_note
from corrections.desk.forms.revision import PARTS, ArticleForm, PassageForm
from corrections.desk.forms.sent_back import SentBack, carried_over, sent_back
from corrections.desk.forms.widening import Width, widened
from corrections.models import Case
from newsroom.audit.log import number_of
from newsroom.models import Article, Editor, Revision
from newsroom.publishing.policy import APPROVAL
from newsroom.text.canonical import Wording

Forms = dict[str, DecisionForm]


def forms_for(
    case: Case,
    variants: Sequence[WordingVariant],
    *,
    by: Editor,
    whole: bool | None = None,
    width: Width = Width.PASSAGE,
    sent: DecisionForm | None = None,
) -> Forms:
    """Fresh forms; none for an editor or a state in which nothing can be decided.

    `whole`: to edit the whole article instead of the passage, as by default where such an edit came back; `width`: or
    the sentence or paragraph around it.
    Where another decision overtook the form `sent`, they take over what still applies to the case.
    """
    if not by.has_perm(PERMISSION):
        return {}
    back = sent_back(case)
    is_whole = bool(back and back.article) if whole is None else whole
    hidden = (*hidden_slots(case, whole=is_whole), *_closed_to(by, case))
    common, by_slot = _common_values(sent), _initial(case, variants, sent, width, back)
    forms: Forms = {}
    for action in ACTIONS.values():
        if case.state in action.states and action.slot not in ("", *hidden, *forms):
            initial = {**by_slot.get(action.slot, {}), **common}
            forms[action.slot] = action.make_form(case, by=by, initial=initial)
    return forms


def hidden_slots(case: Case, *, whole: bool) -> tuple[str, ...]:
    """A retracted article gets no new words; any other is not closed as a whole."""
    if case.article.state == Article.State.RETRACTED:
        return "passage", "article", "several"
    return "retracted", "passage" if whole or not case.is_placed else "article"


def _closed_to(by: Editor, case: Case) -> tuple[str, ...]:
    """What was amended is consented to by its proposer; only another editor approves, amends or declines."""
    if case.proposal is None:
        return ()
    is_own, waits = case.proposal.proposed_by_id == by.pk, case.proposal.amended_by_id is not None
    closed = [*(["approve"] if waits else []), *([] if waits and is_own else ["consent"])]
    return (*closed,) if by.has_perm(APPROVAL) and not is_own else (*closed, "amend", "refuse")


def with_refused(fresh: Forms, slot: str, refused: DecisionForm) -> Forms:
    """The fresh forms, but in its slot the refused one with its errors."""
    return {**fresh, slot: refused} if slot in fresh else fresh


def _common_values(sent: DecisionForm | None) -> dict[str, Any]:
    """Values that apply whatever the passage says by now."""
    if sent is None:
        return {}
    common: dict[str, Any] = {name: text for name, text in sent.typed().items() if name in ("note", "reason")}
    if common.get("note", "") == normalize_newlines(sent.data.get("written", "")):
        common.pop("note", None)  # nobody typed it, and it is written anew
    return {**common, "kind": sent.data["kind"]} if sent.data.get("kind") else common


def _initial(
    case: Case, variants: Sequence[WordingVariant], sent: DecisionForm | None, width: Width, back: SentBack | None
) -> dict[str, dict[str, Any]]:
    """Initial values by slot."""
    if case.proposal and case.state == Case.State.PROPOSED:
        sealed = {"digest": case.proposal.digest, "base": number_of(case.proposal.base)}
        return {"approve": sealed, "consent": sealed}
    content = case.anchored_in.content
    if content is None:
        return {}
    article: dict[str, Any] = content.wording.as_dict()
    if back:
        article |= {"kind": back.kind, "note": back.note, **(back.article.as_dict() if back.article else {})}
    article |= _written_anew(sent, case)
    if not case.is_placed:
        return {"article": article}
    text = content.canonical(case.field)
    passage = _widened(_passage_values(case, variants, text), text, width)
    typed = sent.typed() if sent else {}
    if "wording" in typed and _same_passage(sent, case, text[passage["start"] : passage["end"]]):
        passage["wording"] = typed["wording"]
    edit = Edit(case, passage["wording"], Span(passage["start"], passage["end"]))
    passage |= initial_note(edit, kind=sent.data.get("kind", "") if sent else "")
    if back:
        passage |= _as_sent_back(back, variants, passage) | {"kind": back.kind, "note": back.note}
    return {"article": article, "passage": passage}


def _as_sent_back(back: SentBack, variants: Sequence[WordingVariant], passage: dict[str, Any]) -> dict[str, Any]:
    """The wording that came back: as the variant that it is, or as the editor's own."""
    if not back.words or back.words == passage["wording"]:
        return {}
    for variant in variants:
        if variant.is_placed and variant.wording == back.words:
            span = {"start": variant.start, "end": variant.end}
            return {"chosen": variant.value, "wording": back.words, "offered": back.words, **span}
    return {"wording": back.words}


def _passage_values(case: Case, variants: Sequence[WordingVariant], text: str) -> dict[str, Any]:
    """The most frequent variant, preselected and as the start of the editor's own wording."""
    first = next((variant for variant in variants if variant.is_placed), None)
    if first:
        words = first.wording
        return {"chosen": first.value, "start": first.start, "end": first.end, "wording": words, "offered": words}
    passage = text[case.start : case.end]
    return {"start": case.start, "end": case.end, "wording": passage, "offered": passage}


def _widened(values: dict[str, Any], text: str, width: Width) -> dict[str, Any]:
    """The passage and its new words with what stands around them."""
    passage = Span(values["start"], values["end"])
    wide = widened(text, passage, width)
    words = text[wide.start : passage.start] + values["wording"] + text[passage.end : wide.end]
    return {**values, "start": wide.start, "end": wide.end, "wording": words, "offered": words}


def _same_passage(sent: DecisionForm | None, case: Case, passage: str) -> bool:
    """Whether the text that the form `sent` would have replaced is `passage`, which the fresh form replaces."""
    if not isinstance(sent, PassageForm):
        return False
    start, end = (str(sent.data.get(name, "")) for name in ("start", "end"))
    if not all(value.isascii() and value.isdecimal() for value in (start, end)):
        return False
    base = _base_of(sent, case)
    old = base.content if base else None
    return old is not None and old.canonical(case.field)[int(start) : int(end)] == passage


def _written_anew(sent: DecisionForm | None, case: Case) -> dict[str, str]:
    """The article as the form `sent` has it, with what was changed elsewhere since."""
    if not isinstance(sent, ArticleForm):
        return {}
    typed = sent.typed()
    return carried_over(case, _base_of(sent, case), Wording(**{part: typed.get(part, "") for part in PARTS})).as_dict()


def _base_of(sent: DecisionForm, case: Case) -> Revision | None:
    """The revision that the page was rendered from."""
    number = str(sent.data.get("base", ""))
    revisions = Revision.objects.select_related("stored_text").filter(article_id=case.article_id)
    return revisions.filter(number=int(number)).first() if number.isascii() and number.isdecimal() else None
