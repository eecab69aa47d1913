"""How the API answers methods: HEAD as GET, OPTIONS with what is possible, and validators on all that is read."""

import hashlib
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from newsroom.api.errors import WHOLE, Problem, problem_response
from newsroom.http.negotiation import has_page
from newsroom.record.page_cache import MARK

View = Callable[..., HttpResponseBase]


def answering_methods(view: View) -> View:
    """The view, which answers every method in the API's own way."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        asked = request.method
        if asked == "HEAD":
            request.method = "GET"  # the server leaves the body away
        response = view(request, *args, **kwargs)
        request.method = asked
        if response.status_code == 405:
            return _refusal(asked or "", response["Allow"])
        is_read = asked in ("GET", "HEAD") and response.status_code == 200
        # What is kept as a page is given its validators there.
        if is_read and isinstance(response, HttpResponse) and not hasattr(response, MARK):
            return _validated(request, response)
        return response

    return answer


def _refusal(asked: str, allowed: str) -> HttpResponse:
    names = [name.strip() for name in allowed.split(",") if name.strip() != "HEAD"]
    names = [name for each in names for name in ((each, "HEAD") if each == "GET" else (each,))]
    allow = {"Allow": ", ".join([*names, "OPTIONS"])}
    if asked == "OPTIONS":
        return HttpResponse(status=204, headers=allow)
    sentence = _("%(method)s is not possible here; possible is %(allowed)s.")
    told = sentence % {"method": asked, "allowed": allow["Allow"]}
    return problem_response(Problem(405, {WHOLE: [told]}, headers=allow))


def _validated(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """A strong tag over the very bytes. It spares the way, not the work: the answer is made for one reader or changes
    without a word in the record.
    """
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    response.headers.setdefault("Cache-Control", "no-cache")
    if not has_page(etag, None, none_match=request.headers.get("If-None-Match", ""), modified_since=""):
        return response
    bare = HttpResponse(status=304, headers={"ETag": etag, "Cache-Control": response["Cache-Control"]})
    del bare["Content-Type"]
    return bare
