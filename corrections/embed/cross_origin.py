"""Cross-origin answers (CORS): to the origins of active Sources, at the few addresses that the widget needs."""

import re
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from newsroom.sources.origins import is_any_origin

READ = ("GET", "HEAD")
# Path and methods; each of these answers says no-store or varies by origin, so that none is kept for another origin.
ADDRESSES = (
    (re.compile(r"/api/embed/article"), READ),
    (re.compile(r"/api/suggestions/stamp"), READ),
    (re.compile(r"/api/articles/[-\w]+/passage"), READ),
    (re.compile(r"/api/suggestions"), ("POST",)),
    (re.compile(r"/api/suggestions/[^/]+"), READ),
    (re.compile(r"/api/suggestions/[^/]+/withdraw"), ("POST",)),
)
PREFLIGHT_SECONDS = 2 * 60 * 60  # the most that Chromium keeps
PREFLIGHT = {
    "Access-Control-Allow-Headers": "Content-Type, Idempotency-Key",
    "Access-Control-Max-Age": str(PREFLIGHT_SECONDS),
}


def cross_origin_middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Around all that may refuse, so that the widget can read why. Without credentials: no cookie is ever sent."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        methods = methods_at(request.path_info)
        if not methods:
            return get_response(request)
        asked = request.headers.get("Access-Control-Request-Method", "") if request.method == "OPTIONS" else ""
        is_shared = (asked or request.method) in methods
        allowed = is_shared and _is_allowed(request.headers.get("Origin", ""))
        response = HttpResponse(status=204) if asked and allowed else get_response(request)
        patch_vary_headers(response, ["Origin"])
        if allowed:
            response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
            response.headers["Access-Control-Expose-Headers"] = "Retry-After"
        if asked and allowed:
            for name, value in (*PREFLIGHT.items(), ("Access-Control-Allow-Methods", ", ".join(methods))):
                response.headers[name] = value
        return response

    return answer


def methods_at(path: str) -> tuple[str, ...]:
    """The methods that other origins may use at an address; none for all but the widget's."""
    return next((methods for pattern, methods in ADDRESSES if pattern.fullmatch(path)), ())


def _is_allowed(origin: str) -> bool:
    if origin in ("", "null", settings.SITE_URL):
        return False
    try:
        return is_any_origin(origin)
    except DatabaseError:
        return False
