"""Whose network address a request comes from, behind the proxies that the site trusts and no others."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The nearest address that is no trusted proxy; empty where the server tells none.

    Only what a trusted proxy appended to X-Forwarded-For is believed: the rest is the sender's own word.
    """
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    address = str(request.META.get("REMOTE_ADDR", ""))
    while hops and _is_trusted(address):
        address = hops.pop()
    return address


def network_of(address: str) -> str:
    """What one subscriber has of the network: an IPv4 address, or the /64 that IPv6 gives to a single household."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv6Address):
        if known.ipv4_mapped:
            return str(known.ipv4_mapped)
        return str(ipaddress.ip_network((known, 64), strict=False))
    return str(known)


def _is_trusted(address: str) -> bool:
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return False
    return any(known in network for network in settings.TRUSTED_PROXIES)


def is_local(request: HttpRequest) -> bool:
    """Whether it comes from this very machine, and no proxy brought it from elsewhere.

    A proxy on this machine that nobody told us to trust says so by its headers: what it brings is not local.
    """
    try:
        local = ipaddress.ip_address(client_address(request)).is_loopback
    except ValueError:
        return False
    return local and (_is_trusted(str(request.META.get("REMOTE_ADDR", ""))) or not _is_forwarded(request))


def _is_forwarded(request: HttpRequest) -> bool:
    return any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"))
