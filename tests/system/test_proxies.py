"""HAProxy and Caddy in front of the site, configured as docs/deploy.md says, and what each lets through."""

import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from tests.support.factories import make_article
from tests.support.postgres import free_port
from tests.support.processes import Processes
from tests.support.proxies import find_proxy, get, running
from tests.support.raw_sockets import open_socket

DEPLOY = (Path(__file__).resolve().parents[2] / "docs" / "deploy.md").read_text(encoding="utf-8")
MONITOR = "198.51.100.7"  # whom METRICS_ALLOW names
READER = "127.0.0.2"  # no trusted proxy
FORGED = (
    *([f"X-Forwarded-For: {MONITOR}"], [f"X-Forwarded-For: {MONITOR}", f"X-Forwarded-For: {MONITOR}"]),
    *([f"X_Forwarded_For: {MONITOR}"], [f"X-Forwarded-For: {MONITOR}", "Connection: X-Forwarded-For"]),
    *([f"Forwarded: for={MONITOR}", f"X-Real-IP: {MONITOR}"], [f"X-Forwarded-For: {MONITOR},"]),
)
# Each way to say "metrics" that a proxy might not know again.
PATHS = ("/metrics", "/%6detrics", "//metrics", "/./metrics", "/x/../metrics", "/metrics?", "/metrics%3f", "/metrics;x")
TWO_LENGTHS = (
    "POST /api/suggestions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
    "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /robots.txt HTTP/1.1\r\nHost: localhost\r\n"
    "Connection: close\r\n\r\n"
)


def documented(language: str) -> str:
    """The configuration in docs/deploy.md, for this site and without TLS."""
    [block] = re.findall(rf"```{language}\n(.*?)```", DEPLOY, re.DOTALL)
    return str(block).replace("127.0.0.1:8000", f"127.0.0.1:{settings.PORT}")


@contextmanager
def haproxy(folder: Path) -> Iterator[int]:
    port, config = free_port(), folder / "haproxy.cfg"
    text = re.sub(r"bind :443 .*", f"bind 127.0.0.1:{port}", documented("haproxy"))
    config.write_text(re.sub(r"    bind :80\n|    http-request redirect .*\n", "", text))
    with running([str(find_proxy("haproxy")), "-db", "-f", str(config)], port, home=folder):
        yield port


@contextmanager
def caddy(folder: Path) -> Iterator[int]:
    port, config = free_port(), folder / "Caddyfile"
    text = documented("caddyfile").replace("news.example.org {", f"http://localhost:{port} {{\n    bind 127.0.0.1")
    options = "{\n    admin off\n    servers {\n        protocols h1 h2c\n    }\n}\n"
    config.write_text(options + text)
    with running(
        [str(find_proxy("caddy")), "run", "--adapter", "caddyfile", "--config", str(config)], port, home=folder
    ):
        yield port


@pytest.fixture
def site(processes: Processes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", "127.0.0.1")
    monkeypatch.setenv("METRICS_ALLOW", MONITOR)
    make_article(slug="bridges")
    processes.web()


def try_proxy(port: int) -> None:
    assert get("/articles/bridges/", port, sender=READER).status == 200
    for path in PATHS:
        for forged in FORGED:
            answer = get(path, port, *forged, sender=READER)
            assert b"corrigenda_" not in answer.body, (path, forged)
            assert answer.status in (301, 308, 400, 404) or b"<html" in answer.body, (path, forged)
    # One request with two lengths is one request, or ends the connection: nothing of it is the next one's head.
    with open_socket(TWO_LENGTHS, port=port, sender=READER) as line:
        told = b"".join(iter(lambda: line.recv(65536), b""))
    assert told.count(b"User-agent") <= 1
    assert told.startswith((b"HTTP/1.1 411", b"HTTP/1.1 400"))


@pytest.mark.skipif(not find_proxy("haproxy"), reason="HAProxy is not installed")
def test_haproxy_in_front_lets_nobody_forge_who_asks(site: None, tmp_path: Path) -> None:
    with haproxy(tmp_path) as port:
        try_proxy(port)


@pytest.mark.skipif(not find_proxy("caddy"), reason="Caddy is not installed")
def test_caddy_in_front_lets_nobody_forge_who_asks_by_http_2_either(site: None, tmp_path: Path) -> None:
    with caddy(tmp_path) as port:
        try_proxy(port)
        for forged in FORGED[:3]:
            assert h2("/%6detrics", port, forged) == "2 404"
        assert h2("/articles/bridges/", port, ()) == "2 200"
        assert h2("/api/suggestions", port, ["Content-Type: application/json"], "-d", "{}") == "2 422"


def h2(path: str, port: int, headers: Sequence[str], *more: str) -> str:
    """Version and status of a request by HTTP/2."""
    curl = shutil.which("curl")
    if curl is None:
        pytest.skip("curl is not installed")
    lines = [part for header in headers for part in ("-H", header)]
    argv = [curl, "-s", "-o", "/dev/null", "-w", "%{http_version} %{http_code}", "--http2-prior-knowledge"]
    url = f"http://localhost:{port}{path}"
    return subprocess.run(
        [*argv, "--interface", READER, "-4", *lines, *more, url], capture_output=True, text=True, check=True
    ).stdout
