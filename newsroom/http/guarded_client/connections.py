"""Connect to servers that nobody vouches for: to the IP address that was checked (SSRF), within a hard time limit."""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import closing, contextmanager, suppress
from enum import StrEnum
from typing import Any

from newsroom.http.guarded_client.url_policy import (
    Allowlist,
    IPAddress,
    Target,
    UrlProblem,
    UrlRefused,
    parse_url,
    refuse_private,
)

TIMEOUT = 5.0  # seconds to find a host
MAX_ADDRESSES = 3  # IP addresses tried per host


class FailureReason(StrEnum):
    """Why there was no response; stored with the attempt."""

    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    TLS = "tls"
    INVALID_RESPONSE = "garbage"
    TOO_LARGE = "too large"
    REDIRECT = "redirect"


class RequestFailed(Exception):
    """The server was not reached or did not answer in HTTP as it should; `reason` says why."""

    def __init__(self, reason: FailureReason, detail: str = "") -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


def check_url(url: str, *, allowed: Allowlist, seconds: float = TIMEOUT) -> None:
    """Raises UrlRefused for a URL to which nothing would be sent, or whose host is not found in time."""
    target = parse_url(url, allowed=allowed)
    with time_limit(seconds) as deadline:
        try:
            resolve(target, deadline, allowed=allowed)
        except TimeoutError:
            raise UrlRefused(UrlProblem.UNKNOWN_HOST, target.host) from None


def resolve(target: Target, deadline: "Deadline", *, allowed: Allowlist) -> list[IPAddress]:
    """The host's IP addresses, each checked against SSRF. Raises UrlRefused, TimeoutError."""
    try:
        found = _look_up(target, deadline)
        # May carry a zone id, as in fe80::1%eth0; such link-local addresses are refused below.
        addresses = [ipaddress.ip_address(str(entry[4][0])) for entry in found]
    except TimeoutError:
        raise
    except (OSError, UnicodeError, ValueError):
        raise UrlRefused(UrlProblem.UNKNOWN_HOST, target.host) from None
    refuse_private(target, addresses, allowed=allowed)
    return list(dict.fromkeys(addresses))


def _look_up(target: Target, deadline: "Deadline") -> Sequence[tuple[Any, ...]]:
    """The system's resolver has a patience of its own and cannot be stopped: its thread is left behind."""
    answer: Future[Sequence[tuple[Any, ...]]] = Future()

    def ask() -> None:
        try:
            answer.set_result(socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answer.set_exception(error)

    threading.Thread(target=ask, daemon=True).start()
    return answer.result(timeout=deadline.left())


class Deadline:
    """Limits the whole request: a timeout per read would let a server drip one byte at a time (Slowloris)."""

    def __init__(self, seconds: float) -> None:
        self._until = time.monotonic() + seconds
        self._socket: socket.socket | None = None
        self._timer = threading.Timer(seconds, self._end)
        self._timer.daemon = True

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.cancel()
        if self._socket:
            self._socket.close()

    def watch(self, watched: socket.socket) -> None:
        self._socket = watched
        if self.is_over:  # perhaps just before there was a socket to end
            raise TimeoutError

    def left(self) -> float:
        """Seconds left, never zero, which would make the socket non-blocking."""
        return max(self._until - time.monotonic(), 0.01)

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self._until

    def _end(self) -> None:
        if self._socket:
            with suppress(OSError):
                # Not SSLSocket.shutdown, since another thread may be reading from it.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


@contextmanager
def time_limit(seconds: float) -> Iterator[Deadline]:
    deadline = Deadline(seconds)
    deadline.start()
    try:
        yield deadline
    finally:
        deadline.stop()


def connect(target: Target, addresses: Sequence[IPAddress], deadline: Deadline) -> socket.socket:
    """A socket to the first reachable address; over TLS the certificate must match the host."""
    for address in addresses[:MAX_ADDRESSES]:
        try:
            plain = socket.create_connection((str(address), target.port), timeout=deadline.left())
        except OSError as error:
            failed = error
            continue
        deadline.watch(plain)
        if not target.is_tls:
            return plain
        context = ssl.create_default_context()
        wrapped = context.wrap_socket(plain, server_hostname=target.host, do_handshake_on_connect=False)
        deadline.watch(wrapped)
        wrapped.do_handshake()
        return wrapped
    raise failed


@contextmanager
def response_to(
    method: str,
    target: Target,
    addresses: Sequence[IPAddress],
    deadline: Deadline,
    *,
    headers: Mapping[str, str],
    body: bytes | None = None,
) -> Iterator[http.client.HTTPResponse]:
    """Status and headers; the body is still to be read. No redirect is followed, no proxy of the environment used."""
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.sock = connect(target, addresses, deadline)  # so that it never resolves the host again
    connection.auto_open = 0
    with closing(connection):
        connection.request(method, target.path, body, {"Host": target.authority, "Connection": "close", **headers})
        with connection.getresponse() as response:
            if deadline.is_over:
                raise TimeoutError  # truncated headers parse like complete ones
            yield response


@contextmanager
def failures_told(deadline: Deadline) -> Iterator[None]:
    """What goes wrong on the way, as RequestFailed."""
    try:
        yield
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise RequestFailed(*_failure_of(error, deadline)) from error


def _failure_of(error: Exception, deadline: Deadline) -> tuple[FailureReason, str]:
    if deadline.is_over or isinstance(error, TimeoutError):
        return FailureReason.TIMEOUT, ""
    if isinstance(error, ssl.SSLError):
        return FailureReason.TLS, getattr(error, "verify_message", "") or error.reason or ""
    if isinstance(error, OSError) and not isinstance(error, http.client.HTTPException):
        return FailureReason.UNREACHABLE, error.strerror or ""
    return FailureReason.INVALID_RESPONSE, ""
