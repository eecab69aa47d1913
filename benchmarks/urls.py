"""The yardsticks: a view that answers the bytes of an article page, and one that does a single ORM INSERT."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

from benchmarks.models import Bare
from benchmarks.site import SLUG
from newsroom import urls
from newsroom.views.articles import article_detail
from newsroom.views.record import article_changes


@cache
def article_bytes() -> bytes:
    return article_detail(RequestFactory().get(f"/articles/{SLUG}/"), slug=SLUG).content


def bare_article(request: HttpRequest) -> HttpResponse:
    return HttpResponse(article_bytes())


def changes(request: HttpRequest, slug: str) -> HttpResponse:
    """The changelog, made anew for each request: without its mark it is not kept."""
    return HttpResponse(article_changes(request, slug=slug).content)


@csrf_exempt
def bare_insert(request: HttpRequest) -> HttpResponse:
    Bare.objects.create(text=request.body.decode())
    return HttpResponse(status=202)


handler400, handler404, handler500 = urls.handler400, urls.handler404, urls.handler500
urlpatterns = [
    path("bare/article/", bare_article),
    path("bare/changes/<slug:slug>/", changes),
    path("bare/insert/", bare_insert),
    path("", include("newsroom.urls")),
]
