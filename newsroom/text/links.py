"""Addresses of links: what writers leave out (`example.org/pool`) is put in, and what would lead nowhere is found."""

import re
from html.parser import HTMLParser

# Keep in sync with static/richtext/addresses.js; tests/js/richtext/addresses.json tries both.
FILES = "html?|xhtml|php|aspx?|jsp|pdf|jpe?g|png|gif|webp|svg|txt|docx?|xlsx?"
HOST = rf"(?:[^\W_](?:[\w-]{{0,61}}[^\W_])?\.)+(?!(?:{FILES})(?:[/?#]|\Z))(?:xn--[a-z0-9-]+|[^\W\d_]{{2,}})"
WHOLE = re.compile(r"https?://[^\s/?#\\]+.*|mailto:[^\s@/]+@[^\s@]+", re.IGNORECASE | re.DOTALL)
HERE = re.compile(r"[/#?](?!/)[^\\]*", re.DOTALL)  # browsers read a backslash as a slash
SITE = re.compile(rf"(?://)?({HOST}(?:[/?#].*)?)", re.IGNORECASE | re.DOTALL)
PERSON = re.compile(rf"[^\s@/?#:]+@{HOST}", re.IGNORECASE)


def whole_address(address: str) -> str | None:
    """The address as a browser needs it; None if a link to it would lead nowhere."""
    address = address.strip(" \t\n\f\r")
    if WHOLE.fullmatch(address) or HERE.fullmatch(address):
        return address
    if PERSON.fullmatch(address):
        return f"mailto:{address}"
    site = SITE.fullmatch(address)
    return f"https://{site[1]}" if site else None


def dead_links(html: str) -> list[str]:
    """Addresses of links that lead nowhere, each once, in order."""
    parser = _Links()
    parser.feed(html)
    parser.close()
    return [address for address in dict.fromkeys(parser.found) if address.strip() and not whole_address(address)]


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if tag == "a" and name == "href" and value]
