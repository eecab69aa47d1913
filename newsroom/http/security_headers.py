"""Security headers that Django and django-csp do not set: Trusted Types, Cross-Origin-Resource-Policy."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

TRUSTED_TYPES = {"require-trusted-types-for": ["'script'"]}
# Scripts of Django's admin and of the API browser assign strings to innerHTML: report only there.
REPORTED_ONLY = ("/admin/", "/api/docs")


class SecurityHeadersMiddleware:
    """Must come after CSPMiddleware, which writes the policy chosen here into the header."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response: Any = self._get_response(request)
        if request.path_info.startswith(REPORTED_ONLY):
            response._csp_config_ro = TRUSTED_TYPES
        else:
            response._csp_update = TRUSTED_TYPES
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response  # type: ignore[no-any-return]
