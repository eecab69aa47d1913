"""Hashing takes at most half of the web server's threads."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.test import Client
from pytest_django import Settings

from newsroom.accounts import password_hashing
from newsroom.accounts.password_hashing import HashingBusy
from newsroom.settings import WEB_THREADS
from tests.support.desk_login import log_in
from tests.support.factories import make_editor

HASHER = "newsroom.accounts.password_hashing.BoundedHasher"


@contextmanager
def all_slots_taken() -> Iterator[None]:
    with ExitStack() as taken:
        for _turn in range(max(1, WEB_THREADS // 2)):
            taken.enter_context(password_hashing._waiting)
        yield


@pytest.fixture(autouse=True)
def hasher(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = [HASHER]


def test_half_of_the_threads_may_hash_and_no_more() -> None:
    with all_slots_taken(), pytest.raises(HashingBusy):
        make_password("a long password")
    assert check_password("a long password", make_password("a long password"))


def test_many_at_once_are_hashed_or_refused() -> None:
    def hashed(_number: int) -> bool:
        try:
            return bool(make_password("a long password"))
        except HashingBusy:
            return False

    with ThreadPoolExecutor(12) as threads:
        done = list(threads.map(hashed, range(12)))
    assert any(done)
    assert make_password("afterwards")


@pytest.mark.django_db
def test_a_log_in_beside_too_many_others_is_asked_to_come_again() -> None:
    editor, client = make_editor(), Client(raise_request_exception=False)
    with all_slots_taken():
        answer = log_in(client, editor)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert "Please try again in a few seconds." in answer.content.decode()
