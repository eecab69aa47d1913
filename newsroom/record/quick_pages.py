"""Cached pages without a thread: answered on the server's event loop, however long others wait for the database."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError, connection

from newsroom.audit.head import Head, current_head, known_head
from newsroom.http.rsgi_bridge import Answer
from newsroom.http.rsgi_environ import Environ
from newsroom.record.page_cache import cached_response, is_known_path

PATIENCE = 0.5  # seconds for the head of the record; after that pages of the head known last are sent


class HeadReader:
    """Reads the head in a thread of its own: once at a time, whoever waits for it."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="head")
        self._reading: asyncio.Future[None] | None = None
        self._until = 0.0

    async def head(self) -> Head | None:
        """At most a second old; an older one while the database is silent; None when none is known."""
        head = known_head(fresh=True)
        if head is None:
            await self._read()
            head = known_head(fresh=False)
        return head

    async def _read(self) -> None:
        loop = asyncio.get_running_loop()
        if self._reading is None or self._reading.done():
            self._reading = loop.run_in_executor(self._thread, read_head)
            self._until = loop.time() + PATIENCE
        await asyncio.wait([self._reading], timeout=max(0.0, self._until - loop.time()))


def read_head() -> None:
    """Refresh the cached head; a database that fails leaves it as it is."""
    with suppress(DatabaseError):
        current_head()
    connection.close()


_reader = HeadReader()


async def quick_page(environ: Environ) -> Answer | None:
    """The answer from the page cache; None where there is none."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or not is_known_path(environ["PATH_INFO"]):
        return None
    head = await _reader.head()
    response = cached_response(WSGIRequest(environ), head) if head else None
    if response is None:
        return None
    return Answer(response.status_code, list(response.items()), response.content)
