"""Every answer says how long it may be kept; caches in front of the site serve nothing private, withheld or foreign."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import get_resolver

from corrections.models import Suggestion
from corrections.suggestions.status_tokens import status_token
from newsroom.accounts.roles import DESK_CHIEF, STANDARDS_EDITOR
from newsroom.models import Kind
from newsroom.publishing.withholding import approve_withholding, ask_withholding
from tests.support.addresses import address_of, patterns, site_of_every_kind
from tests.support.factories import make_article, make_editor, make_revision
from tests.support.postgres import free_port
from tests.support.processes import Processes
from tests.support.proxies import find_proxy, get, running
from tests.support.raw_sockets import RawAnswer
from tests.support.suggestion_factories import make_suggestion
from tests.support.waiting import wait_until

PRIVATE = ("/suggestions/", "/api/suggestions", "/mail/", "/admin/", "/dev/mail/", "/metrics", "/healthz", "/readyz")
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT")


@pytest.mark.django_db
def test_every_address_says_how_long_it_may_be_kept() -> None:
    known = site_of_every_kind()
    client = Client(raise_request_exception=False)
    client.force_login(make_editor(group=DESK_CHIEF))
    paths = [address_of(pattern, known) for pattern in patterns(get_resolver()) if not {"^", "$"} & set(pattern)]
    without_slash = [path.rstrip("/") for path in paths if len(path) > 1]
    nowhere = ["/nowhere/", "/nowhere", "/api/nowhere", "/admin/nowhere/", "/articles/nowhere/", "/suggestions/nobody/"]
    for path in [*paths, *without_slash, *nowhere, "/media/none.png", "/static/none.css"]:
        for method in METHODS:
            answer = client.generic(method, path)
            told = answer.headers.get("Cache-Control", "")
            assert told, (method, path, answer.status_code)
            public = "public" in told or "s-maxage" in told
            assert not (public and path.startswith(PRIVATE)), (method, path)
            withheld = answer.status_code == 451  # replaces the words in a cache
            if (answer.status_code >= 300 and not withheld) or path.startswith(PRIVATE) or path.endswith("/suggest/"):
                assert "no-store" in told, (method, path, answer.status_code, told)


# Caches in front of the site ---------------------------------------------------------------------------------------
# As an operator might who trusts what the site says, and keeps for a minute what says nothing.
NGINX = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; user root;
events {{}}
http {{
    access_log off;
    proxy_cache_path {folder}/cache keys_zone=pages:1m;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        underscores_in_headers on;
        proxy_cache pages; proxy_cache_valid any 1m; proxy_cache_background_update on; proxy_cache_use_stale updating;
        add_header X-Cache $upstream_cache_status always;
        location / {{
            proxy_pass http://127.0.0.1:{site};
            proxy_set_header Host localhost;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        }}
    }}
}}
"""


