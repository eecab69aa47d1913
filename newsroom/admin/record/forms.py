"""Forms for withholding and for reverting a revision."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from newsroom.admin.articles.forms import kind_choices, meaning_rule, multiline_textarea, normalize_newlines
from newsroom.models import Kind
from newsroom.publishing.messages import explain
from newsroom.text.canonical import ControlCharacters, refuse_control_characters


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
        help_text=gettext_lazy("It will stand in the place of the words. Do not repeat what must not be read."),
        widget=multiline_textarea(3),
    )


class ReturnWithholdingForm(forms.Form):
    """Decline a withholding, with a reason."""

    answer = MultilineField(
        label=gettext_lazy("Reason for leaving the words"),
        help_text=gettext_lazy("The editor who asked will see it."),
        widget=multiline_textarea(2),
    )


class RevertForm(forms.Form):
    """Kind and note of the revision that restores old words."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of revision"))
    note = MultilineField(
        label=gettext_lazy("Public note"),
        help_text=gettext_lazy("Say why the old words come back: what was wrong, and what is right."),
        widget=multiline_textarea(3),
    )
    base = forms.IntegerField(label=gettext_lazy("Based on revision"), min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(
            label=gettext_lazy("Kind of revision"), help_text=meaning_rule(), choices=kind_choices(may_retract=False)
        )

    def chosen_kind(self) -> Kind:
        return Kind(self.cleaned_data["kind"])
