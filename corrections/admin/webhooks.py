"""Webhook admin: setup, test messages and secret rotation by the desk chief, read-only for auditors."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from corrections.models import SELECTABLE_EVENTS, Event, Hook
from corrections.webhooks.endpoints import (
    CHANGE_HOOK,
    change_hook,
    create_hook,
    load_allowlist,
    receiver_host,
    rotate_secret,
)
from corrections.webhooks.enqueue import HookDisabled, ping_hook
from corrections.webhooks.signing_keys import current_secret
from newsroom.admin.access import DESK_STYLES, editor_of, render_page
from newsroom.admin.lookups import StrictLookups
from newsroom.http.guarded_client import UrlProblem, UrlRefused, check_url

SETUP_FIELDS = ("name", "url", "events", "form", "enabled")
STATUS_FIELDS = ("last_success_at", "disabled_why", "rotated_at")
TRANSLATED_FIELDS = {"disabled_why": "why_disabled"}  # stored in English, translated on display


class HookForm(forms.ModelForm[Hook]):
    events = forms.MultipleChoiceField(
        label=gettext_lazy("Events"),
        choices=[(event.value, event.label) for event in SELECTABLE_EVENTS],
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Hook
        fields = SETUP_FIELDS
        widgets = {"url": forms.URLInput(attrs={"class": "vURLField", "autocomplete": "off", "spellcheck": "false"})}

    def clean_url(self) -> str:
        url = str(self.cleaned_data["url"]).strip()
        if self.instance.pk and "url" not in self.changed_data:
            return url  # an unreachable receiver must not block changes to its webhook
        try:
            check_url(url, allowed=load_allowlist())
        except UrlRefused as refused:
            raise ValidationError(explain_refusal(refused)) from None
        return url


class HookAdmin(StrictLookups, admin.ModelAdmin[Hook]):
    form = HookForm
    actions = None
    change_form_template = "corrections/webhooks/hook_change.html"
    list_display = ("name", "host", "told", "form", "enabled", "last_success_at", "waiting")
    search_fields = ("name",)
    show_full_result_count = False

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            path("<int:pk>/test/", wrap(require_POST(self.test_view)), name="corrections_hook_test"),
            path("<int:pk>/secret/", wrap(require_POST(self.secret_view)), name="corrections_hook_secret"),
        ]
        return [*own, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Hook]:
        return Hook.objects.annotate(owed=Count("deliveries", filter=Q(deliveries__state="waiting")))

    def get_fields(self, request: HttpRequest, obj: Hook | None = None) -> tuple[str, ...]:
        if obj is None:
            return SETUP_FIELDS
        standing = tuple(TRANSLATED_FIELDS.get(name, name) for name in STATUS_FIELDS if getattr(obj, name))
        if not self.has_change_permission(request, obj):
            return ("name", "host", "told", "form", "enabled", *standing)
        return (*SETUP_FIELDS, *standing)

    def get_readonly_fields(self, request: HttpRequest, obj: Hook | None = None) -> tuple[str, ...]:
        return ("host", "told", *(TRANSLATED_FIELDS.get(name, name) for name in STATUS_FIELDS))

    def has_delete_permission(self, request: HttpRequest, obj: Hook | None = None) -> bool:
        return False  # deliveries refer to it; disable it instead

    def save_model(self, request: HttpRequest, obj: Hook, form: Any, change: bool) -> None:
        if not change:
            create_hook(obj, by=editor_of(request, "corrections.add_hook"))
        elif form.changed_data:
            change_hook(obj, by=editor_of(request, CHANGE_HOOK), changed=form.changed_data)

    def response_add(self, request: HttpRequest, obj: Hook, post_url_continue: str | None = None) -> HttpResponse:
        """Shows the secret once, in the response to the POST, never in a URL, cookie or message."""
        return self._show_secret(request, obj)

    def secret_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        editor = editor_of(request, CHANGE_HOOK)
        return self._show_secret(request, rotate_secret(get_object_or_404(Hook, pk=pk), by=editor))

    def test_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        editor = editor_of(request, CHANGE_HOOK)
        try:
            delivery = ping_hook(get_object_or_404(Hook, pk=pk), by=editor)
        except HookDisabled:
            messages.error(request, _("Nothing is sent to a webhook that is not enabled."))
            return redirect("admin:corrections_hook_change", pk)
        messages.success(request, _("A test message is on its way; reload this page to see the result."))
        return redirect("admin:corrections_delivery_change", delivery.pk)

    def _show_secret(self, request: HttpRequest, hook: Hook) -> HttpResponse:
        context = {"title": _("Secret of %(name)s") % {"name": hook.name}, "hook": hook}
        return render_page(
            request, self, "corrections/webhooks/secret.html", {**context, "secret": current_secret(hook)}
        )

    @admin.display(description=gettext_lazy("host"))
    def host(self, hook: Hook) -> str:
        return receiver_host(hook)

    @admin.display(description=gettext_lazy("events"))
    def told(self, hook: Hook) -> str:
        return ", ".join(str(Event(event).label) for event in hook.events)

    @admin.display(description=gettext_lazy("why it was disabled"))
    def why_disabled(self, hook: Hook) -> str:
        return _(hook.disabled_why)

    @admin.display(description=gettext_lazy("waiting"))
    def waiting(self, hook: Any) -> int:
        return int(hook.owed)

    class Media:
        css = DESK_STYLES


def explain_refusal(refused: UrlRefused) -> str:
    """One sentence: the problem and how to fix it."""
    detail = refused.detail
    return {
        UrlProblem.UNREADABLE: _("Write the full address, such as https://example.org/hook."),
        UrlProblem.SCHEME: _("The address has to begin with https://; plain http is only for hosts in WEBHOOK_ALLOW."),
        UrlProblem.PORT: _("Port %(port)s is only for hosts in WEBHOOK_ALLOW; elsewhere leave the port out.")
        % {"port": detail},
        UrlProblem.USER: _("Leave the user name and password out of the address; the signature says who sends."),
        UrlProblem.FRAGMENT: _("Leave out what follows the #; it is never sent."),
        UrlProblem.UNKNOWN_HOST: _("The host %(host)s is not known; check how it is written.") % {"host": detail},
        UrlProblem.PRIVATE_ADDRESS: _(
            "The host has the address %(address)s, which is not public; list it in WEBHOOK_ALLOW if this is intended."
        )
        % {"address": detail},
    }[refused.problem]
