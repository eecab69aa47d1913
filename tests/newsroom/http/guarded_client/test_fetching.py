"""Pages of other sites are read from their own origin, whole or not at all, and never for longer than is bearable."""

import gzip
import zlib
from collections.abc import Iterator, Mapping

import pytest

from newsroom.http.guarded_client import (
    Allowlist,
    FailureReason,
    Fetched,
    RedirectElsewhere,
    RequestFailed,
    UrlProblem,
    UrlRefused,
    get,
    parse_allowlist,
)
from tests.support.name_server import names
from tests.support.page_server import END, PageServer, redirect, response, serving

LOCAL = parse_allowlist(["127.0.0.1", "site.test"])
PAGE = "<p>The ferry sailed at 9 — on time.</p>".encode()
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked" + END
MOST = 100_000  # bytes; enough for what is tested


@pytest.fixture
def site() -> Iterator[PageServer]:
    with serving(page=response(body=PAGE)) as server:
        yield server


def fetch(url: str, *, headers: Mapping[str, str] | None = None, seconds: float = 10.0) -> Fetched:
    return get(url, headers=headers or {}, allowed=LOCAL, seconds=seconds, most_bytes=MOST)


def failure(url: str, *, seconds: float = 10.0) -> RequestFailed:
    with pytest.raises(RequestFailed) as failed:
        fetch(url, seconds=seconds)
    return failed.value


def test_a_page_comes_with_its_status_headers_and_address(site: PageServer) -> None:
    site.pages["/page"] = response("200 OK", 'ETag: "7"', "X-Part: a", "X-PART: b", "X-Folded: c\r\n  d", body=PAGE)

    got = fetch(f"{site.origin}/page", headers={"User-Agent": "Corrigenda"})

    assert (got.status, got.body, got.url) == (200, PAGE, f"{site.origin}/page")
    assert (got.headers["etag"], got.headers["x-part"], got.headers["x-folded"]) == ('"7"', "a, b", "c d")
    [(_path, asked)] = site.asked
    assert (asked["user-agent"], asked["accept-encoding"]) == ("Corrigenda", "gzip, deflate")


def test_what_has_not_changed_is_answered_as_such(site: PageServer) -> None:
    site.pages["/page"] = response("304 Not Modified", 'ETag: "7"')

    got = fetch(f"{site.origin}/page", headers={"If-None-Match": '"7"', "If-Modified-Since": "yesterday"})

    assert (got.status, got.body) == (304, b"")
    assert (site.asked[0][1]["if-none-match"], site.asked[0][1]["if-modified-since"]) == ('"7"', "yesterday")


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "451 Unavailable For Legal Reasons", "500 Oops"])
def test_of_what_is_no_page_the_status_alone_is_read(status: str, site: PageServer) -> None:
    site.pages["/page"] = response(status, body=b"sorry", length=10**9)

    got = fetch(f"{site.origin}/page")

    assert (got.status, got.body) == (int(status[:3]), b"")


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("gzip", gzip.compress(PAGE, mtime=0)),
        ("x-gzip", gzip.compress(PAGE, mtime=0)),
        ("GZIP", gzip.compress(PAGE, mtime=0) + b"what a proxy left behind"),
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE, wbits=-zlib.MAX_WBITS)),
        ("identity", PAGE),
    ],
    ids=["gzip", "x-gzip", "gzip with more behind it", "deflate", "bare deflate", "identity"],
)
def test_a_packed_page_is_unpacked(encoding: str, packed: bytes, site: PageServer) -> None:
    site.pages["/page"] = response("200 OK", f"Content-Encoding: {encoding}", body=packed)

    assert fetch(f"{site.origin}/page").body == PAGE


def test_a_redirect_within_the_origin_is_followed_and_no_other(site: PageServer) -> None:
    site.pages |= {"/a": redirect("/b"), "/b": redirect("page#top", "308 Permanent Redirect")}
    assert fetch(f"{site.origin}/a").url == f"{site.origin}/page"

    with serving(page=response(body=PAGE)) as elsewhere:
        for target in (
            *(f"{elsewhere.origin}/page", "http://169.254.169.254/latest/meta-data/", "http://10.0.0.1/"),
            *(f"https://127.0.0.1:{site.port}/page", f"//localhost:{site.port}/page", "http://127.0.0.1/page"),
            *(f"http://ada:secret@127.0.0.1:{site.port}/page", "file:///etc/passwd", "http://[::1"),
        ):
            site.pages["/a"] = redirect(target)
            failed = failure(f"{site.origin}/a")
            assert isinstance(failed, RedirectElsewhere), target
            assert failed.reason is FailureReason.REDIRECT
            assert failed.target in (target, f"http:{target}")
        assert elsewhere.asked == []
    assert [path for path, _headers in site.asked[3:]] == ["/a"] * 9


def test_odd_letters_in_a_redirect_lead_where_a_browser_would_go(site: PageServer) -> None:
    site.pages |= {"/a": redirect("/fähre um neun"), "/f%C3%A4hre%20um%20neun": response(body=PAGE)}

    assert fetch(f"{site.origin}/a").url == f"{site.origin}/f%C3%A4hre%20um%20neun"


