"""Page cache: rendered public pages in memory, compressed, valid while the audit record's head is unchanged."""

import hashlib
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
from newsroom.record.page_store import CachedPage, Key, PageCache

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
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

    parameters: tuple[str, ...]
    head: Head


pages = PageCache()


def cached_page(*parameters: str) -> Callable[[View[P]], View[P]]:
    """Decorate a view whose pages the middleware may answer from memory, for GET and HEAD, while the head is unchanged.

    The view may depend only on the path, these query parameters and Accept-Datetime; not on the host, cookies or other
    headers. Only responses of status 200 are cached.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            # The head before rendering: a page made while it moves is not reused.
            head: Head = getattr(request, CACHE_ATTRIBUTE, None) or current_head()
            response = view(request, *args, **kwargs)
            setattr(response, CACHE_ATTRIBUTE, CacheInfo(parameters, head))
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
        page = _make_page(response, mark.head)
        if not _negotiates_time(request):
            pages.put(_key(request, mark.parameters), page, mark.parameters)
        return _response(request, page)

    return answer


def is_known_path(path: str) -> bool:
    """Whether a page of this path was put into the cache."""
    return pages.parameters(path) is not None


def cached_response(request: HttpRequest, head: Head) -> HttpResponse | None:
    """The response from memory if it was made at this head; never asks the database."""
    parameters = pages.parameters(request.path)
    if parameters is None or _negotiates_time(request) or not _has_allowed_host(request):
        return None
    page = pages.get(_key(request, parameters), head.name)
    return _response(request, page) if page else None


def _negotiates_time(request: HttpRequest) -> bool:
    """Accept-Datetime (Memento): the view chooses the revision."""
    return "HTTP_ACCEPT_DATETIME" in request.META


def _has_allowed_host(request: HttpRequest) -> bool:
    """Whether Host is in ALLOWED_HOSTS; for others Django answers 400."""
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return True


def _key(request: HttpRequest, parameters: tuple[str, ...]) -> Key:
    values: tuple[str | None, ...] = ()
    if parameters and request.META.get("QUERY_STRING"):
        values = tuple(request.GET.get(name) for name in parameters)
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
