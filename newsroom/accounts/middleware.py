"""Sessions, tokens and log-ins for the desk alone: to a reader's page no cookie exists, whatever the browser sends."""

from django.contrib.auth import logout
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect
from django.utils.deprecation import MiddlewareMixin
from django_otp.middleware import OTPMiddleware

from newsroom.accounts.two_factor import has_second_factor, needs_second_factor
from newsroom.models import Editor

DESK = "/admin/"
# Where a log-in begins, ends, and gets its second factor.
OPEN_TO_ALL = ("/admin/login/", "/admin/logout/", "/admin/jsi18n/", "/admin/second-factor/")


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


class DeskSecondFactor(OTPMiddleware):  # type: ignore[misc]  # the package has no types
    """Lets nobody work without a second factor whose group needs one.

    Who has set one up of their own will is asked for it at the log-in, and log-ins from before were ended then.
    """

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(DESK):
            return self.get_response(request)  # type: ignore[no-any-return]
        self._install_lazy_accessors(request)
        return self._refusal(request) or self.get_response(request)

    def _refusal(self, request: HttpRequest) -> HttpResponseBase | None:
        editor = request.user
        if request.path_info.startswith(OPEN_TO_ALL) or not isinstance(editor, Editor) or editor.is_verified():  # type: ignore[attr-defined]
            return None
        if not needs_second_factor(editor):
            return None
        if not has_second_factor(editor):
            return redirect("desk_second_factor")
        logout(request)
        return redirect("admin:login")
