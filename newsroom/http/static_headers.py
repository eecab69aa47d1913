"""Extra response headers for static files (WHITENOISE_ADD_HEADERS_FUNCTION)."""

from collections.abc import MutableMapping


def add_headers(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """A file opened directly, such as an SVG, may not run or load anything; other sites may not embed it."""
    headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    headers["Cross-Origin-Resource-Policy"] = "same-origin"
