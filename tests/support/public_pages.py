"""Reads public pages as a test likes them."""

import re
from html import unescape

from django.test import Client

NOTE = "We wrote three; four are closed."


def html(client: Client, path: str) -> str:
    """The page's markup."""
    return client.get(path).content.decode()


def text(markup: str) -> str:
    """What a page says, on one line."""
    return " ".join(unescape(re.sub("<[^>]+>", "", markup)).split())
