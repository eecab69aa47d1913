"""HTTP to servers that nobody vouches for: to public addresses that were checked, bounded in time and bytes."""

from newsroom.http.guarded_client.connections import FailureReason, RequestFailed, check_url
from newsroom.http.guarded_client.fetching import Fetched, RedirectElsewhere, get
from newsroom.http.guarded_client.posting import Answer, post
from newsroom.http.guarded_client.url_policy import Allowlist, UrlProblem, UrlRefused, parse_allowlist

__all__ = [
    "Allowlist",
    "Answer",
    "FailureReason",
    "Fetched",
    "RedirectElsewhere",
    "RequestFailed",
    "UrlProblem",
    "UrlRefused",
    "check_url",
    "get",
    "parse_allowlist",
    "post",
]
