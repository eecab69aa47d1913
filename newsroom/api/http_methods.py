"""HTTP methods of the API: HEAD as GET, OPTIONS with Allow, JSON for 405, ETag and 304 for GET."""

import hashlib
from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from newsroom.api.errors import NON_FIELD, Problem, problem_response
from newsroom.http.negotiation import is_not_modified
from newsroom.record.page_cache import CACHE_ATTRIBUTE

View = Callable[..., HttpResponseBase]


def handle_methods(view: View) -> View:
    """Decorate an API view with the handling of methods and ETags."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        asked = request.method
        if asked == "HEAD":
            request.method = "GET"  # the server drops the body
        response = view(request, *args, **kwargs)
        request.method = asked
        if response.status_code == 405:
            return _method_not_allowed(asked or "", response["Allow"])
        is_read = asked in ("GET", "HEAD") and response.status_code == 200
        # Cached pages have their ETag already.
        if is_read and isinstance(response, HttpResponse) and not hasattr(response, CACHE_ATTRIBUTE):
            return _with_etag(request, response)
        return response

    return answer


def _method_not_allowed(asked: str, allowed: str) -> HttpResponse:
    names = [name.strip() for name in allowed.split(",") if name.strip() != "HEAD"]
    names = [name for each in names for name in ((each, "HEAD") if each == "GET" else (each,))]
    allow = {"Allow": ", ".join([*names, "OPTIONS"])}
    if asked == "OPTIONS":
        return HttpResponse(status=204, headers=allow)
    sentence = _("%(method)s is not allowed here. Use %(allowed)s.")
    told = sentence % {"method": asked, "allowed": allow["Allow"]}
    return problem_response(Problem(405, {NON_FIELD: [told]}, headers=allow))


def _with_etag(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Add a strong ETag of the response's bytes. It saves transfer, not work: these responses are not cached."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response["ETag"] = etag
    response.headers.setdefault("Cache-Control", "no-cache")
    if not is_not_modified(etag, None, none_match=request.headers.get("If-None-Match", ""), modified_since=""):
        return response
    bare = HttpResponse(status=304, headers={"ETag": etag, "Cache-Control": response["Cache-Control"]})
    del bare["Content-Type"]
    return bare
