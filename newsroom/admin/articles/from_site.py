"""From an article's page on the site to the page of the desk on which it is corrected, taken back or looked up."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from newsroom.admin.access import AdminView, editor_of
from newsroom.models import Article, Revision
from newsroom.publishing.policy import PERMISSION, RETRACTION
from newsroom.publishing.withholding import PERMISSION as WITHHOLDING


def from_site_urls(wrap: AdminView) -> list[URLPattern]:
    return [path("at/<str:slug>/<slug:tool>/", wrap(from_site), name="newsroom_from_site")]


def from_site(request: HttpRequest, slug: str, tool: str) -> HttpResponse:
    """The article is named by its public address, as its page knows no other."""
    if tool not in TOOLS:
        raise Http404
    permission, address_of = TOOLS[tool]
    editor_of(request, permission)
    article = get_object_or_404(Article.objects.select_related("current").exclude(current=None), slug=slug)
    address = address_of(article)
    if address:
        return redirect(address)
    messages.warning(request, _("No earlier version has words that could be brought back."))
    return redirect(_history(article))


def _correct(article: Article) -> str:
    return reverse("admin:newsroom_article_change", args=[article.pk])


def _retract(article: Article) -> str:
    return f"{_correct(article)}?kind=retraction#article_kind"


def _revert(article: Article) -> str:
    """To the version before; the page shows what would change."""
    earlier = Revision.objects.public().filter(article=article).exclude(pk=article.current_id or 0)
    last = earlier.filter(stored_text__isnull=False).order_by("-number").first()
    return reverse("admin:newsroom_revision_revert", args=[last.pk]) if last else ""


def _withhold(article: Article) -> str:
    return reverse("admin:newsroom_withholding_ask", args=[article.current_id])


def _history(article: Article) -> str:
    return f"{reverse('admin:newsroom_revision_changelist')}?{urlencode({'q': article.slug})}"


# By the names that templates/desk/_account.html keeps for the site: the permission and the page.
TOOLS: dict[str, tuple[str, Callable[[Article], str]]] = {
    "correct": (PERMISSION, _correct),
    "revert": (PERMISSION, _revert),
    "retract": (RETRACTION, _retract),
    "withhold": (WITHHOLDING, _withhold),
    "history": ("newsroom.view_revision", _history),
}
