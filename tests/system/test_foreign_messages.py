"""What is no message, in Corrigenda's own queues in Redis."""

import json
from collections.abc import Mapping

import redis

from corrections.models import Suggestion
from newsroom.operations.environment import BROKER_PREFIX, redis_client_url
from tests.conftest import Broker
from tests.support.factories import make_article
from tests.support.processes import Processes
from tests.support.suggestion_factories import make_suggestion
from tests.support.waiting import wait_until

HEADERS = {
    "task": "corrections.tasks.dispatch",
    "id": "1",
    "retries": 0,
    "timelimit": [None, None],
    "eta": None,
    "expires": None,
}
PROPERTIES = {
    "delivery_tag": "t",
    "body_encoding": "base64",
    "delivery_mode": 2,
    "priority": 0,
    "delivery_info": {"exchange": "", "routing_key": "work"},
}
MESSAGE = {
    "body": "W1tdLHt9LHt9XQ==",
    "content-type": "application/json",
    "content-encoding": "utf-8",
    "headers": HEADERS,
    "properties": PROPERTIES,
}
NO_JSON = (b"no message at all", b"\xff\xfe", b"", b"12", b"null", b"[]", b"{}", b"[" * 9_000, b"9" * 9_000)
ODD_JSON = ('{"__type__": "decimal", "__value__": "x"}', '{"__type__": "nobody", "__value__": "x"}')
ODD_PARTS: tuple[Mapping[str, object], ...] = (
    *({"headers": None}, {"headers": {}}, {"headers": "x"}, {"headers": [1]}, {"properties": None}),
    *({"body": "%%%"}, {"body": 7}, {"body": None}, {"body": "W10="}, {"body": "W1tdLHt9LHsiY2hhaW4iOiBbMV19XQ=="}),
    *({"content-type": "application/x-python-serialize"},),
)
ODD_HEADERS: tuple[Mapping[str, object], ...] = (
    *({"task": []}, {"task": "theirs"}, {"id": {}}, {"id": None}, {"retries": "many"}),
    *({"eta": {}}, {"eta": "x"}, {"expires": "never"}, {"timelimit": 7}, {"timelimit": ["x", "y"]}),
)
ODD_PROPERTIES: tuple[Mapping[str, object], ...] = (
    *({"delivery_info": None}, {"delivery_info": {}}, {"delivery_tag": []}, {"delivery_tag": None}),
    *({"body_encoding": "x"}, {"body_encoding": []}),
)
GARBAGE = (
    *NO_JSON,
    *(text.encode() for text in ODD_JSON),
    *(json.dumps({**MESSAGE, **odd}).encode() for odd in ODD_PARTS),
    *(json.dumps({**MESSAGE, "headers": {**HEADERS, **odd}}).encode() for odd in ODD_HEADERS),
    *(json.dumps({**MESSAGE, "properties": {**PROPERTIES, **odd}}).encode() for odd in ODD_PROPERTIES),
)


def test_what_is_no_message_in_our_own_queues_is_dropped_and_the_worker_lives_on(
    processes: Processes, broker: Broker
) -> None:
    queues = [f"{BROKER_PREFIX}{name}" for name in ("work", "clock", "decisions")]
    with redis.Redis.from_url(redis_client_url(broker.url)) as client:
        for queue in queues:
            client.rpush(queue, *GARBAGE)
        client.hset(f"{BROKER_PREFIX}unacked", mapping={"lost": "no message"})
        client.zadd(f"{BROKER_PREFIX}unacked_index", {"lost": 1})
        worker = processes.worker()
        wait_until(lambda: not any(client.llen(queue) for queue in queues), seconds=60)
        wait_until(lambda: not client.hexists(f"{BROKER_PREFIX}unacked", "lost"), seconds=60)
        processes.beat()
        suggestion = make_suggestion(make_article())
        wait_until(lambda: Suggestion.objects.get(pk=suggestion.pk).status == "triaged", seconds=60)
    assert not worker.ended()
    printed = worker.log.read_text().splitlines() if worker.log else []
    assert {line.partition(" (")[0][9:] for line in printed} == {
        "ERROR newsroom.transport: dropped what is no message of ours from the queue"
    }
    assert len(printed) == len(GARBAGE) * len(queues) + 1
