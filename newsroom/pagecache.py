"""Keeps rendered public pages in memory for as long as the public record stands where it stood."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from time import monotonic
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.http import parse_etags

from newsroom.head import current_head

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
Key = tuple[str, tuple[str | None, ...]]

MAX_PAGES = 512
MAX_BYTES = 64 * 1024 * 1024
# What no Act tells of, such as an article's section or an editor's public name, shows after this many seconds.
MAX_AGE = 60.0
# Shared caches may answer for ten seconds. A browser asks each time, which costs a 304: an editor who has just
# published, and a reader who comes back to see it, must not meet the old words in their own browser.
CACHE_CONTROL = "public, max-age=0, s-maxage=10, must-revalidate"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as it was answered, and the head of the record it was made from."""

    head: str
    made_at: float
    etag: str
    body: bytes
    headers: dict[str, str]


class PageCache:
    """The pages used last, bounded in number and in bytes; safe for threads."""

    def __init__(self, *, max_pages: int = MAX_PAGES, max_bytes: int = MAX_BYTES) -> None:
        self._max_pages = max_pages
        self._max_bytes = max_bytes
        self._pages: OrderedDict[Key, Rendered] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: Key, head: str) -> Rendered | None:
        with self._lock:
            page = self._pages.get(key)
            if page is None or page.head != head or monotonic() - page.made_at > MAX_AGE:
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: Key, page: Rendered) -> None:
        with self._lock:
            replaced = self._pages.pop(key, None)
            self._bytes += len(page.body) - (len(replaced.body) if replaced else 0)
            self._pages[key] = page
            while len(self._pages) > self._max_pages or self._bytes > self._max_bytes:
                self._bytes -= len(self._pages.popitem(last=False)[1].body)

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._bytes = 0

    def __len__(self) -> int:
        return len(self._pages)


pages = PageCache()


def cached_page(*parameters: str) -> Callable[[View[P]], View[P]]:
    """Answer GET and HEAD from memory while the record's head is the same, and with 304 whoever has the page.

    The view must read nothing of the request but its path and these query parameters: the host, cookies and every
    other header are the same to it. Only answers of 200 are kept.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method not in ("GET", "HEAD"):
                return view(request, *args, **kwargs)
            key = (request.path, _values(request, parameters))
            head = current_head()  # before rendering: a page made while the head moves is made again
            page = pages.get(key, head)
            if page is None:
                response = view(request, *args, **kwargs)
                if response.status_code != 200:
                    return response
                page = _rendered(response, head)
                pages.put(key, page)
            return _response(request, page)

        return answer

    return decorate


def _values(request: HttpRequest, parameters: tuple[str, ...]) -> tuple[str | None, ...]:
    if not parameters or not request.META.get("QUERY_STRING"):
        return ()
    return tuple(request.GET.get(name) for name in parameters)


def _rendered(response: HttpResponse, head: str) -> Rendered:
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    headers = {**dict(response.items()), "ETag": etag, "Cache-Control": CACHE_CONTROL}
    return Rendered(head=head, made_at=monotonic(), etag=etag, body=response.content, headers=headers)


def _response(request: HttpRequest, page: Rendered) -> HttpResponse:
    asked = request.META.get("HTTP_IF_NONE_MATCH")
    if asked and _matches(asked, page.etag):
        return HttpResponseNotModified(headers={"ETag": page.etag, "Cache-Control": CACHE_CONTROL})
    return HttpResponse(page.body, headers=page.headers)


def _matches(asked: str, etag: str) -> bool:
    """By weak comparison, as If-None-Match is defined: a proxy that compresses makes a strong tag weak."""
    return asked == etag or any(tag == "*" or tag.removeprefix("W/") == etag for tag in parse_etags(asked))
