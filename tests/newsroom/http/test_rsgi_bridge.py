"""Bodies and threads of the bridge, with granian's part played by an object that hands out chunks."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import FileResponse

from newsroom.http import rsgi_bridge
from newsroom.http.rsgi_bridge import BODY_IS_LATE, HOLD_SECONDS, UNAVAILABLE, Answer, Lane, RsgiBridge
from newsroom.http.rsgi_environ import Environ
from tests.newsroom.http.test_rsgi_environ import scope

Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]


class Client:
    """Sends `chunks`, then stalls or is done; keeps what it is answered."""

    def __init__(self, *chunks: bytes, stalls: bool = False) -> None:
        self._chunks = chunks
        self._stalls = stalls
        self.answer: Answer | None = None
        self.parts: list[bytes] = []

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self._chunks:
            yield chunk
        while self._stalls:
            await asyncio.sleep(0.01)
            yield b"x"

    def response_bytes(self, status: int, headers: list[tuple[str, str]], body: bytes) -> None:
        self.answer = Answer(status, headers, body)

    def response_empty(self, status: int, headers: list[tuple[str, str]]) -> None:
        self.answer = Answer(status, headers)

    def response_file(self, status: int, headers: list[tuple[str, str]], file: str) -> None:
        self.answer = Answer(status, headers, f"the file {file}".encode())

    def response_stream(self, status: int, headers: list[tuple[str, str]]) -> Any:
        self.answer = Answer(status, headers)

        async def send_bytes(part: bytes) -> None:
            self.parts.append(part)

        return SimpleNamespace(send_bytes=send_bytes)


def echo(environ: Environ, start_response: Callable[..., Any]) -> list[bytes]:
    start_response("200 OK", [("content-type", "text/plain")])
    return [b"late" if BODY_IS_LATE in environ else environ["wsgi.input"].read()]


def ask(client: Client, application: Application = echo, *, length: int = 0, allowance: int = 1000, **more: Any) -> str:
    """What the client is answered; "" for an answer in parts."""

    async def nothing(_environ: Environ) -> None:
        return None

    async def run() -> None:
        lanes = {"": Lane("test", 1)}
        bridge = RsgiBridge(application, lambda _environ: allowance, nothing, lanes, Lane("overflow", 1))
        headers = [("content-length", str(length))] if length else []
        calls = [bridge(scope(*headers), each) for each in (client, *more.get("others", ()))]
        await asyncio.gather(*calls)

    asyncio.run(run())
    assert client.answer
    return client.answer.body.decode()


def test_a_body_reaches_the_application_whole() -> None:
    assert ask(Client(b"ab", b"c"), length=3) == "abc"
    long = b"x" * (rsgi_bridge.IN_MEMORY + 1)
    assert ask(Client(long), length=len(long), allowance=len(long)) == long.decode()


def test_a_body_that_is_too_long_is_not_waited_for() -> None:
    assert ask(Client(stalls=True), length=1001) == ""


def test_a_body_that_does_not_come_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rsgi_bridge, "BODY_SECONDS", 0.1)
    assert ask(Client(b"x", stalls=True), length=1000) == "late"  # a byte now and then changes nothing


def test_a_body_that_was_cut_off_is_none() -> None:
    assert ask(Client(b"ab"), length=3) == "late"


def test_a_long_body_has_more_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rsgi_bridge, "BODY_SECONDS", 0.0)
    monkeypatch.setattr(rsgi_bridge, "FREE_BYTES", 0)
    long = b"x" * rsgi_bridge.BYTES_PER_SECOND * 60
    assert ask(Client(long, b"y"), length=len(long) + 1, allowance=len(long) + 1) == f"{long.decode()}y"


def test_long_bodies_have_room_for_so_many_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rsgi_bridge, "FREE_BYTES", 10)
    monkeypatch.setattr(rsgi_bridge, "MOST_BYTES", 50)
    monkeypatch.setattr(rsgi_bridge, "BODY_SECONDS", 0.2)

    def application(environ: Environ, start_response: Callable[..., Any]) -> list[bytes]:
        start_response("200 OK", [])
        return [b"no room" if UNAVAILABLE in environ else b"late" if BODY_IS_LATE in environ else b"whole"]

    stalled, second, third = Client(stalls=True), Client(b"x" * 30), Client(b"x" * 20)
    assert ask(stalled, application, length=30, others=(second,)) == "late"
    assert second.answer
    assert second.answer.body == b"no room"
    assert ask(third, application, length=20) == "whole"

    async def nothing(_environ: Environ) -> None:
        return None

    async def one_after_another() -> list[bytes]:
        bridge = RsgiBridge(application, lambda _environ: 50, nothing, {"": Lane("test", 1)}, Lane("overflow", 1))
        told = []
        for _turn in range(3):
            client = Client(b"x" * 50)
            await bridge(scope(("content-length", "50")), client)
            assert client.answer
            told.append(client.answer.body)
        return told

    assert asyncio.run(one_after_another()) == [b"whole"] * 3


@pytest.mark.parametrize(("status", "told"), [("200 OK", "the file {}"), ("206 Partial Content", "a picture")])
def test_a_whole_file_is_left_to_the_server_and_closed(tmp_path: Path, status: str, told: str) -> None:
    (tmp_path / "x.png").write_bytes(b"a picture")
    response = FileResponse((tmp_path / "x.png").open("rb"))

    def application(_environ: Environ, start_response: Callable[..., Any]) -> Any:
        start_response(status, list(response.items()))
        return response

    assert ask(Client(), application) == told.format(tmp_path / "x.png")
    assert response.file_to_stream is not None
    assert response.file_to_stream.closed


def test_who_finds_no_thread_free_is_answered_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rsgi_bridge, "QUEUE_SECONDS", 0.05)
    refused = threading.Event()

    def application(environ: Environ, start_response: Callable[..., Any]) -> list[bytes]:
        start_response("200 OK", [])
        if UNAVAILABLE in environ:
            refused.set()
            return [b"busy"]
        assert refused.wait(30)
        return [b"at last"]

    other = Client()
    assert ask(Client(), application, others=[other]) == "at last"
    assert other.answer
    assert other.answer.body == b"busy"


def test_an_answer_that_is_held_keeps_no_thread() -> None:
    answered = threading.Event()

    def application(environ: Environ, start_response: Callable[..., Any]) -> list[bytes]:
        start_response("429 Too Many Requests", [])
        environ[HOLD_SECONDS] = 0.05
        answered.set()
        return [b"wait"]

    assert ask(Client(), application, others=[Client()]) == "wait"


def test_a_long_answer_goes_out_in_parts_and_is_closed() -> None:
    class Parts(list[bytes]):
        streaming = True
        closed = False

        def close(self) -> None:
            Parts.closed = True

    def application(_environ: Environ, start_response: Callable[..., Any]) -> list[bytes]:
        start_response("200 OK", [("content-type", "text/csv")])
        return Parts([b"a", b"b"])

    client = Client()
    ask(client, application)
    assert client.parts == [b"a", b"b"]
    assert Parts.closed


def test_an_answer_without_a_body_has_none() -> None:
    def application(_environ: Environ, start_response: Callable[..., Any]) -> list[bytes]:
        start_response("304 Not Modified", [("etag", '"x"')])
        return [b""]

    client = Client()
    assert ask(client, application) == ""
    assert client.answer == Answer(304, [("etag", '"x"')])