def test_redirects_that_lead_nowhere_end(site: PageServer) -> None:
    site.pages["/a"] = redirect("/a")

    assert failure(f"{site.origin}/a").reason is FailureReason.REDIRECT
    assert len(site.asked) == 6


def test_a_name_is_looked_up_once_for_all_redirects(site: PageServer, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = names(monkeypatch, "127.0.0.1", "127.0.0.2")
    site.pages["/a"] = redirect("/page")

    assert fetch(f"http://site.test:{site.port}/a").body == PAGE
    assert asked == ["site.test"]


def test_inner_addresses_are_not_read_unless_listed(monkeypatch: pytest.MonkeyPatch, site: PageServer) -> None:
    for url, problem in (
        (f"http://127.0.0.1:{site.port}/page", UrlProblem.PRIVATE_ADDRESS),
        ("http://[::ffff:127.0.0.1]/", UrlProblem.PRIVATE_ADDRESS),
        ("ftp://127.0.0.1/", UrlProblem.SCHEME),
    ):
        with pytest.raises(UrlRefused) as refused:
            get(url, headers={}, allowed=Allowlist(), port_any=True)
        assert refused.value.problem is problem
    assert site.asked == []

    with pytest.raises(UrlRefused) as refused:
        get(f"http://site.example:{site.port}/page", headers={}, allowed=Allowlist())
    assert refused.value.problem is UrlProblem.PORT


@pytest.mark.parametrize(
    "answer",
    [
        response(body=b"a" * (MOST + 1)),
        response(body=b"a", length=MOST + 1),
        response("200 OK", "Content-Encoding: gzip", body=gzip.compress(b"\0" * 50_000_000, mtime=0)),
        response("200 OK", "Content-Encoding: deflate", body=zlib.compress(b"\0" * (MOST + 1))),
        b"HTTP/1.1 200 OK" + END + b"a" * (MOST + 1),
        CHUNKED + (b"2710\r\n" + b"a" * 10_000 + b"\r\n") * 20 + b"0\r\n\r\n",
    ],
    ids=["plain", "announced", "gzip", "deflate", "without an end", "chunked"],
)
def test_a_page_that_is_too_long_is_refused_as_sent_and_as_unpacked(answer: bytes, site: PageServer) -> None:
    site.pages["/page"] = answer

    assert failure(f"{site.origin}/page").reason is FailureReason.TOO_LARGE


def test_a_page_just_as_long_as_is_bearable_is_read(site: PageServer) -> None:
    site.pages["/page"] = response("200 OK", "Content-Encoding: gzip", body=gzip.compress(b"a" * MOST))

    assert len(fetch(f"{site.origin}/page").body) == MOST


@pytest.mark.parametrize(
    "answer",
    [
        response(body=PAGE, length=len(PAGE) + 1),
        response("200 OK", "Content-Encoding: gzip", body=gzip.compress(PAGE, mtime=0)[:-9]),
        response("200 OK", "Content-Encoding: deflate", body=b"no deflate at all"),
        response("200 OK", "Content-Encoding: gzip", body=PAGE),
        response("200 OK", "Content-Encoding: br", body=PAGE),
        response("200 OK", "Content-Encoding: gzip, gzip", body=gzip.compress(gzip.compress(PAGE, mtime=0))),
        CHUNKED + b"5\r\n<p>The\r\n",
        CHUNKED + b"zz\r\n<p>The\r\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"",
    ],
)
def test_what_breaks_off_or_cannot_be_unpacked_is_refused(answer: bytes, site: PageServer) -> None:
    site.pages["/page"] = answer or b" "

    assert failure(f"{site.origin}/page").reason is FailureReason.INVALID_RESPONSE


@pytest.mark.parametrize("header", [b"X-One: more\r\n", b"x" * 5000])
def test_headers_without_end_are_refused(header: bytes, site: PageServer) -> None:
    site.endless["/page"] = (b"HTTP/1.1 200 OK\r\n", header)

    assert failure(f"{site.origin}/page").reason is FailureReason.INVALID_RESPONSE


@pytest.mark.parametrize(
    "begin",
    [
        b"HTTP/1.1 200 OK\r\nX: ",  # within the headers
        b"HTTP/1.1 200 OK" + END,
        b"HTTP/1.1 200 OK\r\nContent-Length: 90000" + END,
        CHUNKED + b"fff\r\n",
    ],
)
def test_a_page_that_never_ends_is_left_alone(begin: bytes, site: PageServer) -> None:
    site.endless["/page"], site.pause = (begin, b"a"), 0.02

    assert failure(f"{site.origin}/page", seconds=0.3).reason is FailureReason.TIMEOUT


def test_redirects_and_the_page_share_one_limit_of_time(site: PageServer) -> None:
    site.endless["/page"], site.pause = (b"HTTP/1.1 200 OK" + END, b"a"), 0.02
    site.pages["/a"] = redirect("/page")

    assert failure(f"{site.origin}/a", seconds=0.3).reason is FailureReason.TIMEOUT
