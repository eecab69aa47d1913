"""A small load generator: keep-alive connections over plain sockets, in a process of its own so as to share no lock."""

import hashlib
import json
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Self

PROJECT = Path(__file__).resolve().parent.parent
NUMBER = "{n}"  # in a body: the request's own number, so that no two bodies are alike
FORWARDED = "X-Forwarded-For"  # of such requests: an address of its own each, for a site takes five a minute from one


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it goes over the wire, less Host and Content-Length."""

    path: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    body: str = ""

    def encode(self, host: str, number: str) -> bytes:
        body = self.body.replace(NUMBER, number).encode()
        headers = {"Host": host, **self.headers}
        if NUMBER in self.body:
            headers[FORWARDED] = address_of(number)
        if body or self.method != "GET":
            headers["Content-Length"] = str(len(body))
        lines = [f"{self.method} {self.path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
        return "\r\n".join([*lines, "", ""]).encode() + body


def address_of(number: str) -> str:
    """A network of its own for each number."""
    digest = hashlib.sha256(number.encode()).hexdigest()
    return f"fd00:{digest[:4]}:{digest[4:8]}:{digest[8:12]}::1"


@dataclass(frozen=True, slots=True)
class Load:
    """What came back: answers by status, seconds taken, and the wait for an answer in milliseconds."""

    statuses: dict[str, int]
    seconds: float
    median_ms: float
    p95_ms: float
    p99_ms: float

    @property
    def per_second(self) -> float:
        return sum(self.statuses.values()) / self.seconds

    def expect(self, status: int) -> Self:
        """Itself, if every answer had that status; a benchmark of errors measures nothing. Raises UnexpectedAnswer."""
        if set(self.statuses) != {str(status)}:
            raise UnexpectedAnswer(f"{status} was expected of all, but there came {self.statuses}")
        return self


class UnexpectedAnswer(Exception):
    """The server answered with another status, or not in HTTP."""


@dataclass(frozen=True, slots=True)
class Order:
    """What the other process is asked to do."""

    requests: Sequence[Request]
    host: str
    port: int
    name: str
    connections: int
    seconds: float

    @classmethod
    def from_json(cls, text: str) -> Self:
        fields = json.loads(text)
        return cls(**{**fields, "requests": [Request(**request) for request in fields["requests"]]})


def measure(
    requests: Sequence[Request], *, host: str, port: int, connections: int = 4, seconds: float = 3, name: str = ""
) -> Load:
    """Send the requests round and round over `connections` until the time is up; `name` is the Host header.

    Raises UnexpectedAnswer when the server does not speak HTTP or cannot be reached.
    """
    order = Order(requests, host, port, name or f"{host}:{port}", connections, seconds)
    argv, text = [sys.executable, "-m", "benchmarks.load"], json.dumps(asdict(order))
    done = subprocess.run(
        argv, input=text, cwd=PROJECT, capture_output=True, text=True, timeout=seconds + 60, check=False
    )
    if done.returncode != 0:
        raise UnexpectedAnswer(done.stderr.strip().splitlines()[-1])
    return Load(**json.loads(done.stdout))


class Connection:
    """One keep-alive connection that sends and waits in turn."""

    def __init__(self, host: str, port: int) -> None:
        self._socket = socket.create_connection((host, port), timeout=30)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._unread = b""

    def exchange(self, message: bytes) -> str:
        """Send, read the whole answer, return its status."""
        self._socket.sendall(message)
        while (end := self._unread.find(b"\r\n\r\n")) < 0:
            self._receive()
        head, self._unread = self._unread[:end].lower(), self._unread[end + 4 :]
        status = head[9:12].decode()
        if b"\r\ntransfer-encoding: chunked" in head:
            self._skip_chunks()
        elif status not in ("204", "304"):
            self._skip(content_length(head))
        return status

    def close(self) -> None:
        self._socket.close()

    def _receive(self) -> None:
        piece = self._socket.recv(262_144)
        if not piece:
            raise UnexpectedAnswer("the server closed the connection")
        self._unread += piece

    def _skip(self, length: int) -> None:
        while len(self._unread) < length:
            self._receive()
        self._unread = self._unread[length:]

    def _skip_chunks(self) -> None:
        length = -1
        while length != 0:
            while (end := self._unread.find(b"\r\n")) < 0:
                self._receive()
            length = int(self._unread[:end].split(b";")[0], 16)
            self._skip(end + 2 + length + 2)


def content_length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return int(line[15:])
    raise UnexpectedAnswer("an answer without a length")


class Client(threading.Thread):
    """One connection's work; what it saw stands in `waits` and `statuses` once it has ended."""

    def __init__(self, order: Order, *, until: float) -> None:
        super().__init__()
        self.waits: list[float] = []
        self.statuses: Counter[str] = Counter()
        self.error: Exception | None = None
        self._order = order
        self._until = until

    def run(self) -> None:
        try:
            with closing(Connection(self._order.host, self._order.port)) as connection:
                self._work(connection)
        except (OSError, UnexpectedAnswer, ValueError) as error:
            self.error = error

    def _work(self, connection: Connection) -> None:
        for message in self._messages():
            started = time.perf_counter()
            if started >= self._until:
                break
            self.statuses[connection.exchange(message)] += 1
            self.waits.append(time.perf_counter() - started)

    def _messages(self) -> Iterator[bytes]:
        # Most requests are the same each time; to encode them again would be the client's time, not the server's.
        fixed = [request.encode(self._order.name, NUMBER) for request in self._order.requests]
        for number, (request, message) in enumerate(cycle(zip(self._order.requests, fixed, strict=True))):
            yield request.encode(self._order.name, f"{self.ident}-{number}") if NUMBER in request.body else message


def run(order: Order) -> Load:
    started = time.perf_counter()
    clients = [Client(order, until=started + order.seconds) for _ in range(order.connections)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    took = time.perf_counter() - started
    if error := next((client.error for client in clients if client.error), None):
        raise error
    waits = sorted(wait * 1000 for client in clients for wait in client.waits)
    statuses = sum((client.statuses for client in clients), Counter[str]())
    p95, p99 = (waits[int(len(waits) * share)] for share in (0.95, 0.99))
    return Load(dict(statuses), took, statistics.median(waits), p95, p99)


if __name__ == "__main__":
    json.dump(asdict(run(Order.from_json(sys.stdin.read()))), sys.stdout)
