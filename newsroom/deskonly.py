"""Sessions, tokens and log-ins for the desk alone: to a reader's page no cookie exists, whatever the browser sends."""

from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.deprecation import MiddlewareMixin

DESK = "/admin/"


class _DeskOnly(MiddlewareMixin):
    """Leaves out one of Django's own for every address but the desk's."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(DESK):
            return super().__call__(request)  # type: ignore[return-value]  # nothing here is asynchronous
        return self.get_response(request)  # type: ignore[return-value]


class DeskSession(_DeskOnly, SessionMiddleware):
    pass


class DeskCsrf(_DeskOnly, CsrfViewMiddleware):
    def process_view(self, request: HttpRequest, *args: object) -> HttpResponseBase | None:  # type: ignore[override]
        if request.path_info.startswith(DESK):
            return super().process_view(request, *args)  # type: ignore[arg-type]
        return None


class DeskLogin(_DeskOnly, AuthenticationMiddleware):
    pass


class DeskMessages(_DeskOnly, MessageMiddleware):
    pass
