"""Delivery log of the webhooks: attempts, responses and a replay button."""

import json
from typing import Any

from django.contrib import admin, messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from corrections.models import Attempt, Delivery
from corrections.webhooks.deliveries import replay_delivery
from corrections.webhooks.endpoints import CHANGE_HOOK
from corrections.webhooks.enqueue import HookDisabled
from newsroom.admin.access import DESK_STYLES, ReadOnly, editor_of


class AttemptInline(admin.TabularInline[Attempt, Delivery]):
    model = Attempt
    fields = readonly_fields = ("started_at", "status", "trouble", "milliseconds", "answer")
    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True  # as for the delivery

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DeliveryAdmin(ReadOnly, admin.ModelAdmin[Delivery]):
    change_form_template = "corrections/webhooks/delivery_change.html"
    inlines = (AttemptInline,)
    actions = None
    list_display = ("made_at", "hook", "event", "state", "last_answer", "next_try")
    list_filter = ("state", "event", "hook")
    list_select_related = ("hook",)
    search_fields = ("=message_id",)
    ordering = ("-made_at", "-pk")
    show_full_result_count = False
    fields = ("hook", "event", "state", "happened_at", "attempts", "next_try", "settled_at", "message_id", "message")
    readonly_fields = ("message",)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        replay = path("<int:pk>/replay/", wrap(require_POST(self.replay_view)), name="corrections_delivery_replay")
        return [replay, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Delivery]:
        tries = Attempt.objects.filter(delivery=OuterRef("pk")).order_by("-started_at", "-pk")
        last = {name: Subquery(tries.values(name)[:1]) for name in ("status", "trouble")}
        return Delivery.objects.annotate(last_status=last["status"], last_trouble=last["trouble"])

    def replay_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        editor = editor_of(request, CHANGE_HOOK)
        try:
            replay_delivery(get_object_or_404(Delivery, pk=pk), by=editor)
            messages.success(request, _("It is being sent again; reload this page to see the result."))
        except HookDisabled:
            messages.error(request, _("Nothing is sent to a webhook that is not enabled."))
        return redirect("admin:corrections_delivery_change", pk)

    @admin.display(description=gettext_lazy("last answer"))
    def last_answer(self, delivery: Any) -> str:
        last = str(delivery.last_status or delivery.last_trouble or "")
        return _("%(answer)s (attempt %(number)d)") % {"answer": last, "number": delivery.attempts} if last else ""

    @admin.display(description=gettext_lazy("message"))
    def message(self, delivery: Delivery) -> str:
        return format_html("<pre>{}</pre>", json.dumps(json.loads(delivery.payload), indent=2, ensure_ascii=False))

    class Media:
        css = DESK_STYLES
