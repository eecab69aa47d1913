"""The headers of static files, which whitenoise writes."""

from collections.abc import MutableMapping


def add_headers(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """A file that is opened by itself, such as a drawing, runs and loads nothing, and no other site embeds it."""
    headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
