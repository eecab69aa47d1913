"""The forms in which editors bring words back or take them away."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from newsroom.admin.articles.forms import in_lines, kind_choices, lines_area
from newsroom.models import Kind
from newsroom.publishing.messages import explain
from newsroom.text.canonical import ControlCharacters, refuse_control_characters


class Lines(forms.CharField):
    """What is to be read by people: with line ends as they are stored, and no control characters."""

    widget = forms.Textarea

    def clean(self, value: Any) -> str:
        text = in_lines(str(super().clean(value)))
        try:
            refuse_control_characters(text)
        except ControlCharacters as refusal:
            raise forms.ValidationError(explain(refusal)) from refusal
        return text


class WithholdForm(forms.Form):
    """Why words must go."""

    reason = Lines(
        label=gettext_lazy("Public reason"),
        help_text=gettext_lazy("It will stand in the place of the words. Do not repeat what must not be read."),
        widget=lines_area(3),
    )


class ReturnWithholdingForm(forms.Form):
    """Why they stay."""

    answer = Lines(
        label=gettext_lazy("Reason for leaving the words"),
        help_text=gettext_lazy("The editor who asked will see it."),
        widget=lines_area(2),
    )


class RevertForm(forms.Form):
    """What the new revision shall be that brings old words back."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of revision"))
    note = Lines(
        label=gettext_lazy("Public note"),
        help_text=gettext_lazy("Say why the old words come back: what was wrong, and what is right."),
        widget=lines_area(3),
    )
    base = forms.IntegerField(label=gettext_lazy("Based on revision"), min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(
            label=gettext_lazy("Kind of revision"), choices=kind_choices(may_retract=False)
        )

    def chosen_kind(self) -> Kind:
        return Kind(self.cleaned_data["kind"])
