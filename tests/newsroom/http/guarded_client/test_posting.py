"""Requests go to the address that was checked, take no more than they need and trust no stranger."""

import socket
import ssl
import threading
from pathlib import Path
from typing import Any

import pytest
import trustme

from newsroom.http.guarded_client import (
    Allowlist,
    FailureReason,
    RequestFailed,
    UrlProblem,
    UrlRefused,
    check_url,
    parse_allowlist,
    post,
)
from newsroom.http.guarded_client.posting import MAX_RESPONSE_BYTES
from tests.support.name_server import hanging_names, names
from tests.support.webhook_receiver import Receiver, receiving

LOCAL = parse_allowlist(["127.0.0.1"])


def send(url: str, *, allowed: Allowlist = LOCAL, seconds: float = 5.0) -> Any:
    return post(url, body=b"{}", headers={"webhook-id": "msg_1"}, allowed=allowed, seconds=seconds)


def test_the_connection_goes_to_the_address_that_was_checked(
    receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A name server that answers honestly once, and the second time with the address of an inner service.
    asked = names(monkeypatch, "127.0.0.1", "127.0.0.2")

    answer = send(f"http://receiver.test:{receiver.port}/hook", allowed=parse_allowlist(["receiver.test"]))

    assert (answer.status, asked) == (204, ["receiver.test"])
    assert receiver.got[0].headers["host"] == f"receiver.test:{receiver.port}"


def test_a_proxy_of_the_environment_is_not_asked(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")

    assert send(receiver.url).status == 204


def test_a_redirect_is_not_followed(receiver: Receiver) -> None:
    with receiving() as elsewhere:
        receiver.answers, receiver.headers = [307], {"Location": elsewhere.url}

        assert send(receiver.url).status == 307
        assert elsewhere.got == []


def test_little_of_a_long_answer_is_read(receiver: Receiver) -> None:
    receiver.answers, receiver.text = [500], b"\x00\x1b[31m" + b"a" * 1_000_000

    answer = send(receiver.url)

    assert answer.text == "[31m" + "a" * (MAX_RESPONSE_BYTES - 6)


@pytest.mark.parametrize("way", ["hangs", "drips"])
def test_a_receiver_that_never_ends_is_left_alone(way: str, receiver: Receiver) -> None:
    receiver.hangs, receiver.drip = way == "hangs", b"HTTP/1.1 200 OK\r\nx: y" if way == "drips" else b""

    with pytest.raises(RequestFailed) as failed:
        send(receiver.url, seconds=0.3)

    assert failed.value.reason is FailureReason.TIMEOUT


def test_the_look_up_of_a_name_counts_towards_the_time_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    with hanging_names(monkeypatch) as end:
        with pytest.raises(RequestFailed) as failed:
            send("https://receiver.example/hook", seconds=0.2)
        assert (failed.value.reason, end.is_set()) == (FailureReason.TIMEOUT, False)

        # Whoever enters such an address at the desk is not kept waiting either.
        with pytest.raises(UrlRefused) as refused:
            check_url("https://receiver.example/hook", allowed=LOCAL, seconds=0.2)
        assert (refused.value.problem, end.is_set()) == (UrlProblem.UNKNOWN_HOST, False)


def test_what_the_look_up_leaves_is_all_that_the_rest_has(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """A receiver that is found only when time is up is not spoken to."""
    real = socket.create_connection

    def slow(*args: Any, **more: Any) -> socket.socket:
        connected = real(*args, **more)
        over.wait()
        return connected

    over = threading.Event()
    monkeypatch.setattr(socket, "create_connection", slow)
    threading.Timer(0.3, over.set).start()
    with pytest.raises(RequestFailed) as failed:
        send(receiver.url, seconds=0.1)
    assert (failed.value.reason, receiver.got) == (FailureReason.TIMEOUT, [])


def test_nobody_there_is_told_from_somebody_who_speaks_something_else(receiver: Receiver) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with pytest.raises(RequestFailed) as failed:
        send(f"http://127.0.0.1:{port}/")
    assert failed.value.reason is FailureReason.UNREACHABLE

    with receiving(tls=server_context(trustme.CA(), "127.0.0.1")) as other, pytest.raises(RequestFailed) as failed:
        send(other.url)
    assert failed.value.reason in (FailureReason.INVALID_RESPONSE, FailureReason.UNREACHABLE)


def server_context(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


@pytest.mark.parametrize(
    ("certified", "trusted", "trouble"),
    [
        ("receiver.test", True, None),
        ("other.test", True, FailureReason.TLS),
        ("receiver.test", False, FailureReason.TLS),
    ],
)
def test_the_certificate_has_to_name_the_host(
    certified: str, trusted: bool, trouble: FailureReason | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority, stranger = trustme.CA(), trustme.CA()
    (authority if trusted else stranger).cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    names(monkeypatch, "127.0.0.1")
    context, indicated = server_context(authority, certified), list[str | None]()
    context.sni_callback = lambda _socket, name, _context: indicated.append(name)

    with receiving(tls=context) as receiver:
        url = f"https://receiver.test:{receiver.port}/hook"
        if trouble:
            with pytest.raises(RequestFailed) as failed:
                send(url, allowed=parse_allowlist(["receiver.test"]))
            assert (failed.value.reason, receiver.got) == (trouble, [])
        else:
            assert send(url, allowed=parse_allowlist(["receiver.test"])).status == 204
        assert indicated == ["receiver.test"]
