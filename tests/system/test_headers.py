"""Every kind of page in production, behind a proxy that ends TLS: full marks by the rules of Mozilla's observatory."""

import http.client
import socket
from dataclasses import replace

import pytest
from django.conf import settings
from django.templatetags.static import static
from django.test import Client
from django.urls import get_resolver

from newsroom.accounts.roles import DESK_CHIEF
from tests.support.addresses import address_of, patterns, site_of_every_kind
from tests.support.factories import make_editor
from tests.support.http_observatory import FULL_MARKS, Answer, marks, points
from tests.support.processes import Processes

HOST = "news.example"
SOUND = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; script-src 'self'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=31536000; includeSubDomains; preload",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
}


@pytest.fixture
def production(processes: Processes, monkeypatch: pytest.MonkeyPatch) -> None:
    """The web server of a site that listens to the world, with the tests' own key, so that it knows their sessions."""
    environment = {
        "SITE_URL": f"https://{HOST}",
        "ALLOWED_HOSTS": HOST,
        "SECRET_KEY": settings.SECRET_KEY,
        "TRUSTED_PROXIES": "127.0.0.1",
        "EMAIL_URL": "smtp://127.0.0.1:9",
        "MAIL_FROM": f"desk@{HOST}",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    processes.web()


def ask(path: str, *, cookie: str = "", method: str = "GET", scheme: str = "https") -> tuple[int, Answer]:
    """What a visitor of the proxy is answered."""
    headers = {"Host": HOST, "X-Forwarded-Proto": scheme, "X-Forwarded-For": "127.0.0.1", "Cookie": cookie}
    connection = http.client.HTTPConnection(settings.HOST, settings.PORT, timeout=30)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    body = answer.read().decode(errors="replace")
    connection.close()
    pairs = [(name.lower(), value) for name, value in answer.getheaders()]
    cookies = [value for name, value in pairs if name == "set-cookie"]
    return answer.status, Answer(dict(pairs), cookies, body)


# What the widget loads on other sites' pages.
OPEN = ("/embed/v1.js", "/embed/dialog/")
OPEN_MARKS = {
    "cross-origin-resource-sharing": ("public", 0),
    "cross-origin-resource-policy": ("cross-origin", 0),
}


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ("Content-Type: application/json\r\nContent-Length: 3000000", 413),
        ("Content-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 3000", 415),
        ("Content-Type: application/json\r\nTransfer-Encoding: chunked", 411),
        ("Content-Type: text/plain\r\nContent-Length: 3000", 415),
    ],
)
def test_a_body_is_refused_while_none_of_it_has_come(production: None, more: str, status: int) -> None:
    with socket.create_connection((settings.HOST, settings.PORT), timeout=20) as line:
        line.sendall(f"POST /api/suggestions HTTP/1.1\r\nHost: {HOST}\r\n{more}\r\n\r\n".encode())
        assert line.recv(100).startswith(f"HTTP/1.1 {status} ".encode())


def test_a_static_file_runs_nothing_and_is_embedded_nowhere(production: None) -> None:
    status, answer = ask(static("site/icon.svg"))
    assert status == 200
    assert answer.headers["content-security-policy"].startswith("default-src 'none';")
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in answer.headers


def test_every_kind_of_page_gets_full_marks(production: None) -> None:
    known = site_of_every_kind()
    client = Client()
    client.force_login(make_editor(group=DESK_CHIEF))
    session = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    opened = dict[int, int]()
    paths = [address_of(pattern, known) for pattern in patterns(get_resolver()) if not {"^", "$"} & set(pattern)]
    for path in [*paths, "/nowhere/", "/api/nowhere", "/admin/nowhere/", "/suggestions/nobody/"]:
        cookie = session if path.startswith("/admin/") and "log" not in path else ""
        for scheme in ("http", "https"):  # what is kept of the one must not be told in the other
            status, answer = ask(path, cookie=cookie, scheme=scheme)
        opened[status] = opened.get(status, 0) + 1
        assert status < 500 or path == "/readyz", path
        results = marks(answer)
        if answer.cookies:
            assert results.pop("cookies") == ("secure-with-samesite", 5), path
        is_open = path.startswith(OPEN) and status == 200
        expected = FULL_MARKS | (OPEN_MARKS if is_open else {})
        assert results == {name: mark for name, mark in expected.items() if name in results}, path
        assert points(answer) >= (120 if is_open else 130), path
        assert answer.headers["cross-origin-opener-policy"] == "same-origin", path
        assert "preload" in answer.headers["strict-transport-security"], path
        types = "require-trusted-types-for 'script'"
        is_desk = path.startswith(("/admin/", "/api/docs"))
        assert (types in answer.headers["content-security-policy"]) != is_desk, path
        assert (types in answer.headers.get("content-security-policy-report-only", "")) == is_desk, path
    assert opened[200] > 70


@pytest.mark.parametrize(
    ("change", "test", "mark"),
    [
        ({"content-security-policy": ""}, "content-security-policy", -25),
        ({"content-security-policy": "default-src 'self'"}, "content-security-policy", 5),
        ({"content-security-policy": "script-src 'self'"}, "content-security-policy", -20),
        ({"content-security-policy": "default-src 'none'; script-src 'unsafe-inline'"}, "content-security-policy", -20),
        ({"content-security-policy": "default-src 'none'; script-src 'unsafe-eval'"}, "content-security-policy", -10),
        ({"content-security-policy": "default-src 'none'; style-src data:"}, "content-security-policy", 0),
        ({"content-security-policy": "default-src 'none'; img-src http:"}, "content-security-policy", -10),
        ({"content-security-policy": "default-src 'none'; connect-src http:"}, "content-security-policy", -20),
        ({"content-security-policy": "default-src 'none'"}, "x-frame-options", -20),
        ({"referrer-policy": "origin"}, "referrer-policy", -5),
        ({"strict-transport-security": "max-age=600"}, "strict-transport-security", -10),
        ({"strict-transport-security": ""}, "strict-transport-security", -20),
        ({"x-content-type-options": ""}, "x-content-type-options", -5),
        ({"cross-origin-resource-policy": "cross-origin"}, "cross-origin-resource-policy", 0),
        ({"access-control-allow-origin": "*"}, "cross-origin-resource-sharing", 0),
    ],
)
def test_less_gets_fewer_marks(change: dict[str, str], test: str, mark: int) -> None:
    sound = Answer(SOUND, [], "<script src=/a.js></script>")
    assert marks(sound) == FULL_MARKS
    poorer = marks(replace(sound, headers=SOUND | change))
    assert poorer[test][1] == mark
    assert poorer[test] != FULL_MARKS[test]
