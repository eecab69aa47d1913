"""Read-only admin of revisions and acts."""

import json
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from newsroom.admin.access import DESK_STYLES, ReadOnly
from newsroom.admin.record.act_labels import ACT_LABELS
from newsroom.admin.record.reverts import RevertPage
from newsroom.models import Act, Revision
from newsroom.record.queries import content_of


@admin.register(Revision)
class RevisionAdmin(ReadOnly, RevertPage):
    """All revisions of all articles."""

    list_display = ("article", "number", "kind", "editor", "approved_by", "published_at")
    list_display_links = ("article", "number")
    list_filter = ("kind",)
    list_select_related = ("article", "editor", "approved_by")
    search_fields = ("^article__slug",)
    ordering = ("-published_at", "-pk")
    show_full_result_count = False
    fields = (
        *("article", "number", "kind", "headline", "note", "editor", "approved_by", "based_on", "published_at"),
        *("digest", "page", "what_else"),
    )
    readonly_fields = ("headline", "page", "what_else")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [path("<int:pk>/revert/", wrap(self.revert), name="newsroom_revision_revert"), *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Revision]:
        return super().get_queryset(request).select_related("article", "editor", "approved_by", "based_on__article")

    @admin.display(description=_("headline"))
    def headline(self, revision: Revision) -> str:
        content = content_of(revision)
        return content.headline if content else ""

    @admin.display(description=_("public page"))
    def page(self, revision: Revision) -> str:
        return format_html('<a href="{0}">{0}</a>', revision.get_absolute_url())

    @admin.display(description=_("what you can do"))
    def what_else(self, revision: Revision) -> str:
        """Links to withhold or revert; those pages check permissions and state."""
        if content_of(revision) is None:
            return str(_("The words were withheld."))
        links = [(reverse("admin:newsroom_withholding_ask", args=[revision.pk]), _("Withhold these words"))]
        if revision.pk != revision.article.current_id:
            links.append((reverse("admin:newsroom_revision_revert", args=[revision.pk]), _("Bring these words back")))
        return format_html_join(" · ", '<a href="{}">{}</a>', links)

    class Media:
        css = DESK_STYLES


@admin.register(Act)
class ActAdmin(ReadOnly, admin.ModelAdmin[Act]):
    """The audit record: who did what, in order."""

    list_display = ("sequence", "at", "actor_name", "deed", "subject")
    list_filter = ("at",)
    search_fields = ("^subject", "=actor_name")
    ordering = ("-sequence",)
    show_full_result_count = False
    fields = ("sequence", "at", "actor_name", "actor_id", "deed", "subject", "in_hand", "previous_hash", "hash")
    readonly_fields = ("in_hand", "deed")

    @admin.display(description=_("what was done"), ordering="verb")
    def deed(self, act: Act) -> str:
        return str(ACT_LABELS.get(act.verb, act.verb))

    @admin.display(description=_("details"))
    def in_hand(self, act: Act) -> str:
        payload: Any = json.loads(act.payload)
        return format_html("<pre>{}</pre>", json.dumps(payload, indent=2, sort_keys=True, ensure_ascii=False))

    class Media:
        css = DESK_STYLES
