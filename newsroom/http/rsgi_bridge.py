"""Bridge from granian's RSGI to a WSGI application: header names as spelled, bodies read before a thread works.

RSGI, because granian's WSGI folds `X_Forwarded_For` into `X-Forwarded-For` and lets a thread wait for a body.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Protocol

from newsroom.http.rsgi_environ import Environ, declared_length, make_environ

BODY_SECONDS = 10.0  # for the whole body …
FREE_BYTES = 128 * 1024  # … of a reader; what is longer gets a second more …
BYTES_PER_SECOND = 32 * 1024  # … for each of these that came
MOST_BYTES = 96 * 1024 * 1024  # of longer bodies at a time, by whomever, so that they fill no disk
IN_MEMORY = 16 * 1024  # bytes of a body; the rest lies in a temporary file
ANSWER_SECONDS = 4.4  # from the whole request to an answer, if only that the site is busy
QUEUE_SECONDS = 4.0  # of these for a thread; the rest is for the database
CHUNK_SECONDS = 10.0  # until a client must have taken a part of a streamed answer
BODY_IS_LATE = "corrigenda.body_is_late"  # set in the environ: no body came in time
UNAVAILABLE = "corrigenda.unavailable"  # set in the environ: no thread, or no room for the body; answer 503
WAITED_SECONDS = "corrigenda.waited_seconds"  # set in the environ: for a thread
HOLD_SECONDS = "corrigenda.hold_seconds"  # set in the environ by the application: answer later, and keep no thread
NO_BODY = (204, 304)

Headers = list[tuple[str, str]]
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: Headers
    body: bytes = b""


SERVER_ERROR = Answer(500, [("content-type", "text/plain"), ("cache-control", "no-store")])


class NoThread(Exception):
    """All threads of a lane stayed busy."""


Work = Callable[[], Answer | None]
Quick = Callable[[Environ], Awaitable[Answer | None]]
Allowance = Callable[[Environ], int]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class HttpProtocol(Protocol):
    """What is used of granian's RSGIHTTPProtocol."""

    def __aiter__(self) -> Any: ...
    def response_empty(self, status: int, headers: Headers) -> None: ...
    def response_bytes(self, status: int, headers: Headers, body: bytes) -> None: ...
    def response_file(self, status: int, headers: Headers, file: str) -> None: ...
    def response_stream(self, status: int, headers: Headers) -> Any: ...


