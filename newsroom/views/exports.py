"""Exports in standard formats: Memento TimeMap, Web Annotations, ninjs."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from newsroom.languages import activate_language
from newsroom.models import Article
from newsroom.record.page_cache import cached_page
from newsroom.record.queries import current_revisions
from newsroom.syndication.annotations import MEDIA_TYPE, NoSuchPage, annotation_collection, annotation_page
from newsroom.syndication.memento import LINK_FORMAT, timemap
from newsroom.syndication.ninjs import news_item

LONGEST_NUMBER = 6  # digits of a page number


@cached_page()
@require_safe
def article_timemap(request: HttpRequest, slug: str) -> HttpResponse:
    """Memento TimeMap (RFC 7089): every revision and its time."""
    return HttpResponse(timemap(slug), content_type=f"{LINK_FORMAT}; charset=utf-8")


@cached_page("page")
@require_safe
def article_annotations(request: HttpRequest, slug: str) -> HttpResponse:
    """The article's corrections as a W3C annotation collection, or one page of it."""
    article = get_object_or_404(Article.objects.published(), slug=slug)
    activate_language(article.language)
    number = request.GET.get("page")
    if number is None:
        return _json(annotation_collection(article), MEDIA_TYPE)
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        raise Http404
    try:
        return _json(annotation_page(article, int(number)), MEDIA_TYPE)
    except NoSuchPage as error:
        raise Http404 from error


@cached_page()
@require_safe
def article_ninjs(request: HttpRequest, slug: str) -> HttpResponse:
    """The current revision as an IPTC ninjs news item."""
    current = get_object_or_404(current_revisions().select_related("stored_text"), article__slug=slug)
    activate_language(current.article.language)
    return _json(news_item(current), "application/json")


def _json(data: dict[str, Any], media_type: str) -> HttpResponse:
    return JsonResponse(data, content_type=media_type, json_dumps_params={"ensure_ascii": False})
