"""Celery's transport over Redis, which outlives what is no message in its own queues.

Kombu and Celery raise what they cannot read out of the worker's main loop, and the worker ends: ten such rows are ten
restarts.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from celery import current_app
from kombu.exceptions import ContentDisallowed, DecodeError
from kombu.transport import redis
from kombu.transport.virtual import Message
from redis.exceptions import DataError

logger = logging.getLogger(__name__)
# What reading and storing raise for anything that is no message.
UNREADABLE = (
    *(ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError),
    *(DataError, DecodeError, ContentDisallowed),
)
# Celery looks at these late, outside any `try` of its own.
TYPES = {"task": str, "id": str, "retries": int, "timelimit": list, "eta": str | None, "expires": str | None}


def check_message(message: Message) -> None:
    """Raise one of UNREADABLE unless this is a task of ours, with none to follow it."""
    for name, expected in TYPES.items():
        if not isinstance(message.headers[name], expected):
            raise TypeError(name)
    if message.headers["task"] not in current_app.tasks:
        raise LookupError("task")
    for time in (message.headers["eta"], message.headers["expires"]):
        if time is not None:
            datetime.fromisoformat(time)
    for seconds in message.headers["timelimit"]:
        if not isinstance(seconds, int | float | None):
            raise TypeError("timelimit")
    arguments, options, further = message.payload
    if not isinstance(arguments, list) or not isinstance(options, dict) or any(further.values()):
        raise TypeError("body")


def _log_dropped(error: Exception) -> None:
    # Not its text: that repeats the message, which may be long.
    logger.error("dropped what is no message of ours from the queue (%s)", type(error).__name__)


class _QoS(redis.QoS):
    def restore_by_tag(self, tag: Any, client: Any = None, leftmost: bool = False) -> None:
        """Queue a message again that a worker left behind."""
        try:
            super().restore_by_tag(tag, client, leftmost)
        except UNREADABLE as error:
            _log_dropped(error)
            self._remove_from_indices(tag).execute()  # type: ignore[attr-defined]  # the stubs leave it out


class _Channel(redis.Channel):
    QoS = _QoS

    def _brpop_read(self, **options: Any) -> bool:
        try:
            return bool(super()._brpop_read(**options))  # type: ignore[misc]  # the same
        except UNREADABLE as error:
            _log_dropped(error)
            return True

    def basic_consume(  # type: ignore[override]  # the names of the arguments differ
        self, queue: str, no_ack: bool, callback: Callable[[Message], Any], *args: Any, **more: Any
    ) -> str:
        def hand_over(message: Message) -> None:
            try:
                if not no_ack:  # remote control, whose messages have another shape and cannot be refused
                    check_message(message)
                callback(message)
            except UNREADABLE:
                if not no_ack and not message.acknowledged:
                    message.reject()  # else it would come again and again
                raise

        return str(super().basic_consume(queue, no_ack, hand_over, *args, **more))


class Transport(redis.Transport):
    """Put in the place of Kombu's own by newsroom.celery."""

    Channel = _Channel
