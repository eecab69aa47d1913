"""Every kind of page in production, behind a proxy that ends TLS: full marks by the rules of Mozilla's observatory."""

import http.client
import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.templatetags.static import static
from django.test import Client
from django.urls import URLResolver, get_resolver

from corrections.contacts.addresses import contact_for, queue_confirmations
from corrections.contacts.hashed_mailboxes import confirmation_token, unsubscribe_token
from corrections.models import Mail, Reason
from corrections.suggestions.status_tokens import status_token
from corrections.webhooks.enqueue import ping_hook
from newsroom.accounts.roles import DESK_CHIEF, STANDARDS_EDITOR
from newsroom.models import Act, Kind
from newsroom.publishing.drafts import save_draft
from newsroom.publishing.proposals import propose_revision
from newsroom.publishing.withholding import ask_withholding
from tests.support.desk_page import make_case
from tests.support.factories import current_revision, make_article, make_editor, make_revision, make_wording
from tests.support.http_observatory import FULL_MARKS, Answer, marks, points
from tests.support.processes import Processes
from tests.support.suggestion_factories import make_suggestion
from tests.support.webhook_steps import make_hook

HOST = "news.example"
SOUND = {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; script-src 'self'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=31536000; includeSubDomains; preload",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
}
# Only the demo has mails to show, and shows them to its own machine: a mail brings styles of its own along.
ONLY_IN_THE_DEMO = "dev/mail/"


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


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for part in resolver.url_patterns:
        path = prefix + str(part.pattern)
        if isinstance(part, URLResolver):
            yield from patterns(part, path)
        elif path != ONLY_IN_THE_DEMO and not path.startswith(f"{ONLY_IN_THE_DEMO}<"):
            yield path


def site_of_every_kind() -> dict[str, Any]:
    """Something behind each kind of address: what stands in its place for each part in angle brackets."""
    article = make_article(slug="bridges")
    make_revision(article, find="three", put="four", kind=Kind.CORRECTION, note="Four instead of three.")
    suggestion = make_suggestion(article, email="ada@example.org")
    contact = contact_for(suggestion)
    assert contact
    case = make_case(article)
    queue_confirmations()
    hook = make_hook("https://receiver.example/")
    editor, base = make_editor(), current_revision(article)
    other = make_wording(body="<p>Another text.</p>")
    save_draft(article, base=base, by=editor, typed=other, seen=None)
    proposal = propose_revision(
        article, base=base, by=editor, kind=Kind.CORRECTION, wording=other, note="Another text."
    )
    first, standards = article.revisions.get(number=1), make_editor(group=STANDARDS_EDITOR)
    return {
        "slug": "bridges",
        "number": 1,
        "old": 1,
        "new": 2,
        "section": "Local",
        "year": 2026,
        "month": 1,
        "mail/confirm/": confirmation_token(contact),
        "mail/stop/": unsubscribe_token(contact.mailbox),
        "token": status_token(suggestion.pk),
        "/case/": case.pk,
        "/proposal/": proposal.pk,
        "/withholding/<": ask_withholding(first, by=standards, reason="A court asks for it.").pk,
        "/mail/<path": Mail.objects.get().pk,
        "/editor/": editor.pk,
        "/group/": editor.groups.get().pk,
        "/act/": Act.objects.latest("sequence").pk,
        "/revision/": article.current_id,
        "/hook/": hook.pk,
        "/delivery/": ping_hook(hook, by=make_editor(group=DESK_CHIEF)).pk,
        "/reason/": Reason.objects.latest("pk").pk,
        "other": article.pk,
    }


def address_of(pattern: str, known: dict[str, Any]) -> str:
    def filled(match: re.Match[str]) -> str:
        name = match[1].rpartition(":")[2]
        places = (key for key in known if "/" in key and key in f"/{pattern}")
        return str(known.get(next(places, name), known.get(name, known["other"])))

    return "/" + re.sub(r"<([^>]+)>", filled, pattern)


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
        assert results == {name: mark for name, mark in FULL_MARKS.items() if name in results}, path
        assert points(answer) >= 130, path
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
