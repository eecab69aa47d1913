"""Keeps rendered public pages, compressed, for as long as the public record stands where it stood."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
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
from newsroom.http.negotiation import Encoding, encode, has_page, preferred_encoding

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
GetResponse = Callable[[HttpRequest], HttpResponseBase]
Key = tuple[bool, str, tuple[str | None, ...]]

MAX_PAGES = 512
MAX_BYTES = 64 * 1024 * 1024
MAX_PATHS = 4096
# What nobody tells of, such as a row changed by hand or figures that go by the day, shows after this many seconds.
MAX_AGE = 60.0
# Shared caches may answer for ten seconds, and for ten more while they ask. A browser asks each time, which costs a
# 304: an editor who has just published, and a reader who comes back to see it, must not meet the old words there.
CACHE_CONTROL = "public, max-age=0, s-maxage=10, stale-while-revalidate=10"
# Processes may show two states within the seconds that both bear, so that a date tells them apart only later.
SETTLED_AFTER = timedelta(seconds=5)
NOT_KEPT = ("no-store", "no-cache", "private")
# A 304 repeats what a cache has to learn anew, and says nothing of the bytes it does not send.
NOT_IN_304 = ("Content-Type", "Content-Length", "Content-Encoding", "Content-Language")
MARK = "kept_as_page"


@dataclass(frozen=True, slots=True)
class Mark:
    """What the decorator tells the middleware of a response that may be kept."""

    parameters: tuple[str, ...]
    head: Head


@dataclass(frozen=True, slots=True)
class Variant:
    """A page in one encoding, as it goes over the wire."""

    etag: str
    body: bytes
    headers: dict[str, str]
    headers_304: dict[str, str]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as all middleware left it, and the head of the record it was made from."""

    head: str
    made_at: float
    digest: str
    body: bytes
    headers: dict[str, str]
    modified: int | None = None
    variants: dict[Encoding, Variant] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """In bytes, its variants allowed for: text that is compressed twice takes less than the text itself."""
        return 2 * len(self.body)

    def variant(self, encoding: Encoding) -> Variant:
        """Made when it is first asked for; two threads at once make the same bytes."""
        if encoding not in self.variants:
            self.variants[encoding] = self._make_variant(encoding)
        return self.variants[encoding]

    def _make_variant(self, encoding: Encoding) -> Variant:
        body = encode(self.body, encoding)
        etag = f'"{self.digest}-{encoding}"' if encoding else f'"{self.digest}"'
        headers = {**self.headers, "ETag": etag, "Content-Length": str(len(body))}
        if encoding:
            headers["Content-Encoding"] = encoding
        headers_304 = {name: value for name, value in headers.items() if name not in NOT_IN_304}
        return Variant(etag=etag, body=body, headers=headers, headers_304=headers_304)


class PageCache:
    """The pages used last, bounded in number and in bytes; safe for threads."""

    def __init__(self, *, max_pages: int = MAX_PAGES, max_bytes: int = MAX_BYTES) -> None:
        self._max_pages = max_pages
        self._max_bytes = max_bytes
        self._pages: OrderedDict[Key, Rendered] = OrderedDict()
        self._parameters: dict[str, tuple[str, ...]] = {}
        self._bytes = 0
        self._lock = threading.Lock()

    def parameters(self, path: str) -> tuple[str, ...] | None:
        """The query parameters that the page at this path reads; None where no page of it was kept."""
        return self._parameters.get(path)

    def get(self, key: Key, head: str) -> Rendered | None:
        with self._lock:
            page = self._pages.get(key)
            if page is None or page.head != head or monotonic() - page.made_at > MAX_AGE:
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: Key, page: Rendered, parameters: tuple[str, ...]) -> None:
        with self._lock:
            if len(self._parameters) >= MAX_PATHS:
                self._parameters.clear()
            self._parameters[key[1]] = parameters
            replaced = self._pages.pop(key, None)
            self._bytes += page.size - (replaced.size if replaced else 0)
            self._pages[key] = page
            while len(self._pages) > self._max_pages or self._bytes > self._max_bytes:
                self._bytes -= self._pages.popitem(last=False)[1].size

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._parameters.clear()
            self._bytes = 0

    def __len__(self) -> int:
        return len(self._pages)


