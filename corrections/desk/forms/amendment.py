"""Forms of a second editor who neither approves nor sends back: amend what was proposed, or decline it outright."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corrections.decisions.variants import normalize_newlines
from corrections.desk.forms.base import ApproveForm, DeclineForm, ProposalForm
from corrections.desk.forms.kinds import clean_public_note, kinds_for
from corrections.models import Case
from corrections.screening.hidden_characters import HiddenCharacters, refuse_hidden_characters
from newsroom.admin.widgets import HiddenText
from newsroom.audit.log import number_of
from newsroom.models import Editor, Kind
from newsroom.publishing.notes import written_note
from newsroom.publishing.publish import AlreadyDecided
from newsroom.text.canonical import NotCanonical, Wording, canonical_text, splice
from newsroom.text.sanitizer import plain_line


class AmendForm(ApproveForm):
    """Other words for the passage as it was proposed, another note or kind."""

    wording = forms.CharField(
        label=gettext_lazy("Your wording of the passage"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    # The note as it was written for an editor who left it: it follows what is amended.
    written = forms.CharField(required=False, strip=False, widget=HiddenText)
    note = forms.CharField(
        label=gettext_lazy("Public note"), required=False, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"})
    )

    def __init__(self, case: Case, data: Any = None, *, by: Editor, initial: dict[str, Any] | None = None) -> None:
        if proposal := case.proposal:
            stands = {"kind": proposal.kind, "note": proposal.note, "wording": _passage(case)}
            stands["written"] = _written(case, proposal.kind, proposal.wording)
            initial = {**stands, "digest": proposal.digest, "base": number_of(proposal.base), **(initial or {})}
        super().__init__(case, data, by=by, initial=initial)
        self.fields["kind"] = forms.ChoiceField(label=_("Kind of change"), choices=kinds_for(by))
        self.blamed = ("wording", "note")
        if case.spot_start is None:  # the whole article was written anew
            del self.fields["wording"]
            self.blamed = ("note",)

    def clean_note(self) -> str:
        return clean_public_note(self.cleaned_data["note"])

    def amended(self) -> Wording:
        """The wording that is proposed now. Raises HiddenCharacters, NotCanonical."""
        proposal, case = self.proposal, self.case
        if self.cleaned_data["kind"] == Kind.RETRACTION and proposal.base:
            return proposal.base.require_content().wording
        words, passage = normalize_newlines(self.cleaned_data.get("wording", "")), _passage(case)
        if "wording" not in self.fields or words == passage:
            return proposal.wording
        refuse_hidden_characters(words, known=passage)
        start, end, old = case.spot_start or 0, case.spot_end or 0, getattr(proposal, case.field)
        new = splice(old, start, end, words) if case.field == "body" else old[:start] + words + old[end:]
        if case.field != "body" and plain_line(new) != new:
            raise NotCanonical
        return replace(proposal.wording, **{case.field: new})

    def note_by_now(self) -> str:
        """The note that fits what the form says; empty while it says nothing that could be proposed."""
        try:
            return _written(self.case, self.cleaned_data["kind"], self.amended()) if self.is_valid() else ""
        except (HiddenCharacters, NotCanonical, AlreadyDecided):
            return ""


class RefuseForm(ProposalForm, DeclineForm):
    """A reason for the readers, as for declining, where something was proposed already."""


def _written(case: Case, kind: str, wording: Wording) -> str:
    base = case.proposal.base if case.proposal else None
    return written_note(case.article, base=base, kind=kind, wording=wording)


def _passage(case: Case) -> str:
    """The words that were proposed for the case's passage."""
    if case.proposal is None or case.spot_start is None:
        return ""
    text: str = getattr(case.proposal, case.field)
    return (canonical_text(text) if case.field == "body" else text)[case.spot_start : case.spot_end]
