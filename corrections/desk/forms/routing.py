"""Forms that set a case aside: put on hold, ask the readers, assign to a colleague."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib.auth.models import Permission
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from corrections.decisions.rules import PERMISSION
from corrections.decisions.variants import normalize_newlines
from corrections.desk.forms.base import DecisionForm, refuse_hidden
from newsroom.models import Editor

LONGEST_HOLD = timedelta(days=366)
MORNING = time(9)


class Preset(models.TextChoices):
    """Usual ends of a hold, in the editor's time zone; the last one a day that the editor names."""

    TWO_HOURS = "two_hours", pgettext_lazy("on hold", "for two hours")
    TOMORROW = "tomorrow", pgettext_lazy("on hold", "until tomorrow, 9:00")
    MONDAY = "monday", pgettext_lazy("on hold", "until Monday, 9:00")
    DAY = "day", pgettext_lazy("on hold", "until a day:")


class HoldForm(DecisionForm):
    preset = forms.ChoiceField(label=gettext_lazy("On hold"), choices=Preset.choices, required=False)
    until = forms.DateField(
        label=gettext_lazy("On hold until"),
        help_text=gettext_lazy("The case comes back on the morning of that day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        required=False,
    )
    why = forms.CharField(
        label=gettext_lazy("Why it waits"),
        help_text=gettext_lazy("For the desk only."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    @property
    def ends_at(self) -> datetime:
        """Of a valid form."""
        preset = self.cleaned_data["preset"]
        if preset not in ("", Preset.DAY):
            return ends_of(timezone.localtime())[Preset(preset)]
        return timezone.make_aware(datetime.combine(self.cleaned_data["until"], time.min))

    def clean_why(self) -> str:
        why: str = self.cleaned_data["why"]
        refuse_hidden(why)
        return why

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        day, today = cleaned.get("until"), timezone.localdate()
        if cleaned.get("preset", "") not in ("", Preset.DAY):
            if day:
                self.add_error("until", _("Choose either a day or one of the times above."))
        elif "until" in cleaned and not (day and today < day <= today + LONGEST_HOLD):
            self.add_error("until", _("Choose a day after today, within a year."))
        return cleaned


def ends_of(now: datetime) -> dict[Preset, datetime]:
    """When each preset ends, by the clock of `now`'s time zone, whatever daylight saving does meanwhile."""
    monday = now.date() + timedelta(days=7 - now.weekday())
    return {
        Preset.TWO_HOURS: now + timedelta(hours=2),
        Preset.TOMORROW: _morning(now.date() + timedelta(days=1), now),
        Preset.MONDAY: _morning(monday, now),
    }


def _morning(day: date, now: datetime) -> datetime:
    return datetime.combine(day, MORNING, tzinfo=now.tzinfo)


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
        Editor.objects.none(), label=gettext_lazy("Hand to"), required=False, empty_label=gettext_lazy("No one")
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        app, codename = PERMISSION.split(".")
        may = Permission.objects.filter(content_type__app_label=app, codename=codename)
        editors = Editor.objects.filter(is_active=True, groups__permissions__in=may).distinct()
        self.fields["to"].queryset = editors.order_by("public_name", "username")  # type: ignore[attr-defined]
