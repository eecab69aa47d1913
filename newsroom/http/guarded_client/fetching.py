"""GET a page of another site: on its own origin alone, within limits of time and bytes, conditional if asked."""

import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, urldefrag, urljoin

from newsroom.http.guarded_client.bodies import read_body
from newsroom.http.guarded_client.connections import (
    FailureReason,
    RequestFailed,
    failures_told,
    resolve,
    response_to,
    time_limit,
)
from newsroom.http.guarded_client.url_policy import SAFE, Allowlist, Target, UrlRefused, parse_url

MAX_BYTES = 5 * 1024 * 1024
MAX_REDIRECTS = 5
REDIRECTS = (301, 302, 303, 307, 308)
ENCODINGS = "gzip, deflate"


class RedirectElsewhere(RequestFailed):
    """The page sends to another origin, or to an address that is refused; `target` is where."""

    def __init__(self, target: str) -> None:
        super().__init__(FailureReason.REDIRECT, target)
        self.target = target


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server answered: `headers` with lower-case names, `url` after redirects, a body where it is of 2xx."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


def get(
    url: str,
    *,
    headers: Mapping[str, str],
    allowed: Allowlist,
    seconds: float = 10.0,
    most_bytes: int = MAX_BYTES,
    port_any: bool = False,
) -> Fetched:
    """Fetch a page; `headers` may ask for If-None-Match or If-Modified-Since, and a 304 is answered as such.

    Plain http is read too; another port than the scheme's own only if `port_any`, or from an allowed host. The host is
    resolved once for all redirects. `most_bytes` bounds the body as sent and as unpacked. Raises UrlRefused,
    RequestFailed.
    """
    origin = target = parse_url(url, allowed=allowed, plain_http=True, port_any=port_any)
    with time_limit(seconds) as deadline, failures_told(deadline):
        addresses = resolve(target, deadline, allowed=allowed)
        for _hop in range(MAX_REDIRECTS + 1):
            asked = {**headers, "Accept-Encoding": ENCODINGS}
            with response_to("GET", target, addresses, deadline, headers=asked) as response:
                location = response.headers["Location"]
                if response.status not in REDIRECTS or location is None:
                    body = read_body(response, deadline, most_bytes=most_bytes) if response.status < 300 else b""
                    return Fetched(response.status, _as_mapping(response), body, target.url)
            target = _redirected(origin, target, location, allowed)
    raise RequestFailed(FailureReason.REDIRECT, f"more than {MAX_REDIRECTS} redirects")


def _redirected(origin: Target, current: Target, location: str, allowed: Allowlist) -> Target:
    """Servers write UTF-8 and spaces into Location, as browsers let them."""
    written = quote(location.strip().encode("latin-1", "replace"), safe=f"{SAFE}#[]")
    try:
        address = urldefrag(urljoin(current.url, written)).url
        target = parse_url(address, allowed=allowed, plain_http=True, port_any=True)
    except (ValueError, UrlRefused):
        raise RedirectElsewhere(written) from None
    if (target.is_tls, target.host, target.port) != (origin.is_tls, origin.host, origin.port):
        raise RedirectElsewhere(address)
    return target


def _as_mapping(response: http.client.HTTPResponse) -> dict[str, str]:
    """Lines of one name joined, folded ones unfolded."""
    joined = dict[str, str]()
    for name, value in response.getheaders():
        joined[name.lower()] = ", ".join(filter(None, (joined.get(name.lower()), " ".join(value.split()))))
    return joined
