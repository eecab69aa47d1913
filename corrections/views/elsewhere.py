"""The plain form for a page of another system's site, which is all that a reader without script has."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from corrections.embed.article import NoSnapshot, current_of
from corrections.embed.first_looks import ask_for_first_look
from newsroom.languages import activate_language
from newsroom.sources.addresses import find_article
from newsroom.sources.origins import active_source


@never_cache
@require_safe
def suggest_elsewhere(request: HttpRequest) -> HttpResponse:
    """Leads on to the form of the page's article; asks for the address where the link says none."""
    source = active_source(request.GET.get("site", ""))
    if source is None:
        raise Http404
    activate_language(source.language)
    url = request.GET.get("url", "") or request.headers.get("Referer", "")
    if "\0" in url:
        raise Http404
    try:
        current = current_of(find_article(source, url=url))
    except NoSnapshot:
        is_coming = ask_for_first_look(source, url)
        context = {"source": source, "url": request.GET.get("url", ""), "is_coming": is_coming}
        return render(request, "corrections/embed/suggest.html", context, status=404)
    return redirect("suggest", current.article.slug)
