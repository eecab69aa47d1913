"""POST to a receiver that nobody vouches for, reading no more of its answer than an error message."""

import http.client
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from newsroom.http.guarded_client.connections import TIMEOUT, failures_told, resolve, response_to, time_limit
from newsroom.http.guarded_client.url_policy import Allowlist, parse_url

MAX_RESPONSE_BYTES = 4096  # enough for an error message


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and the beginning of the response body, without control characters."""

    status: int
    text: str


def post(url: str, *, body: bytes, headers: Mapping[str, str], allowed: Allowlist, seconds: float = TIMEOUT) -> Answer:
    """Send `body` and read the beginning of the response; redirects are not followed.

    The host is resolved once and the checked addresses are connected to, against DNS rebinding. Proxies from the
    environment are ignored, since they would resolve the host again. `seconds` last from the look-up of the name to
    the last byte read. Raises UrlRefused, RequestFailed.
    """
    target = parse_url(url, allowed=allowed)
    with time_limit(seconds) as deadline, failures_told(deadline):
        addresses = resolve(target, deadline, allowed=allowed)
        with response_to("POST", target, addresses, deadline, headers=headers, body=body) as response:
            text = b""
            with suppress(OSError, http.client.HTTPException):  # the status counts, even if the body breaks off
                text = response.read(MAX_RESPONSE_BYTES)
    decoded = text.decode(errors="replace")
    return Answer(response.status, "".join(each for each in decoded if each.isprintable() or each == "\n"))
