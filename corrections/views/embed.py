"""The widget's own addresses: its first script, its dialog in a language, its style sheets; open to every origin."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corrections.embed import files
from newsroom.languages import activate_language
from newsroom.record.page_cache import cached_page

# Minutes, so that hosts get a new version soon; what these name by its digest is cached for ever.
SHARED = {
    "Cache-Control": "public, max-age=300",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@cached_page()
@require_safe
def first_script(request: HttpRequest) -> HttpResponse:
    return HttpResponse(files.first_script(), content_type="text/javascript; charset=utf-8", headers=SHARED)


@cached_page()
@require_safe
def style_sheet(request: HttpRequest, name: str) -> HttpResponse:
    if name not in files.SHEETS:
        raise Http404
    return HttpResponse(files.style_sheet(name), content_type="text/css; charset=utf-8", headers=SHARED)


@cached_page()
@require_safe
def dialog(request: HttpRequest, language: str) -> HttpResponse:
    activate_language(language)
    response = render(request, "corrections/embed/dialog.html", {"site_url": settings.SITE_URL})
    for name, value in SHARED.items():
        response[name] = value
    return response
