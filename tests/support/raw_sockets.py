"""HTTP over plain sockets, for requests that no client library would send."""

import re
import socket
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class RawAnswer:
    status: int
    head: str
    body: bytes

    def header(self, name: str) -> str | None:
        found = re.search(rf"^{name}: ([^\r]*)\r?$", self.head, re.IGNORECASE | re.MULTILINE)
        return found[1] if found else None


def open_socket(text: str, *, port: int = 0, timeout: float = 30, sender: str = "") -> socket.socket:
    """A connection to the site on which `text` was sent, from the address `sender` of this machine."""
    line = socket.create_connection((settings.HOST, port or settings.PORT), timeout, (sender, 0) if sender else None)
    line.sendall(text.encode("latin-1"))
    return line


def exchange(text: str, *, port: int = 0, sender: str = "") -> RawAnswer:
    with open_socket(text, port=port, sender=sender) as line:
        return read_answer(line)


def read_answer(line: socket.socket) -> RawAnswer:
    """The first answer; its body as far as Content-Length says, else until the connection ends."""
    data = b""
    while b"\r\n\r\n" not in data:
        piece = line.recv(65536)
        assert piece, f"the connection ended after {data!r}"
        data += piece
    head, _end, body = data.partition(b"\r\n\r\n")
    answer = RawAnswer(int(head[9:12]), head.decode("latin-1"), body)
    length = answer.header("Content-Length")
    while length is None or len(body) < int(length):
        piece = line.recv(65536)
        if not piece:
            break
        body += piece
    return RawAnswer(answer.status, answer.head, body)