pages = PageCache()


def cached_page(*parameters: str) -> Callable[[View[P]], View[P]]:
    """Let `keep_pages` answer GET and HEAD from memory while the record's head is the same.

    The view must read nothing of the request but its path, these query parameters and Accept-Datetime: the host,
    cookies and every other header are the same to it. Only answers of 200 are kept.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            # As it stood before rendering: a page made while the head moves is made again.
            head: Head = getattr(request, MARK, None) or current_head()
            response = view(request, *args, **kwargs)
            setattr(response, MARK, Mark(parameters, head))
            return response

        return answer

    return decorate


def keep_pages(get_response: GetResponse) -> GetResponse:
    """The outermost middleware: a page that is kept costs no other, and bears the headers that the others gave it."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        page = _found(request)
        if page is None:
            response = get_response(request)
            mark: Mark | None = getattr(response, MARK, None)
            if mark is None or not isinstance(response, HttpResponse) or not _may_keep(response):
                return response
            page = _rendered(response, mark.head)
            if not _negotiates_time(request):
                pages.put(_key(request, mark.parameters), page, mark.parameters)
        return _response(request, page)

    return answer


def _found(request: HttpRequest) -> Rendered | None:
    parameters = pages.parameters(request.path)
    if parameters is None or _negotiates_time(request) or not _is_ours(request):
        return None
    head = current_head()
    setattr(request, MARK, head)  # once for each request is enough
    return pages.get(_key(request, parameters), head.name)


def _negotiates_time(request: HttpRequest) -> bool:
    """Memento's header: the view decides which revision it means."""
    return "HTTP_ACCEPT_DATETIME" in request.META


def _is_ours(request: HttpRequest) -> bool:
    """Whether the Host is one of this site's; Django refuses any other, further in."""
    try:
        request.get_host()
    except DisallowedHost:
        return False
    return True


def _key(request: HttpRequest, parameters: tuple[str, ...]) -> Key:
    values: tuple[str | None, ...] = ()
    if parameters and request.META.get("QUERY_STRING"):
        values = tuple(request.GET.get(name) for name in parameters)
    return request.is_secure(), request.path, values  # over TLS an answer bears one header more


def _may_keep(response: HttpResponse) -> bool:
    control = response.get("Cache-Control", "")
    personal = response.cookies or has_vary_header(response, "Cookie") or any(word in control for word in NOT_KEPT)
    return response.status_code == 200 and not personal


def _rendered(response: HttpResponse, head: Head) -> Rendered:
    patch_vary_headers(response, ["Accept-Encoding"])
    response.headers.setdefault("Cache-Control", CACHE_CONTROL)
    modified = ceil(head.since.timestamp()) if timezone.now() - head.since > SETTLED_AFTER else None
    if modified is not None:
        response["Last-Modified"] = http_date(modified)
    body = response.content
    return Rendered(
        head=head.name,
        made_at=monotonic(),
        digest=hashlib.sha256(body).hexdigest()[:32],
        body=body,
        headers=dict(response.items()),
        modified=modified,
    )


def _response(request: HttpRequest, page: Rendered) -> HttpResponse:
    sent = request.META
    variant = page.variant(preferred_encoding(sent.get("HTTP_ACCEPT_ENCODING", "")))
    if has_page(
        variant.etag,
        page.modified,
        none_match=sent.get("HTTP_IF_NONE_MATCH", ""),
        modified_since=sent.get("HTTP_IF_MODIFIED_SINCE", ""),
    ):
        response = HttpResponse(status=304, headers=variant.headers_304)
        del response["Content-Type"]
        return response
    return HttpResponse(variant.body, headers=variant.headers)
