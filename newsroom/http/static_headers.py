"""Extra response headers for static files (WHITENOISE_ADD_HEADERS_FUNCTION)."""

import re
from collections.abc import MutableMapping

# What the widget loads on other systems' pages: its modules, and all that these import.
READER = (
    *("dialog", "entry", "form_errors", "my_suggestions", "outbox", "prior_reports", "proof_of_work"),
    *("selection", "sentence_picker", "text_quote", "thanks"),
)
SHARED = ("canonical", "deletion_context", "highlight", "permalink", "quote_search", "ranges", "word_diff")
EMBEDDED = frozenset(
    [
        *(f"embed/{name}.js" for name in ("notices", "widget")),
        *(f"reader/{name}.js" for name in READER),
        *(f"shared/{name}.js" for name in SHARED),
    ]
)
HASHED = re.compile(r".*/static/([\w/]+)(?:\.[0-9a-f]{12})?(\.js)")


def add_headers(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """A file opened directly, such as an SVG, may not run or load anything; other sites may load the widget's alone."""
    headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
    if is_embedded(url):
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        headers["Access-Control-Allow-Origin"] = "*"
    else:
        headers["Cross-Origin-Resource-Policy"] = "same-origin"


def is_embedded(url: str) -> bool:
    found = HASHED.fullmatch(f"/{url.lstrip('/')}")
    return found is not None and f"{found[1]}{found[2]}" in EMBEDDED
