"""Canned reasons in the admin."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm, NumberInput
from django.http import HttpRequest
from django.utils.text import capfirst

from corrections.models import Reason
from newsroom.admin.lookups import StrictLookups


class ReasonAdmin(StrictLookups, admin.ModelAdmin):  # type: ignore[type-arg]  # Django's own class takes no parameter when it runs
    """Canned reasons for declining, managed by the desk chief."""

    list_display = ("text", "language", "position")
    list_filter = ("language",)
    list_editable = ("position",)

    def get_changelist_form(self, request: HttpRequest, **kwargs: Any) -> type[ModelForm[Reason]]:
        """Adds an accessible name, which Django's list_editable fields lack."""
        name = capfirst(Reason._meta.get_field("position").verbose_name)
        widgets = {"position": NumberInput({"class": "vIntegerField", "aria-label": name})}
        form: type[ModelForm[Reason]] = super().get_changelist_form(request, widgets=widgets, **kwargs)
        return form
