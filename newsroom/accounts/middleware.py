"""Session, CSRF, auth and message middleware for /admin/ only. Public pages ignore cookies."""

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
# Without a second factor: log-in, log-out, choosing a password behind a mailed link, and setting the factor up.
EXEMPT_PATHS = ("/admin/login/", "/admin/logout/", "/admin/jsi18n/", "/admin/password/", "/admin/second-factor/")


class _DeskOnly(MiddlewareMixin):
    """Mixin: skip a middleware of Django outside /admin/."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path_info.startswith(DESK):
            return super().__call__(request)  # type: ignore[return-value]  # never asynchronous
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
    """Redirect editors whose group needs a second factor to its set-up.

    Others who have one enter it at log-in; sessions from before its set-up were ended.
    """

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(DESK):
            return self.get_response(request)  # type: ignore[no-any-return]
        self._install_lazy_accessors(request)
        return self._refusal(request) or self.get_response(request)

    def _refusal(self, request: HttpRequest) -> HttpResponseBase | None:
        editor = request.user
        if request.path_info.startswith(EXEMPT_PATHS) or not isinstance(editor, Editor) or editor.is_verified():  # type: ignore[attr-defined]
            return None
        if not needs_second_factor(editor):
            return None
        if not has_second_factor(editor):
            return redirect("desk_second_factor")
        logout(request)
        return redirect("admin:login")
