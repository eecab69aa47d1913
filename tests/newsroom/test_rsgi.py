"""The web server that we ship, spoken to over raw sockets."""

import re
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from newsroom.demo.supervisor import Child
from newsroom.settings import WEB_THREADS
from tests.support.factories import make_article
from tests.support.processes import Processes
from tests.support.raw_sockets import exchange, open_socket, read_answer

MONITOR = "198.51.100.7"  # whom METRICS_ALLOW names
OTHER = "203.0.113.9"
LARGE = 8 * 1024 * 1024
SIZES = ("", "Content-Type: text/plain\r\n", "Content-Type: text/plain\r\nContent-Length: 0\r\n")


def metrics(*headers: str) -> int:
    lines = "".join(f"{header}\r\n" for header in headers)
    return exchange(f"GET /metrics HTTP/1.1\r\nHost: localhost\r\n{lines}Connection: close\r\n\r\n").status


def test_a_header_counts_only_as_spelled_with_hyphens(processes: Processes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", "127.0.0.1")
    monkeypatch.setenv("METRICS_ALLOW", MONITOR)
    processes.web()

    assert metrics(f"X-Forwarded-For: {MONITOR}") == 200
    assert metrics(f"X-Forwarded-For: {OTHER}") == 404
    for name in ("X_Forwarded_For", "X_FORWARDED-FOR", "x-forwarded_for", "X-Forwarded_For"):
        forged = f"{name}: {MONITOR}"
        for more in SIZES:  # which of two names wins may change with the headers around them
            assert metrics(more + f"X-Forwarded-For: {OTHER}", forged) == 404, (name, more)
            assert metrics(more + forged, f"X-Forwarded-For: {OTHER}") == 404, (name, more)
        assert metrics(forged) == 404, name
    # A header that comes twice is one list: the last address is the nearest proxy's word.
    assert metrics(f"X-Forwarded-For: {MONITOR}", f"X-Forwarded-For: {OTHER}") == 404
    assert metrics(f"X-Forwarded-For: {OTHER}", f"X-Forwarded-For: {MONITOR}") == 200
    assert exchange("OPTIONS * HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").status < 500
    assert exchange("GET /%ff%00/é HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").status in (400, 404)
    assert exchange("GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n").status == 400


DOORS = ("/api/suggestions", "/articles/bridges/suggest/", "/suggestions/x/answer/", "/admin/login/")


def test_stalled_bodies_keep_nobody_waiting(processes: Processes) -> None:
    make_article(slug="bridges")
    processes.web()
    with ExitStack() as stalled:
        for door in DOORS:
            kind = "application/json" if door.startswith("/api/") else "application/x-www-form-urlencoded"
            head = f"POST {door} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {kind}\r\nContent-Length: 900\r\n\r\n"
            lines = [stalled.enter_context(open_socket(f"{head}x")) for _ in range(2 * WEB_THREADS)]
            for path in ("/articles/bridges/", "/articles/bridges/suggest/", "/admin/login/", "/healthz"):
                assert exchange(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").status == 200
            lines[0].sendall(b"x" * 899)
            assert read_answer(lines[0]).status in (400, 403, 404, 422)


def test_only_who_says_to_have_a_session_sends_a_long_body_to_the_desk(processes: Processes) -> None:
    """Else strangers would fill the disk with bodies of log-ins, twenty megabytes each."""
    processes.web()
    head = "POST /admin/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 3000000\r\n"
    assert exchange(f"{head}\r\nx").status == 403  # at once, for want of a token
    with open_socket(f"{head}Cookie: sessionid=made-up\r\n\r\nx", timeout=1) as line, pytest.raises(TimeoutError):
        line.recv(1)  # waited for; the bridge counts such bodies together


def test_a_picture_that_is_not_taken_is_not_held_in_memory(processes: Processes, settings: Any) -> None:
    picture = Path(settings.MEDIA_ROOT) / "pictures" / "large.png"
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_bytes(bytes(LARGE))
    web = processes.web()
    request = "GET /media/pictures/large.png HTTP/1.1\r\nHost: localhost\r\n\r\n"
    assert len(exchange(request).body) == LARGE
    before = memory_of(web)
    with ExitStack() as waiting:
        lines = [waiting.enter_context(open_socket(request)) for _ in range(40)]
        assert all(line.recv(12) == b"HTTP/1.1 200" for line in lines)
        assert memory_of(web) - before < 10 * LARGE
    picture.unlink()


def memory_of(child: Child) -> int:
    """Bytes that the program and those that it started hold."""
    pids = [child.process.pid]
    for pid in pids:
        pids += map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
    found = (re.search(r"VmRSS:\s+([0-9]+) kB", Path(f"/proc/{pid}/status").read_text()) for pid in pids)
    return sum(int(match[1]) * 1024 for match in found if match)
