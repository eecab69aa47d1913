"""Log-in lockout by account and network (django-axes) and by network alone, without IP addresses or user agents."""

import hashlib
import hmac
import ipaddress
from http import HTTPStatus

from axes.middleware import AxesMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from newsroom.accounts.login_limits import correct_times_ahead, is_network_closed, note_log_in
from newsroom.http.client_address import client_address, network_of
from newsroom.http.rsgi_bridge import HOLD_SECONDS
from newsroom.models import Editor

PURPOSE = b"corrigenda lockout v1"
HELD = 1.0  # seconds


def masked_address(request: HttpRequest) -> str:
    """Keyed hash of the client's network as a private IPv6 address, where axes wants an IP address."""
    key = hmac.new(settings.SECRET_KEY.encode(), PURPOSE, hashlib.sha256).digest()
    digest = hmac.new(key, network_of(client_address(request)).encode(), hashlib.sha256).digest()
    return str(ipaddress.IPv6Address(b"\xfd" + digest[:15]))


class DeskLockout(AxesMiddleware):  # type: ignore[misc]  # the package has no types
    """Lockout of accounts and networks; the user agent is hidden from axes."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(settings.DESK_LOGIN_PATH):
            return super().__call__(request)  # type: ignore[no-any-return]
        request.META["HTTP_USER_AGENT"] = ""
        if request.method == "POST":
            correct_times_ahead()
        if request.method == "POST" and is_network_closed(
            masked_address(request), username=request.POST.get("username", "")
        ):
            return _closed(request)
        response: HttpResponseBase = super().__call__(request)
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            _ask_to_wait(request, response)
        elif response.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
            request.META[HOLD_SECONDS] = HELD
        if request.method == "POST" and response.status_code == HTTPStatus.FOUND and isinstance(request.user, Editor):
            note_log_in(request.user, network=masked_address(request))
        return response


def _closed(request: HttpRequest) -> HttpResponse:
    template = settings.AXES_LOCKOUT_TEMPLATE
    response = render(request, template, {"network": True}, status=HTTPStatus.TOO_MANY_REQUESTS)
    response["Cache-Control"] = "no-store"
    _ask_to_wait(request, response)
    return response


def _ask_to_wait(request: HttpRequest, response: HttpResponseBase) -> None:
    response["Retry-After"] = str(int(settings.AXES_COOLOFF_TIME.total_seconds()))
    request.META[HOLD_SECONDS] = HELD  # who goes on all the same is slowed down, at no cost for others
