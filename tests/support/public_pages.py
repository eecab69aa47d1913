"""Reads public pages as a test likes them."""

import re
from html import unescape
from typing import Any

from django.test import Client

NOTE = "We wrote three; four are closed."


def html(client: Client, path: str) -> str:
    """The page's markup."""
    return client.get(path).content.decode()


def text(markup: str) -> str:
    """What a page says, on one line."""
    return " ".join(unescape(re.sub("<[^>]+>", "", markup)).split())


def read_json(client: Client, path: str, status: int = 200) -> Any:
    """What the API answers, which is JSON whatever the status and sets no cookie."""
    answer = client.get(path)
    assert answer.status_code == status
    assert answer["Content-Type"].startswith("application/json")
    assert not answer.cookies
    return answer.json()
