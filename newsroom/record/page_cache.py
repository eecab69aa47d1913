"""Page cache: rendered public pages in memory, compressed, valid while the audit record's head is unchanged."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from math import ceil
from time import monotonic
from typing import Concatenate, ParamSpec

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import has_vary_header, patch_vary_headers
from django.utils.http import http_date

from newsroom.audit.head import Head, current_head
from newsroom.http.negotiation import is_not_modified, preferred_encoding
from newsroom.record.page_store import CachedPage, Key, PageCache, PathInfo

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
Parameters = tuple[tuple[str, re.Pattern[str] | None], ...]
GetResponse = Callable[[HttpRequest], HttpResponseBase]

# Shared caches may answer for 10 s, and 10 s longer while revalidating. Browsers always revalidate (a 304 is cheap),
# so that editors and readers see a new publication at once.
CACHE_CONTROL = "public, max-age=0, s-maxage=10, stale-while-revalidate=10"
# Last-Modified has a resolution of seconds: two states within one second would share a date, so it is sent only later.
SETTLED_AFTER = timedelta(seconds=5)
UNCACHEABLE = ("no-store", "no-cache", "private")
CACHE_ATTRIBUTE = "kept_as_page"


@dataclass(frozen=True, slots=True)
class CacheInfo:
    """Set by the decorator on a cacheable response, for the middleware."""

    parameters: Parameters
    head: Head


pages = PageCache()


def cached_page(*parameters: str, **checked: str) -> Callable[[View[P]], View[P]]:
    """Decorate a view whose pages the middleware may answer from memory, for GET and HEAD, while the head is unchanged.

    The view may depend only on the path, these query parameters and, if its response varies by it, Accept-Datetime; not
    on the host, cookies or other headers. A parameter in `checked` counts only where it matches the pattern, as in the
    view. Only responses of status 200 are cached.
    """
    read = (*((name, None) for name in parameters), *((name, re.compile(checked[name])) for name in checked))

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            # The head before rendering: a page made while it moves is not reused.
            head: Head = getattr(request, CACHE_ATTRIBUTE, None) or current_head()
            response = view(request, *args, **kwargs)
            setattr(response, CACHE_ATTRIBUTE, CacheInfo(read, head))
            return response

        return answer

    return decorate


def page_cache_middleware(get_response: GetResponse) -> GetResponse:
    """Outermost middleware: a hit skips all others, and has the headers that they set on the original response."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        if is_known_path(request.path):
            head = current_head()
            if found := cached_response(request, head):
                return found
            setattr(request, CACHE_ATTRIBUTE, head)  # read once per request
        response = get_response(request)
        mark: CacheInfo | None = getattr(response, CACHE_ATTRIBUTE, None)
        if mark is None or not isinstance(response, HttpResponse) or not _is_cacheable(response):
            return response
        info = PathInfo(mark.parameters, has_vary_header(response, "Accept-Datetime"))
        page = _make_page(response, mark.head)
        if not _asks_for_time(request, info):
            pages.put(_key(request, info), page, info)
        return _response(request, page)

    return answer


def is_known_path(path: str) -> bool:
    """Whether a page of this path was put into the cache."""
    return pages.path_info(path) is not None


def cached_response(request: HttpRequest, head: Head) -> HttpResponse | None:
    """The response from memory if it was made at this head; never asks the database."""
    info = pages.path_info(request.path)
    if info is None or _asks_for_time(request, info) or not _has_allowed_host(request):
        return None
    page = pages.get(_key(request, info), head.name)
    return _response(request, page) if page else None


def _asks_for_time(request: HttpRequest, info: PathInfo) -> bool:
    """Accept-Datetime (Memento) where the view chooses the revision by it."""
    return info.negotiates_time and "HTTP_ACCEPT_DATETIME" in request.META


def _has_allowed_host(request: HttpRequest) -> bool:
    """Whether Host is in ALLOWED_HOSTS; for others Django answers 400."""
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return True


def _key(request: HttpRequest, info: PathInfo) -> Key:
    values: tuple[str | None, ...] = ()
    if info.parameters and request.META.get("QUERY_STRING"):
        found = ((request.GET.get(name), pattern) for name, pattern in info.parameters)
        values = tuple(
            value if value is None or not check or check.fullmatch(value) else None for value, check in found
        )
    if not any(value is not None for value in values):
        values = ()
    return request.is_secure(), request.path, values  # responses over TLS have one more header


def _is_cacheable(response: HttpResponse) -> bool:
    control = response.get("Cache-Control", "")
    personal = response.cookies or has_vary_header(response, "Cookie") or any(word in control for word in UNCACHEABLE)
    return response.status_code == 200 and not personal


def _make_page(response: HttpResponse, head: Head) -> CachedPage:
    patch_vary_headers(response, ["Accept-Encoding"])
    response.headers.setdefault("Cache-Control", CACHE_CONTROL)
    modified = ceil(head.since.timestamp()) if timezone.now() - head.since > SETTLED_AFTER else None
    if modified is not None:
        response["Last-Modified"] = http_date(modified)
    body = response.content
    return CachedPage(
        head=head.name,
        made_at=monotonic(),
        digest=hashlib.sha256(body).hexdigest()[:32],
        body=body,
        headers=dict(response.items()),
        modified=modified,
    )


def _response(request: HttpRequest, page: CachedPage) -> HttpResponse:
    sent = request.META
    variant = page.variant(preferred_encoding(sent.get("HTTP_ACCEPT_ENCODING", "")))
    if is_not_modified(
        variant.etag,
        page.modified,
        none_match=sent.get("HTTP_IF_NONE_MATCH", ""),
        modified_since=sent.get("HTTP_IF_MODIFIED_SINCE", ""),
    ):
        response = HttpResponse(status=304, headers=variant.headers_304)
        del response["Content-Type"]
        return response
    return HttpResponse(variant.body, headers=variant.headers)
