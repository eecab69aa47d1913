"""A receiver on this machine, and the leave to send to it."""

from collections.abc import Iterator
from typing import Any

import pytest

import newsroom.celery  # noqa: F401  # gives the tasks their broker
from tests.support.webhook_receiver import Receiver, receiving


@pytest.fixture
def local_receivers(settings: Any) -> None:
    settings.WEBHOOK_ALLOW = ["127.0.0.1"]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver
