"""A web server that really listens and answers, byte for byte, what a test gives it."""

import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import cycle

END = b"\r\n\r\n"


@dataclass
class PageServer:
    """`pages`: path to the whole response; `endless`: path to its beginning and what is then sent again and again."""

    port: int = 0
    pages: dict[str, bytes] = field(default_factory=dict)
    endless: dict[str, tuple[bytes, bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    let_go: threading.Event = field(default_factory=threading.Event)
    pause: float = 0.0  # seconds between the pieces of what is endless

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def response(status: str = "200 OK", *headers: str, body: bytes = b"", length: int | None = None) -> bytes:
    """A response with Content-Length, which may lie."""
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body) if length is None else length}"]
    return "\r\n".join(lines).encode() + END + body


def redirect(to: str, status: str = "302 Found") -> bytes:
    return response(status, f"Location: {to}")


@contextmanager
def serving(**pages: bytes) -> Iterator[PageServer]:
    """Each name is a path of one segment; more may be added to `pages` while it runs."""
    server = PageServer(pages={f"/{name}": page for name, page in pages.items()})
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server.port = listener.getsockname()[1]
        thread = threading.Thread(target=_accept, args=(listener, server))
        thread.start()
        try:
            yield server
        finally:
            server.let_go.set()
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)  # wakes the thread that accepts
            thread.join()


def _accept(listener: socket.socket, server: PageServer) -> None:
    answering = list[threading.Thread]()
    with suppress(OSError):
        while True:
            connection, _address = listener.accept()
            answering.append(threading.Thread(target=_answer, args=(connection, server)))
            answering[-1].start()
    for thread in answering:
        thread.join()


def _answer(connection: socket.socket, server: PageServer) -> None:
    with connection, suppress(OSError):
        path, headers = _read_request(connection)
        server.asked.append((path, headers))
        begin, again = server.endless.get(path, (b"", b""))
        connection.sendall(begin or server.pages.get(path) or response("404 Not Found"))
        for piece in cycle([again]) if again else ():
            if server.let_go.wait(server.pause):
                break
            connection.sendall(piece)


def _read_request(connection: socket.socket) -> tuple[str, dict[str, str]]:
    received = b""
    while END not in received:
        received += connection.recv(4096) or END
    line, *lines = received.split(END)[0].decode().split("\r\n")
    named = (each.split(": ", 1) for each in lines)
    return line.split(" ")[1], {name.lower(): value for name, value in _pairs(named)}


def _pairs(split: Iterator[list[str]]) -> Iterator[Sequence[str]]:
    return (pair for pair in split if len(pair) == 2)
