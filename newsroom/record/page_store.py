"""Rendered pages in memory: LRU, bounded in number and bytes, each compressed on first use."""

import re
import threading
from collections import OrderedDict
from dataclasses import dataclass, field
from time import monotonic

from newsroom.http.negotiation import Encoding, encode

Key = tuple[bool, str, tuple[str | None, ...]]

MAX_PAGES = 512
MAX_BYTES = 64 * 1024 * 1024
MAX_PATHS = 4096
# Upper bound on staleness for changes that do not move the head (manual SQL, daily figures).
MAX_AGE = 60.0
# A 304 repeats the headers that caches must update, without those that describe the body.
NOT_IN_304 = ("Content-Type", "Content-Length", "Content-Encoding", "Content-Language")


@dataclass(frozen=True, slots=True)
class EncodedPage:
    """A page in one content encoding."""

    etag: str
    body: bytes
    headers: dict[str, str]
    headers_304: dict[str, str]


@dataclass(frozen=True, slots=True)
class CachedPage:
    """A response after all middleware, and the head of the record at which it was made."""

    head: str
    made_at: float
    digest: str
    body: bytes
    headers: dict[str, str]
    modified: int | None = None
    variants: dict[Encoding, EncodedPage] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes in memory; the factor allows for compressed variants."""
        return 2 * len(self.body)

    def variant(self, encoding: Encoding) -> EncodedPage:
        """Encoded on first use; threads that race produce the same bytes."""
        if encoding not in self.variants:
            self.variants[encoding] = self._make_variant(encoding)
        return self.variants[encoding]

    def _make_variant(self, encoding: Encoding) -> EncodedPage:
        body = encode(self.body, encoding)
        etag = f'"{self.digest}-{encoding}"' if encoding else f'"{self.digest}"'
        headers = {**self.headers, "ETag": etag, "Content-Length": str(len(body))}
        if encoding:
            headers["Content-Encoding"] = encoding
        headers_304 = {name: value for name, value in headers.items() if name not in NOT_IN_304}
        return EncodedPage(etag=etag, body=body, headers=headers, headers_304=headers_304)


@dataclass(frozen=True, slots=True)
class PathInfo:
    """What decides about the pages of a path.

    `parameters`: names in the query, each with the pattern that its value has to match to count, or None for any.
    `negotiates_time`: whether Accept-Datetime (Memento) chooses the revision.
    """

    parameters: tuple[tuple[str, re.Pattern[str] | None], ...] = ()
    negotiates_time: bool = False


class PageCache:
    """LRU cache of pages, bounded in number and bytes; thread-safe."""

    def __init__(self, *, max_pages: int = MAX_PAGES, max_bytes: int = MAX_BYTES) -> None:
        self._max_pages = max_pages
        self._max_bytes = max_bytes
        self._pages: OrderedDict[Key, CachedPage] = OrderedDict()
        self._paths: dict[str, PathInfo] = {}
        self._bytes = 0
        self._lock = threading.Lock()

    def path_info(self, path: str) -> PathInfo | None:
        """None where no page of this path was put in."""
        return self._paths.get(path)

    def get(self, key: Key, head: str) -> CachedPage | None:
        with self._lock:
            page = self._pages.get(key)
            if page is None or page.head != head or monotonic() - page.made_at > MAX_AGE:
                return None
            self._pages.move_to_end(key)
            return page

    def put(self, key: Key, page: CachedPage, info: PathInfo) -> None:
        with self._lock:
            if len(self._paths) >= MAX_PATHS:
                self._paths.clear()
            self._paths[key[1]] = info
            replaced = self._pages.pop(key, None)
            self._bytes += page.size - (replaced.size if replaced else 0)
            self._pages[key] = page
            while len(self._pages) > self._max_pages or self._bytes > self._max_bytes:
                self._bytes -= self._pages.popitem(last=False)[1].size

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._paths.clear()
            self._bytes = 0

    def __len__(self) -> int:
        return len(self._pages)
