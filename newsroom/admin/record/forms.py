"""Forms for withholding and reverting a revision, and for amending a proposal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from newsroom.admin.articles.forms import kind_choices, meaning_rule, multiline_textarea, normalize_newlines
from newsroom.admin.widgets import HiddenText, RichTextarea
from newsroom.models import Kind, Proposal
from newsroom.publishing.drafts import DeadLinks, refuse_dead_links
from newsroom.publishing.messages import explain
from newsroom.publishing.notes import written_note
from newsroom.text.canonical import ControlCharacters, Wording, refuse_control_characters
from newsroom.text.sanitizer import TooLong, plain_line, sanitise


class MultilineField(forms.CharField):
    """Multi-line text with normalized line ends and without control characters."""

    widget = forms.Textarea

    def clean(self, value: Any) -> str:
        text = normalize_newlines(str(super().clean(value)))
        try:
            refuse_control_characters(text)
        except ControlCharacters as refusal:
            raise forms.ValidationError(explain(refusal)) from refusal
        return text


class WithholdForm(forms.Form):
    """Ask to withhold a revision, with a public reason."""

    reason = MultilineField(
        label=gettext_lazy("Public reason"),
        help_text=gettext_lazy("It replaces the words. Do not repeat what must not be read."),
        widget=multiline_textarea(3),
    )


class ReturnWithholdingForm(forms.Form):
    """Decline a withholding, with a reason."""

    answer = MultilineField(
        label=gettext_lazy("Reason for keeping the words"),
        help_text=gettext_lazy("The editor who asked will see it."),
        widget=multiline_textarea(2),
    )


class RevertForm(forms.Form):
    """Kind and note of the revision that restores old words."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of change"))
    note = MultilineField(
        label=gettext_lazy("Public note"),
        help_text=gettext_lazy("Say why the old words come back: what was wrong, and what is right."),
        widget=multiline_textarea(3),
    )
    base = forms.IntegerField(label=gettext_lazy("Based on version"), min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(
            label=gettext_lazy("Kind of change"), help_text=meaning_rule(), choices=kind_choices(may_retract=False)
        )

    def chosen_kind(self) -> Kind:
        return Kind(self.cleaned_data["kind"])


class AmendForm(forms.Form):
    """What a second editor makes of a proposal: its four fields, kind and note."""

    headline = MultilineField(label=gettext_lazy("Headline"), widget=multiline_textarea(2))
    standfirst = MultilineField(label=gettext_lazy("Standfirst"), required=False, widget=multiline_textarea(3))
    byline = MultilineField(label=gettext_lazy("Byline"), required=False, widget=multiline_textarea(1))
    body = MultilineField(label=gettext_lazy("Text"), strip=False, widget=RichTextarea)
    note = MultilineField(label=gettext_lazy("Public note"), required=False, widget=multiline_textarea(3))
    # The note as it was written for an editor who left it: it follows what is amended.
    written = forms.CharField(required=False, strip=False, widget=HiddenText)

    def __init__(self, proposal: Proposal, data: Any = None, *, may_retract: bool) -> None:
        stands = {**proposal.wording.as_dict(), "kind": proposal.kind, "note": proposal.note}
        if data is None:
            stands["written"] = _written(proposal, proposal.kind, proposal.wording)
        super().__init__(data, initial=stands, auto_id="amend_%s")
        self.proposal = proposal
        self.fields["kind"] = forms.ChoiceField(
            label=gettext_lazy("Kind of change"), choices=kind_choices(may_retract=may_retract)
        )
        if proposal.base is None:  # the first revision is always a publication
            self.fields["kind"].choices = [(Kind.PUBLICATION.value, Kind.PUBLICATION.label)]  # type: ignore[attr-defined]

    def clean_body(self) -> str:
        """An unchanged body stays byte for byte, since sanitising it again might change it."""
        typed = str(self.cleaned_data["body"])
        try:
            refuse_dead_links(typed, self.proposal.body)
            return typed if typed == self.proposal.body else sanitise(typed)
        except (TooLong, DeadLinks) as refusal:
            raise forms.ValidationError(explain(refusal)) from refusal

    def amended(self) -> dict[str, Any]:
        """Arguments of amend_proposal."""
        lines = {name: plain_line(self.cleaned_data[name]) for name in ("headline", "standfirst", "byline")}
        wording = Wording(**lines, body=self.cleaned_data["body"])
        return {"kind": Kind(self.cleaned_data["kind"]), "wording": wording, "note": self.cleaned_data["note"]}

    def note_by_now(self) -> str:
        """The note that fits what the form says; empty while it says nothing that could be proposed."""
        if not self.is_valid():
            return ""
        amended = self.amended()
        return _written(self.proposal, amended["kind"], amended["wording"])


def _written(proposal: Proposal, kind: str, wording: Wording) -> str:
    return written_note(proposal.article, base=proposal.base, kind=kind, wording=wording)
