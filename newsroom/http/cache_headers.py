"""Cache-Control on every answer: what says nothing of itself is kept by nobody."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

NOT_KEPT = "no-store"


def cache_control_middleware(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Outermost. Without the header caches choose for themselves: Varnish keeps pages and 404s for two minutes."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = NOT_KEPT
        return response

    return answer
