"""One HTTP request to a stranger's server: to the very address that was checked, once, briefly, and no further."""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum

from corrections.webhooks.url_policy import AddressRefused, Allowed, IPAddress, Target, Wrong, read_target, refuse_inner

SECONDS = 5.0  # for everything from connecting to the last byte of the answer that is read
MOST_READ = 4096  # bytes of an answer: enough for an error message
MOST_TRIED = 3  # addresses of one name


class Trouble(StrEnum):
    """Why there was no answer."""

    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    TLS = "tls"
    GARBAGE = "garbage"


class NoAnswer(Exception):
    """The receiver was not reached or did not answer in HTTP; `trouble` says why."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(trouble, detail)
        self.trouble, self.detail = trouble, detail


@dataclass(frozen=True, slots=True)
class Answer:
    """What the receiver said; `text` is the beginning of it, without control characters."""

    status: int
    text: str


def check_url(url: str, *, allowed: Allowed) -> None:
    """Raises AddressRefused for an address to which nothing would be sent."""
    resolve(read_target(url, allowed=allowed), allowed=allowed)


def post(url: str, *, body: bytes, headers: Mapping[str, str], allowed: Allowed, seconds: float = SECONDS) -> Answer:
    """Send `body` and read the beginning of the answer; a redirect is an answer like any other.

    The name is resolved once: the addresses that were checked are those that are connected to. A proxy that the
    environment names is not used, since it would resolve the name anew. Raises AddressRefused, NoAnswer.
    """
    target = read_target(url, allowed=allowed)
    with deadline(seconds) as clock:
        addresses = resolve(target, allowed=allowed)
        try:
            return _exchange(target, connect(target, addresses, clock), clock, body, headers)
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise NoAnswer(*_told(error, clock)) from error


def resolve(target: Target, *, allowed: Allowed) -> list[IPAddress]:
    """The addresses of the host, every one of them checked. Raises AddressRefused."""
    try:
        found = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
        # A zone, as in fe80::1%eth0, names a link of this very machine.
        addresses = [ipaddress.ip_address(str(entry[4][0])) for entry in found]
    except (OSError, UnicodeError, ValueError):
        raise AddressRefused(Wrong.UNKNOWN_HOST, target.host) from None
    refuse_inner(target, addresses, allowed=allowed)
    return list(dict.fromkeys(addresses))


class Clock:
    """Ends what hangs: a time limit for each read would let a receiver send one byte at a time for ever."""

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

    def left(self) -> float:
        """Seconds, never zero, which would mean not to wait at all."""
        return max(self._until - time.monotonic(), 0.01)

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self._until

    def _end(self) -> None:
        if self._socket:
            with suppress(OSError):
                # Not the TLS socket's own, which another thread may be reading from.
                socket.socket.shutdown(self._socket, socket.SHUT_RDWR)


@contextmanager
def deadline(seconds: float) -> Iterator[Clock]:
    clock = Clock(seconds)
    clock.start()
    try:
        yield clock
    finally:
        clock.stop()


def connect(target: Target, addresses: Sequence[IPAddress], clock: Clock) -> socket.socket:
    """A connection to the first of `addresses` that takes it; over TLS the certificate has to name the host."""
    for address in addresses[:MOST_TRIED]:
        try:
            plain = socket.create_connection((str(address), target.port), timeout=clock.left())
        except OSError as error:
            failed = error
            continue
        clock.watch(plain)
        if not target.is_tls:
            return plain
        context = ssl.create_default_context()
        wrapped = context.wrap_socket(plain, server_hostname=target.host, do_handshake_on_connect=False)
        clock.watch(wrapped)
        wrapped.do_handshake()
        return wrapped
    raise failed


def _exchange(
    target: Target, connected: socket.socket, clock: Clock, body: bytes, headers: Mapping[str, str]
) -> Answer:
    connection = http.client.HTTPConnection(target.host, target.port)
    connection.sock = connected  # so that it never resolves and connects by itself
    connection.auto_open = 0
    connection.request("POST", target.path, body, {"Host": target.authority, "Connection": "close", **headers})
    with connection.getresponse() as response:
        if clock.is_over:
            raise TimeoutError  # headers that were cut off read like whole ones
        text = b""
        with suppress(OSError, http.client.HTTPException):  # the status is the answer, however its text ends
            text = response.read(MOST_READ)
    told = text.decode(errors="replace")
    return Answer(response.status, "".join(each for each in told if each.isprintable() or each == "\n"))


def _told(error: Exception, clock: Clock) -> tuple[Trouble, str]:
    if clock.is_over or isinstance(error, TimeoutError):
        return Trouble.TIMEOUT, ""
    if isinstance(error, ssl.SSLError):
        return Trouble.TLS, getattr(error, "verify_message", "") or error.reason or ""
    if isinstance(error, OSError) and not isinstance(error, http.client.HTTPException):
        return Trouble.UNREACHABLE, error.strerror or ""
    return Trouble.GARBAGE, ""
