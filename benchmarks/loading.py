"""What a browser fetches with a page, in bytes over the wire."""

import re
import urllib.request
from html.parser import HTMLParser
from urllib.parse import urljoin

import brotli

# What a browser fetches by itself; a feed or a canonical address is there for whoever asks.
FETCHED_LINKS = {"stylesheet", "icon", "modulepreload", "preload"}
# The static imports of a module: what comes on demand does not come with the page.
IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*["'](\.{1,2}/[^"']+)["']""")
IN_STYLES = re.compile(r"""(?:@import\s+|url\()\s*["']?([^"')\s;]+)""")


def page_bytes(site: str, path: str) -> int:
    """The bodies of a page and of everything that it loads, as the site sends them to whoever reads brotli."""
    owed, sizes = [urljoin(site, path)], dict[str, int]()
    while owed:
        address = owed.pop()
        if address not in sizes:
            sizes[address], kind, text = _fetch(address)
            owed += [urljoin(address, name) for name in _names(kind, text)]
    return sum(sizes.values())


def _fetch(address: str) -> tuple[int, str, str]:
    request = urllib.request.Request(address, headers={"Accept-Encoding": "br"})
    with urllib.request.urlopen(request, timeout=10) as answer:
        body = answer.read()
        words = brotli.decompress(body) if answer.headers["Content-Encoding"] == "br" else body
        return len(body), answer.headers.get_content_type(), words.decode(errors="replace")


def _names(kind: str, text: str) -> list[str]:
    if kind == "text/html":
        reader = _Fetched()
        reader.feed(text)
        return reader.names
    if kind in ("text/javascript", "application/javascript"):
        return IMPORT.findall(text)
    return [name for name in IN_STYLES.findall(text) if not name.startswith("data:")] if kind == "text/css" else []


class _Fetched(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.names: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "link" and FETCHED_LINKS & set(told.get("rel", "").split()):
            self.names.append(told["href"])
        elif tag in ("script", "img") and told.get("src"):
            self.names.append(told["src"])