class Lane:
    """Threads for some addresses, so that these do not wait behind the others."""

    def __init__(self, name: str, threads: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._free = asyncio.Semaphore(threads)

    async def run(self, work: Work, *, patience: float | None) -> Answer | None:
        """The result of `work` in a thread. Raises NoThread when none becomes free in time."""
        if not self._free.locked():
            await self._free.acquire()
        else:
            try:
                async with asyncio.timeout(patience):
                    await self._free.acquire()
            except TimeoutError:
                raise NoThread from None
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._free.release()


class Room:
    """A number of bytes that requests share."""

    def __init__(self, size: int) -> None:
        self._free = size

    @contextmanager
    def taken(self, size: int) -> Iterator[bool]:
        """Whether there was room; it is given back at the end."""
        held = size if size <= self._free else 0
        self._free -= held
        try:
            yield held == size
        finally:
            self._free += held


@dataclass(frozen=True, slots=True)
class RsgiBridge:
    """The RSGI application.

    `allowance` tells from an environ how many bytes of body are waited for; `quick` may answer without a thread;
    `lanes` are looked up by the first part of the path, "" is for all others; in `overflow` those are refused for whom
    no thread became free.
    """

    application: Application
    allowance: Allowance
    quick: Quick
    lanes: Mapping[str, Lane]
    overflow: Lane
    long_bodies: "Room" = field(default_factory=lambda: Room(MOST_BYTES))

    async def __call__(self, scope: Any, protocol: HttpProtocol) -> None:
        environ = make_environ(scope)
        with self.long_bodies.taken(self._long_bytes(environ)) as has_room:
            if not has_room:
                environ[UNAVAILABLE], environ["CONTENT_LENGTH"] = True, ""
            await self._serve(environ, protocol)

    def _long_bytes(self, environ: Environ) -> int:
        length = declared_length(environ)
        return length if FREE_BYTES < length <= self.allowance(environ) else 0

    async def _serve(self, environ: Environ, protocol: HttpProtocol) -> None:
        if declared_length(environ):
            await self._read_body(environ, protocol)
        elif UNAVAILABLE not in environ and (answer := await self.quick(environ)):
            send(answer, protocol)
            return
        loop = asyncio.get_running_loop()
        lane = self.lanes.get(environ["PATH_INFO"].lstrip("/").partition("/")[0], self.lanes[""])
        work = partial(self._answer, environ, protocol, loop, since=loop.time())
        try:
            held = await lane.run(work, patience=QUEUE_SECONDS)
        except NoThread:
            environ[UNAVAILABLE] = True
            held = await self.overflow.run(work, patience=None)
        except Exception:  # here, for the server would print it past the filter of our log
            logger.exception("%s could not be answered", environ["PATH_INFO"])
            held = SERVER_ERROR
        if held:
            await asyncio.sleep(environ.get(HOLD_SECONDS, 0))
            send(held, protocol)

    async def _read_body(self, environ: Environ, protocol: HttpProtocol) -> None:
        """Put the body into the environ. A body that the application refuses by its headers is not waited for."""
        if declared_length(environ) > self.allowance(environ):
            return
        body: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # closed with the answer
        try:
            await receive(protocol, body, declared_length(environ))
        except (TimeoutError, RuntimeError, OSError) as error:  # a TimeoutError is an OSError
            late = isinstance(error, TimeoutError | RuntimeError)  # not in time, or closed by the client
            environ[BODY_IS_LATE if late else UNAVAILABLE] = True
            environ["CONTENT_LENGTH"] = ""
            body.close()
            return
        body.seek(0)
        environ["wsgi.input"] = body

    def _answer(
        self, environ: Environ, protocol: HttpProtocol, loop: asyncio.AbstractEventLoop, *, since: float
    ) -> Answer | None:
        """In a thread: send the application's answer, or return it when it is to be held."""
        environ[WAITED_SECONDS] = loop.time() - since
        head = list[Answer]()

        def start_response(status: str, headers: Headers, *_exception: Any) -> None:
            head.append(Answer(int(status[:3]), headers))

        with closing(environ["wsgi.input"]):
            parts = self.application(environ, start_response)
            try:
                answer = head[0]
                if path := path_of(answer, parts):
                    protocol.response_file(answer.status, answer.headers, path)
                    return None
                if getattr(parts, "streaming", False) and not has_length(answer):
                    stream(answer, parts, protocol, loop)
                    return None
                answer = Answer(answer.status, answer.headers, b"".join(parts))
            finally:
                if close := getattr(parts, "close", None):
                    close()  # Django gives its database connection back
        if HOLD_SECONDS in environ:
            return answer
        send(answer, protocol)
        return None


def path_of(answer: Answer, parts: Iterable[bytes]) -> str:
    """The path of a whole file, which the server reads as its client takes it: slow ones would pile it up in memory."""
    name = getattr(getattr(parts, "file_to_stream", None), "name", "")
    return name if answer.status == 200 and isinstance(name, str) else ""


def has_length(answer: Answer) -> bool:
    return any(name.lower() == "content-length" for name, _value in answer.headers)


async def receive(protocol: HttpProtocol, body: IO[bytes], length: int) -> None:
    """Write the request's body into `body`. Raises TimeoutError, and granian's RuntimeErrors when the client goes."""
    loop = asyncio.get_running_loop()
    started, received = loop.time(), 0
    async with asyncio.timeout(BODY_SECONDS) as limit:
        async for chunk in protocol:
            body.write(chunk)
            received += len(chunk)
            limit.reschedule(started + BODY_SECONDS + max(0, received - FREE_BYTES) / BYTES_PER_SECOND)
    if received < length:
        raise TimeoutError


def send(answer: Answer, protocol: HttpProtocol) -> None:
    if answer.status in NO_BODY:
        protocol.response_empty(answer.status, answer.headers)
    else:
        protocol.response_bytes(answer.status, answer.headers, answer.body)


def stream(answer: Answer, parts: Iterable[bytes], protocol: HttpProtocol, loop: asyncio.AbstractEventLoop) -> None:
    """Send part by part; a client that does not take one in time is left."""
    transport = protocol.response_stream(answer.status, answer.headers)

    async def send_part(part: bytes) -> None:
        async with asyncio.timeout(CHUNK_SECONDS):
            await transport.send_bytes(part)

    try:
        for part in parts:
            asyncio.run_coroutine_threadsafe(send_part(part), loop).result()
    except (TimeoutError, RuntimeError):
        logger.info("a client did not take the whole of a long answer")