@contextmanager
def nginx(folder: Path) -> Iterator[int]:
    port = free_port()
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, site=settings.PORT))
    argv = [str(find_proxy("nginx")), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with running(argv, port, home=folder):
        yield port


@contextmanager
def varnish(folder: Path) -> Iterator[int]:
    port = free_port()
    program = str(find_proxy("varnishd"))
    listen, site = f"127.0.0.1:{port}", f"127.0.0.1:{settings.PORT}"
    argv = [program, "-j", "none", "-F", "-n", str(folder / "varnish"), "-a", listen, "-b", site, "-s", "malloc,20m"]
    with running(argv, port, home=folder):
        yield port


HAPROXY = """
defaults
    mode http
    timeout connect 5s
    timeout client 30s
    timeout server 30s
cache pages
    total-max-size 4
    max-object-size 100000
    process-vary on
frontend site
    bind 127.0.0.1:{port}
    option forwardfor
    http-request set-header Host localhost
    http-request cache-use pages
    http-response cache-store pages
    default_backend corrigenda
backend corrigenda
    server one 127.0.0.1:{site}
"""


@contextmanager
def haproxy(folder: Path) -> Iterator[int]:
    port = free_port()
    (folder / "haproxy.cfg").write_text(HAPROXY.format(port=port, site=settings.PORT))
    with running([str(find_proxy("haproxy")), "-db", "-f", str(folder / "haproxy.cfg")], port, home=folder):
        yield port


@pytest.fixture
def site(processes: Processes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRUSTED_PROXIES", "127.0.0.1")
    monkeypatch.setenv("METRICS_ALLOW", "198.51.100.7")
    monkeypatch.setenv("SECRET_KEY", settings.SECRET_KEY)
    processes.web()


KEPT = "/articles/bridges/revisions/1/"
NOT_KEPT = (
    *("/articles/bridges/suggest/", "/articles/tomorrow/", "/articles/bridges", "/articles/bridges/?changed=9"),
    *("/admin/login/", "/api/suggestions/stamp", "/metrics", "/suggestions/nobody/", "/api/nowhere"),
)


def try_cache(port: int, *, kept: Collection[str] = (KEPT,)) -> None:
    article = make_article(slug="bridges")
    suggestion = make_suggestion(article)
    make_revision(article, find="recieve", put="receive", kind=Kind.TYPO)
    private = f"/suggestions/{status_token(suggestion.pk)}/"
    told = {path: [get(path, port) for _turn in range(3)] for path in (KEPT, *NOT_KEPT, private)}
    # What may be kept is kept, and nothing else.
    assert {path for path, answers in told.items() if is_kept(answers[2])} == set(kept)
    make_article(slug="tomorrow")
    assert get("/articles/tomorrow/", port).status == 200
    Suggestion.objects.update(token_hash="0" * 64)
    assert get(private, port).status == 404
    french = get("/admin/login/", port, "Accept-Language: fr").body.decode()
    assert 'lang="fr"' in french
    assert 'lang="en"' in get("/admin/login/", port, "Accept-Language: en").body.decode()
    # Withheld words are gone once the time is over that the page said.
    first = article.revisions.get(number=1)
    approve_withholding(
        ask_withholding(first, by=make_editor(group=STANDARDS_EDITOR), reason="A court."),
        by=make_editor(group=STANDARDS_EDITOR),
    )
    wait_until(lambda: get("/articles/bridges/revisions/1/", port).status == 451, seconds=60)
    assert b"recieve" not in get("/articles/bridges/revisions/1/", port).body
    forged = ("X-Forwarded-For: 203.0.113.9", "X_Forwarded_For: 198.51.100.7")
    assert get("/metrics", port, *forged).status == get("/metrics", port, *reversed(forged)).status == 404


def is_kept(answer: RawAnswer) -> bool:
    """Whether the cache answered. Varnish then names two requests, the second of which filled it; HAProxy the age."""
    if answer.header("X-Varnish"):
        return len((answer.header("X-Varnish") or "").split()) == 2
    return answer.header("X-Cache") == "HIT" or answer.header("Age") is not None


@pytest.mark.skipif(not find_proxy("nginx"), reason="nginx is not installed")
def test_nginx_in_front_keeps_only_what_it_may(site: None, tmp_path: Path) -> None:
    with nginx(tmp_path) as port:
        try_cache(port)


@pytest.mark.skipif(not find_proxy("varnishd"), reason="Varnish is not installed")
def test_varnish_in_front_keeps_only_what_it_may(site: None, tmp_path: Path) -> None:
    with varnish(tmp_path) as port:
        try_cache(port)


@pytest.mark.skipif(not find_proxy("haproxy"), reason="HAProxy is not installed")
def test_haproxy_in_front_keeps_only_what_it_may(site: None, tmp_path: Path) -> None:
    with haproxy(tmp_path) as port:
        try_cache(port, kept=())  # it keeps no page whose max-age is 0, whatever s-maxage says
