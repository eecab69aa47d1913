"""The widget's own addresses: its first script, its dialog in a language, its style sheets; open to every origin."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from corrections.embed import files
from corrections.embed.article import NoSnapshot, find_embedded
from corrections.embed.first_looks import ask_for_first_look
from newsroom.languages import activate_language
from newsroom.record.page_cache import cached_page
from newsroom.sources.origins import active_source

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


@never_cache
@require_safe
def plain_form(request: HttpRequest) -> HttpResponse:
    """Where a host's link leads without script: the form of the article in the page that it was followed from."""
    source = active_source(request.GET.get("site", ""))
    # The link may name its page; else the browser does, where the link asks it to.
    url, external_id = request.GET.get("url") or request.headers.get("Referer", ""), request.GET.get("id", "")
    if source is None or "\0" in url or "\0" in external_id:
        raise Http404
    activate_language(source.language)
    try:
        found = find_embedded(source, url=url, external_id=external_id)
    except NoSnapshot:
        is_coming = bool(url) and ask_for_first_look(source, url, external_id=external_id)
        context = {"source": source, "url": request.GET.get("url", ""), "id": external_id, "is_coming": is_coming}
        return render(request, "corrections/embed/suggest.html", context, status=404)
    return HttpResponseRedirect(reverse("suggest", args=[found.slug]))
