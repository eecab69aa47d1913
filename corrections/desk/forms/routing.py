"""Forms that set a case aside: put on hold, ask the readers, assign to a colleague."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.auth.models import Permission
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from corrections.decisions.rules import PERMISSION
from corrections.decisions.variants import normalize_newlines
from corrections.desk.forms.base import DecisionForm
from newsroom.models import Editor

LONGEST_HOLD = timedelta(days=366)


class HoldForm(DecisionForm):
    until = forms.DateField(
        label=gettext_lazy("On hold until"),
        help_text=gettext_lazy("The case comes back on the morning of that day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )

    def clean_until(self) -> datetime:
        """Midnight of the day in the newsroom's time zone."""
        day = self.cleaned_data["until"]
        today = timezone.localdate()
        if not today < day <= today + LONGEST_HOLD:
            raise forms.ValidationError(_("Choose a day after today, within a year."))
        return timezone.make_aware(datetime.combine(day, time.min))


class AskForm(DecisionForm):
    question = forms.CharField(
        label=gettext_lazy("Question to the readers"),
        help_text=gettext_lazy("Everyone who reported this sees it on their page, and can answer there."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    blamed = ("question",)

    def clean_question(self) -> str:
        return normalize_newlines(self.cleaned_data["question"])


class AssignForm(DecisionForm):
    to: Any = forms.ModelChoiceField(
        Editor.objects.none(), label=gettext_lazy("Hand to"), required=False, empty_label=gettext_lazy("Nobody")
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        app, codename = PERMISSION.split(".")
        may = Permission.objects.filter(content_type__app_label=app, codename=codename)
        editors = Editor.objects.filter(is_active=True, groups__permissions__in=may).distinct()
        self.fields["to"].queryset = editors.order_by("public_name", "username")  # type: ignore[attr-defined]
