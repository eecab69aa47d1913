"""The public record and the record of acts in the admin: to be read, never to be touched."""

import json
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from newsroom.admin.access import LOOKS, ReadOnly
from newsroom.models import Act, Revision
from newsroom.published import content_of


@admin.register(Revision)
class RevisionAdmin(ReadOnly, admin.ModelAdmin[Revision]):
    """Every public version of every article."""

    list_display = ("article", "number", "kind", "editor", "approved_by", "published_at")
    list_display_links = ("article", "number")
    list_filter = ("kind",)
    list_select_related = ("article", "editor", "approved_by")
    search_fields = ("^article__slug",)
    ordering = ("-published_at", "-pk")
    show_full_result_count = False
    fields = (
        *("article", "number", "kind", "headline", "note", "editor", "approved_by", "based_on", "published_at"),
        *("digest", "page"),
    )
    readonly_fields = ("headline", "page")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        return super().get_queryset(request).select_related("article", "editor", "approved_by", "based_on__article")

    @admin.display(description=_("headline"))
    def headline(self, revision: Revision) -> str:
        content = content_of(revision)
        return content.headline if content else ""

    @admin.display(description=_("public page"))
    def page(self, revision: Revision) -> str:
        return format_html('<a href="{0}">{0}</a>', revision.get_absolute_url())

    class Media:
        css = LOOKS


@admin.register(Act)
class ActAdmin(ReadOnly, admin.ModelAdmin[Act]):
    """Who did what to what, in the order in which it happened."""

    list_display = ("sequence", "at", "actor_name", "verb", "subject")
    list_filter = ("at",)
    search_fields = ("^subject", "=actor_name")
    ordering = ("-sequence",)
    show_full_result_count = False
    fields = ("sequence", "at", "actor_name", "actor_id", "verb", "subject", "in_hand", "previous_hash", "hash")
    readonly_fields = ("in_hand",)

    @admin.display(description=_("with what in hand"))
    def in_hand(self, act: Act) -> str:
        payload: Any = json.loads(act.payload)
        return format_html("<pre>{}</pre>", json.dumps(payload, indent=2, sort_keys=True, ensure_ascii=False))

    class Media:
        css = LOOKS
