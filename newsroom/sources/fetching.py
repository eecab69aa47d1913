"""Fetching a Source's pages: guarded, conditional, and with a name that says who looks and why."""

from dataclasses import dataclass
from urllib.parse import urljoin

from django.conf import settings
from protego import Protego

from newsroom.http.guarded_client.connections import RequestFailed
from newsroom.http.guarded_client.fetching import Fetched, RedirectElsewhere, get
from newsroom.http.guarded_client.url_policy import UrlRefused, parse_allowlist
from newsroom.models import Source, SourceArticle
from newsroom.sources.addresses import BadAddress, clean_url, is_within
from newsroom.sources.reading import NoSnapshot

Trouble = SourceArticle.Trouble
GONE = (404, 410, 451)
NOT_MODIFIED = 304
ROBOT = "Corrigenda"
ROBOTS_BYTES = 500 * 1024  # the least that a robot has to read, and all that we read
# Together below the time that a task may take.
SECONDS, ROBOTS_SECONDS = 10.0, 3.0
ACCEPT = "text/html,application/xhtml+xml;q=0.9"


@dataclass(frozen=True, slots=True)
class FetchedPage:
    """Bytes of a page, the address that answered, and what to ask with next time."""

    raw: bytes
    url: str
    charset: str
    etag: str
    last_modified: str
    policy: str = ""  # Content-Security-Policy


def user_agent() -> str:
    """The name, and an address that explains."""
    return f"{ROBOT}/1 (+{urljoin(settings.SITE_URL, '/policy/')})"


def fetch_page(source: Source, url: str, *, etag: str = "", last_modified: str = "") -> FetchedPage | None:
    """A page of the Source; None where it says that it is as it was. Raises NoSnapshot.

    A redirect is followed within the Source's origins: from http to https, or from the bare host to www.
    """
    conditions = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    headers = {"Accept": ACCEPT, **{name: value for name, value in conditions.items() if value}}
    try:
        answer = _get(url, headers)
    except RedirectElsewhere as redirect:
        try:
            target = clean_url(redirect.target)
        except BadAddress:
            target = ""
        if not target or not is_within(source, target):
            raise NoSnapshot(Trouble.ELSEWHERE, redirect.target) from None
        answer = _get(target, headers)
    if answer.status == NOT_MODIFIED:
        return None
    if answer.status in GONE:
        raise NoSnapshot(Trouble.GONE, str(answer.status))
    if not 200 <= answer.status < 300:
        raise NoSnapshot(Trouble.UNREACHABLE, str(answer.status))
    kind, _separator, parameters = answer.headers.get("content-type", "text/html").partition(";")
    if "html" not in kind:
        raise NoSnapshot(Trouble.NO_ARTICLE, kind)
    charset = parameters.lower().partition("charset=")[2].strip(" \"';")
    return FetchedPage(
        answer.body,
        answer.url,
        charset,
        answer.headers.get("etag", "")[:300],
        answer.headers.get("last-modified", "")[:100],
        answer.headers.get("content-security-policy", ""),
    )


def refuse_by_robots(url: str) -> None:
    """Raises NoSnapshot where robots.txt asks not to look, as RFC 9309 reads it: a missing one asks nothing."""
    try:
        answer = _get(urljoin(url, "/robots.txt"), {}, seconds=ROBOTS_SECONDS)
    except RedirectElsewhere:
        return
    rules = Protego.parse(answer.body[:ROBOTS_BYTES].decode(errors="replace"))
    if not rules.can_fetch(url, ROBOT):
        raise NoSnapshot(Trouble.ROBOTS)


def _get(url: str, headers: dict[str, str], *, seconds: float = SECONDS) -> Fetched:
    try:
        allowed = parse_allowlist(settings.SOURCE_ALLOW)
        return get(
            url, headers={"User-Agent": user_agent(), **headers}, allowed=allowed, port_any=True, seconds=seconds
        )
    except RedirectElsewhere:
        raise
    except RequestFailed as failed:
        raise NoSnapshot(Trouble.UNREACHABLE, failed.detail or failed.reason) from None
    except UrlRefused as refused:
        raise NoSnapshot(Trouble.UNREACHABLE, refused.problem) from None
