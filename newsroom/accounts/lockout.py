"""Log-in lockout (django-axes) by account and network, storing neither IP address nor user agent."""

import hashlib
import hmac
import ipaddress
from http import HTTPStatus

from axes.middleware import AxesMiddleware
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from newsroom.http.client_address import client_address, network_of

PURPOSE = b"corrigenda lockout v1"


def masked_address(request: HttpRequest) -> str:
    """Keyed hash of the client's network as a private IPv6 address, where axes wants an IP address."""
    key = hmac.new(settings.SECRET_KEY.encode(), PURPOSE, hashlib.sha256).digest()
    digest = hmac.new(key, network_of(client_address(request)).encode(), hashlib.sha256).digest()
    return str(ipaddress.IPv6Address(b"\xfd" + digest[:15]))


class DeskLockout(AxesMiddleware):  # type: ignore[misc]  # the package has no types
    """Lockout responses; the user agent is hidden from axes."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        is_log_in = request.path_info.startswith(settings.DESK_LOGIN_PATH)
        if is_log_in:
            request.META["HTTP_USER_AGENT"] = ""
        response: HttpResponseBase = super().__call__(request)
        if is_log_in and response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            response["Retry-After"] = str(int(settings.AXES_COOLOFF_TIME.total_seconds()))
        return response
