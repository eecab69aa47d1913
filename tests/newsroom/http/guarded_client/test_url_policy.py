"""Where webhooks are sent: public addresses over TLS, the very one that was checked, and no further."""

import socket
from ipaddress import ip_address
from typing import Any

import pytest

from newsroom.http.guarded_client import Allowlist, UrlProblem, UrlRefused, check_url, parse_allowlist, post
from newsroom.http.guarded_client.url_policy import is_public, parse_url
from tests.support.name_server import names

NOBODY = Allowlist()
LOCAL = parse_allowlist(["127.0.0.1"])


def send(url: str, *, allowed: Allowlist = LOCAL, seconds: float = 5.0) -> Any:
    return post(url, body=b"{}", headers={"webhook-id": "msg_1"}, allowed=allowed, seconds=seconds)


@pytest.mark.parametrize(
    "address",
    [
        *("0.0.0.0", "10.1.2.3", "100.64.0.1", "100.100.100.200", "127.0.0.1", "127.255.255.254", "169.254.169.254"),
        *("172.16.0.1", "172.31.255.255", "192.0.0.8", "192.168.1.1", "198.18.0.1", "203.0.113.9", "224.0.0.1"),
        *("240.0.0.1", "255.255.255.255", "168.63.129.16"),
        *("::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "::127.0.0.1", "64:ff9b::7f00:1", "fe80::1", "fc00::1"),
        *("fd00:ec2::254", "ff02::1", "2001:db8::1", "2002:7f00:1::", "2001::1", "3fff::1", "fec0::1"),
    ],
)
def test_nothing_is_sent_to_an_address_that_is_not_public(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    names(monkeypatch, address)

    with pytest.raises(UrlRefused) as refused:
        send("https://receiver.example/hook", allowed=NOBODY)

    assert (refused.value.problem, refused.value.detail) == (UrlProblem.PRIVATE_ADDRESS, str(ip_address(address)))


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "172.32.0.1", "100.128.0.1", "2606:4700::1111"])
def test_public_addresses_are_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    ("url", "wrong"),
    [
        ("ftp://receiver.example/", UrlProblem.SCHEME),
        ("file:///etc/passwd", UrlProblem.SCHEME),
        ("gopher://receiver.example/", UrlProblem.SCHEME),
        ("http://receiver.example/", UrlProblem.SCHEME),
        ("//receiver.example/", UrlProblem.SCHEME),
        ("https://receiver.example:22/", UrlProblem.PORT),
        ("https://receiver.example:0/", UrlProblem.PORT),
        ("https://receiver.example:8443/", UrlProblem.PORT),
        ("https://receiver.example:99999/", UrlProblem.UNREADABLE),
        ("https://user:secret@receiver.example/", UrlProblem.USER),
        ("https://receiver.example@127.0.0.1/", UrlProblem.USER),
        ("https://receiver.example/#part", UrlProblem.FRAGMENT),
        ("https:///hook", UrlProblem.UNREADABLE),
        ("https://receiver.example\\@127.0.0.1/", UrlProblem.UNREADABLE),
        ("https://receiver.example/a b", UrlProblem.UNREADABLE),
        ("https://receiver.example/\r\nHost: other", UrlProblem.UNREADABLE),
        ("https://[fe80::1%25eth0]/", UrlProblem.UNREADABLE),
        ("https://[::1/", UrlProblem.UNREADABLE),
        ("https://" + "a" * 64 + ".example/", UrlProblem.UNREADABLE),
        ("https://receiver.example/" + "a" * 1000, UrlProblem.UNREADABLE),
    ],
)
def test_an_odd_address_is_refused_before_any_name_is_looked_up(
    url: str, wrong: UrlProblem, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = names(monkeypatch)

    with pytest.raises(UrlRefused) as refused:
        check_url(url, allowed=NOBODY)

    assert (refused.value.problem, asked) == (wrong, [])


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::1]", "localhost", "0"]
)
def test_loopback_is_found_out_however_it_is_written(host: str) -> None:
    with pytest.raises(UrlRefused) as refused:
        check_url(f"https://{host}/", allowed=NOBODY)

    assert refused.value.problem in (UrlProblem.PRIVATE_ADDRESS, UrlProblem.UNKNOWN_HOST)


def test_one_inner_address_among_public_ones_is_enough_to_refuse_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, 443)) for each in ("93.184.215.14", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **more: both)

    with pytest.raises(UrlRefused):
        check_url("https://receiver.example/", allowed=NOBODY)


@pytest.mark.parametrize(
    ("listing", "address", "is_sent"),
    [
        ("mattermost.inner", "10.0.0.7", True),
        ("mattermost.inner", "fd00::7", True),
        ("mattermost.inner", "169.254.169.254", False),
        ("mattermost.inner", "0.0.0.0", False),
        ("10.0.0.0/8", "10.0.0.7", True),
        ("10.0.0.0/8", "192.168.0.7", False),
        ("fd00::/8", "fd00::7", True),
        ("other.inner", "10.0.0.7", False),
    ],
)
def test_what_the_operator_lists_is_sent_to(
    listing: str, address: str, is_sent: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    names(monkeypatch, address)
    try:
        check_url("https://mattermost.inner/hooks/x", allowed=parse_allowlist([listing]))
        assert is_sent
    except UrlRefused:
        assert not is_sent


def test_a_listed_host_may_speak_plain_http_on_any_port() -> None:
    target = parse_url("http://Mattermost.inner:8065/hooks/ä?a=1", allowed=parse_allowlist(["mattermost.inner"]))

    assert (target.authority, target.path, target.is_tls) == ("mattermost.inner:8065", "/hooks/%C3%A4?a=1", False)
