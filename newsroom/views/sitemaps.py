"""Sitemap and robots.txt."""

from datetime import datetime
from typing import Any

from django.apps import apps
from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import EmptyPage
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from newsroom.http.links import absolute
from newsroom.models import Revision
from newsroom.record.page_cache import cached_page
from newsroom.record.queries import current_revisions

XML = "application/xml; charset=utf-8"
PAGES = ("front", "corrections", "policy", "privacy")
UNDATED = ("policy", "privacy")  # no lastmod: they change with the code, not with what is published
DISALLOWED_PATHS = ("/admin/", "/suggestions/", "/api/suggestions", "/articles/*/suggest/")


class ArticleSitemap(Sitemap[Revision]):
    """One URL per article. Revisions name it as canonical and are left out, as are articles of other sites."""

    limit = 10_000  # the protocol allows 50,000, but the file is made during the request

    def items(self) -> QuerySet[Revision]:
        return (
            current_revisions()
            .filter(article__placed=None)
            .order_by("article_id")
            .only("published_at", "article__slug")
        )

    def location(self, item: Revision) -> str:
        return item.article.get_absolute_url()

    def lastmod(self, item: Revision) -> datetime:
        return item.published_at

    def get_protocol(self, protocol: str | None = None) -> str:
        return settings.SITE_URL.partition("://")[0]

    def get_domain(self, site: Any = None) -> str:
        return settings.SITE_URL.partition("://")[2]


@cached_page()
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The whole sitemap, or a sitemap index when there are too many articles for one file."""
    articles = ArticleSitemap()
    if articles.paginator.num_pages == 1:
        return _render_urls(request, [*_pages(), *articles.get_urls()])
    parts = [
        {"location": absolute("sitemap-part", number), "last_mod": None} for number in articles.paginator.page_range
    ]
    return render(request, "sitemap_index.xml", {"sitemaps": parts}, content_type=XML)


@cached_page()
@require_safe
def sitemap_part(request: HttpRequest, number: int) -> HttpResponse:
    try:
        urls = ArticleSitemap().get_urls(page=number)
    except EmptyPage as error:
        raise Http404 from error
    return _render_urls(request, [*_pages(), *urls] if number == 1 else urls)


@cached_page()
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in DISALLOWED_PATHS)]
    lines += ["", f"Sitemap: {absolute('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def _render_urls(request: HttpRequest, urls: list[dict[str, Any]]) -> HttpResponse:
    return render(request, "sitemap.xml", {"urlset": urls}, content_type=XML)


def _pages() -> list[dict[str, Any]]:
    newest = current_revisions().order_by("-published_at").values_list("published_at", flat=True).first()
    return [
        {"location": f"{settings.SITE_URL}{reverse(name)}", "lastmod": None if name in UNDATED else newest}
        for name in PAGES
        if name != "privacy" or apps.is_installed("corrections")  # a page of the correction desk
    ]
