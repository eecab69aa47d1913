"""Every address with a token is made to fail: none of them stands in the log, a mail, or the metrics."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import URLResolver, get_resolver
from pytest_django import Settings

from corrections.contacts.addresses import contact_for
from corrections.contacts.followers import following_token, unfollowing_token
from corrections.contacts.hashed_mailboxes import confirmation_token, unsubscribe_token
from corrections.suggestions.status_tokens import status_token
from newsroom.accounts.password_links import make_link
from newsroom.operations.logging_settings import HIDDEN, TokenFilter
from tests.support.factories import make_article, make_editor
from tests.support.followers import ask_to_follow
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r"<(?:str:)?token>|\{token\}")


def addresses(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    """Those of the site that hold a token."""
    for part in resolver.url_patterns:
        path = prefix + str(part.pattern)
        if isinstance(part, URLResolver):
            yield from addresses(part, path)
        elif TOKEN.search(path):
            yield f"/{path}"


@contextmanager
def log() -> Iterator[StringIO]:
    """What the site's own handler writes."""
    [console] = [each for each in logging.getLogger().handlers if any(isinstance(f, TokenFilter) for f in each.filters)]
    assert isinstance(console, logging.StreamHandler)
    written = StringIO()
    # Not by setStream, which flushes the old one: it may be that of another test, closed by now.
    before, console.stream = console.stream, written
    try:
        yield written
    finally:
        console.stream = before


def post(client: Client, path: str) -> Any:
    typed = {"text": "In May.", "name": "Ada", "email": "ada@example.org"}
    if not path.startswith("/api/"):
        return client.post(path, typed)
    fields: dict[str, dict[str, object]] = {
        "answer": {"text": "In May."},
        "credit": {"name": "Ada", "credit": True},
        "email": {"email": "ada@example.org"},
    }
    return client.post(path, fields.get(path.rpartition("/")[2], {}), content_type="application/json")


def test_no_token_is_written_down_when_its_address_fails(client: Client, settings: Settings) -> None:
    settings.ADMINS = [("Ada", "ada@example.org")]
    client.raise_request_exception = False
    suggestion = make_suggestion(make_article(slug="bridges"), email="ada@example.org")
    follower = ask_to_follow(suggestion.article)
    contact = contact_for(suggestion)
    assert contact
    editor = make_editor()
    editor.email = "nib@example.org"
    editor.save()
    link = make_link(editor, by=None)
    tokens = {
        "/mail/confirm/": confirmation_token(contact),
        "/mail/follow/": following_token(follower),
        "/mail/unfollow/": unfollowing_token(follower),
        "/mail/stop/": unsubscribe_token(contact.mailbox),
        "/admin/password/": link.url.rstrip("/").rpartition("/")[2],
        "": status_token(suggestion.pk),
    }
    paths = {
        TOKEN.sub(next(token for prefix, token in tokens.items() if address.startswith(prefix)), address)
        for address in addresses(get_resolver())
    }
    failed = 0
    with log() as written:
        for path in paths:

            def fail(*_arguments: Any, address: str = path) -> None:
                raise RuntimeError(f"broken at {address}")

            with connection.execute_wrapper(fail):
                answers = [client.get(path), post(client, path)]
            assert 500 in [answer.status_code for answer in answers], path
            failed += sum(answer.status_code == 500 for answer in answers)
    shown = written.getvalue() + client.get("/metrics").content.decode()
    assert len(paths) > 14
    assert shown.count("RuntimeError: broken at /") >= failed
    assert HIDDEN in shown
    for token in tokens.values():
        assert token not in shown
        assert token.rpartition(":")[2].rpartition(".")[2] not in shown
    assert mail.outbox == []
