"""Whose address a request comes from, behind trusted proxies and no others."""

from ipaddress import ip_network
from typing import Any

import pytest
from django.test import RequestFactory

from newsroom.http.client_address import client_address, is_local, network_of


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("198.51.100.1", "", "198.51.100.1"),
        ("198.51.100.1", "192.0.2.9", "198.51.100.1"),  # no proxy of ours said so
        ("10.0.0.1", "192.0.2.9", "192.0.2.9"),
        ("10.0.0.1", "203.0.113.5, 192.0.2.9", "192.0.2.9"),  # what stands before is the sender's own word
        ("10.0.0.1", "192.0.2.9, 10.0.0.255", "192.0.2.9"),
        ("10.0.1.0", "192.0.2.9", "10.0.1.0"),  # one beyond the proxies' network
        ("10.0.0.1", " , ", "10.0.0.1"),
        ("10.0.0.1", "unknown", "unknown"),
        # A socket of both versions, and proxies that add the port.
        ("::ffff:10.0.0.1", "192.0.2.9", "192.0.2.9"),
        ("10.0.0.1", "192.0.2.9, ::ffff:10.0.0.2", "192.0.2.9"),
        ("10.0.0.1", "203.0.113.5, 192.0.2.9:51234", "192.0.2.9"),
        ("10.0.0.1", "192.0.2.9, 10.0.0.2:443", "192.0.2.9"),
        ("10.0.0.1", "[2001:db8::1]:443", "2001:db8::1"),
        ("10.0.0.1", "2001:DB8:0::1", "2001:db8::1"),
        ("", "192.0.2.9", ""),
    ],
)
def test_only_what_a_trusted_proxy_says_is_believed(peer: str, forwarded: str, address: str, settings: Any) -> None:
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/24")]
    request = RequestFactory().get("/", REMOTE_ADDR=peer, headers={"X-Forwarded-For": forwarded})

    assert client_address(request) == address


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.9", "192.0.2.9"),
        ("::ffff:192.0.2.9", "192.0.2.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::", "2001:db8:1:3::/64"),
        ("unknown", "unknown"),
        ("", ""),
    ],
)
def test_a_subscriber_has_one_network(address: str, network: str) -> None:
    assert network_of(address) == network


@pytest.mark.parametrize(
    ("peer", "headers", "local"),
    [
        ("127.0.0.1", {}, True),
        ("::1", {}, True),
        ("::ffff:127.0.0.1", {}, True),
        ("::ffff:127.0.0.1", {"X-Forwarded-For": "192.0.2.9"}, False),
        ("192.0.2.9", {}, False),
        ("127.0.0.1", {"X-Real-IP": "192.0.2.9"}, False),
        ("127.0.0.1", {"Via": "1.1 proxy"}, False),
        ("10.0.0.1", {"X-Forwarded-For": "127.0.0.1"}, True),
        ("", {}, False),
    ],
)
def test_what_a_proxy_brought_from_elsewhere_is_not_local(
    peer: str, headers: dict[str, str], local: bool, settings: Any
) -> None:
    settings.TRUSTED_PROXIES = [ip_network("10.0.0.0/24")]

    assert is_local(RequestFactory().get("/", REMOTE_ADDR=peer, headers=headers)) is local
