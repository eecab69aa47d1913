"""A name server that a test scripts."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from ipaddress import ip_address
from threading import Event
from typing import Any

import pytest


def names(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """A name server that gives each of `answers` once, in turn; returns the names it was asked for."""
    asked, left = list[str](), list(answers)

    def getaddrinfo(host: str, port: int, *args: Any, **more: Any) -> list[Any]:
        try:
            ip_address(host)
            address = host
        except ValueError:
            asked.append(host)
            address = left.pop(0)
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


@contextmanager
def hanging_names(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """A name server that answers nothing until the event is set, at the end at the latest."""
    end = Event()

    def getaddrinfo(host: str, port: int, *args: Any, **more: Any) -> list[Any]:
        end.wait()
        raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    try:
        yield end
    finally:
        end.set()
