"""Client IP address from X-Forwarded-For, believing only trusted proxies."""

import ipaddress
import re

from django.conf import settings
from django.http import HttpRequest

PORT = re.compile("^([0-9.]+):[0-9]+$")


def client_address(request: HttpRequest) -> str:
    """The nearest address that is not a trusted proxy; empty if the server gives none.

    Only entries that a trusted proxy appended to X-Forwarded-For count; clients can forge the rest.
    """
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    address = _plain(str(request.META.get("REMOTE_ADDR", "")))
    while hops and _is_trusted(address):
        address = _plain(hops.pop())
    return address


def network_of(address: str) -> str:
    """The network of one subscriber: an IPv4 address, or a /64, the size that IPv6 households get."""
    try:
        known = ipaddress.ip_address(_plain(address))
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((known, 64), strict=False))
    return str(known)


def _plain(hop: str) -> str:
    """Without the port that some proxies add; an IPv4 address also where a socket of both versions took it."""
    host = hop[1:].partition("]")[0] if hop.startswith("[") else PORT.sub(r"\1", hop)
    try:
        known = ipaddress.ip_address(host)
    except ValueError:
        return hop
    return str(getattr(known, "ipv4_mapped", None) or known)


def _is_trusted(address: str) -> bool:
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(known in network for network in settings.TRUSTED_PROXIES)


def is_local(request: HttpRequest) -> bool:
    """Whether the request comes from this machine, not through a proxy.

    Forwarding headers reveal an untrusted proxy on this machine: its requests are not local.
    """
    try:
        local = ipaddress.ip_address(client_address(request)).is_loopback
    except ValueError:
        return False
    return local and (_is_trusted(_plain(str(request.META.get("REMOTE_ADDR", "")))) or not _is_forwarded(request))


def _is_forwarded(request: HttpRequest) -> bool:
    return any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"))
