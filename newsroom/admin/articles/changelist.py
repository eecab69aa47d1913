"""Admin of articles: changelist and history."""

from typing import Any

from django.contrib import admin
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from simple_history.admin import SimpleHistoryAdmin

from newsroom.admin.access import DESK_STYLES
from newsroom.admin.articles.autosave import autosave_view
from newsroom.admin.articles.editor import DraftPages
from newsroom.admin.articles.from_site import from_site_urls
from newsroom.admin.lookups import StrictLookups
from newsroom.models import Article


class DraftFilter(admin.SimpleListFilter):
    title = gettext_lazy("draft")
    parameter_name = "draft"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", _("Has a draft")), ("no", _("Has no draft"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        return queryset.filter(draft__isnull=self.value() == "no") if self.value() in ("yes", "no") else queryset


@admin.register(Article)
class ArticleAdmin(StrictLookups, DraftPages, SimpleHistoryAdmin):  # type: ignore[misc]  # the package carries no types
    """Add and change pages edit the draft; only publishing changes public words."""

    actions = None
    list_display = ("slug", "headline", "section", "language", "state", "published", "has_draft")
    list_filter = ("state", DraftFilter)
    search_fields = ("slug", "current__stored_text__headline", "draft__headline")
    ordering = ("-created_at", "-pk")
    show_full_result_count = False
    object_history_template = "newsroom/article/history.html"
    object_history_list_template = "newsroom/article/_history_list.html"

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        own = [
            *from_site_urls(wrap),
            path("<int:pk>/preview/", wrap(self.preview_view), name="newsroom_article_preview"),
            path("<int:pk>/note/", wrap(require_POST(self.note_view)), name="newsroom_article_note"),
            path("autosave/", wrap(require_POST(autosave_view)), name="newsroom_article_autosave_new"),
            path("<int:pk>/autosave/", wrap(require_POST(autosave_view)), name="newsroom_article_autosave"),
            path("<int:pk>/discard/", wrap(self.discard_view), name="newsroom_article_discard"),
        ]
        # Without the history's form pages: their POST would write an old row over the article.
        return [*own, *super(SimpleHistoryAdmin, self).get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        """Annotated for the list; without texts except the headline."""
        return Article.objects.annotate(
            shown_headline=Coalesce("current__stored_text__headline", "draft__headline"),
            last_published=F("current__published_at"),
            drafted_at=F("draft__edited_at"),
        )

    @admin.display(description=gettext_lazy("headline"), ordering="shown_headline")
    def headline(self, article: Any) -> str:
        return article.shown_headline or ""

    @admin.display(description=gettext_lazy("last published"), ordering="last_published")
    def published(self, article: Any) -> Any:
        return article.last_published

    @admin.display(description=gettext_lazy("draft"), boolean=True, ordering="drafted_at")
    def has_draft(self, article: Any) -> bool:
        return article.drafted_at is not None

    class Media:
        css = DESK_STYLES
