"""Logging configuration: one line per event on standard error, and no token of a private link in any of them."""

import logging
import re
from typing import Any

HIDDEN = "[token]"
# What follows these in an address opens a private page; and whatever looks like a signature, wherever it stands.
PRIVATE_ADDRESS = re.compile(r"(/(?:suggestions|mail/(?:confirm|stop|follow|unfollow)|admin/password)/)[^/\s\"'<>?#]+")
SIGNATURE = re.compile(r"(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*[a-z])(?=[\w-]*[0-9])[\w-]{40,}", re.ASCII)
# A visitor's line feed would begin a line of the log's own, an escape colour a terminal.
CONTROL = re.compile("[\\x00-\\x1f\\x7f-\\x9f\u2028\u2029]")


class TokenFilter(logging.Filter):
    """Replaces tokens in the message, the traceback and the stack of a record, and makes the message one line."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = CONTROL.sub(_escaped, without_tokens(record.getMessage())), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = _plain.formatException(record.exc_info)  # a formatter takes it from here
        record.exc_text = without_tokens(record.exc_text or "") or None
        record.stack_info = without_tokens(record.stack_info or "") or None
        return True


def _escaped(found: re.Match[str]) -> str:
    return f"\\x{ord(found[0]):02x}"


def without_tokens(text: str) -> str:
    return SIGNATURE.sub(HIDDEN, PRIVATE_ADDRESS.sub(rf"\g<1>{HIDDEN}", text))


_plain = logging.Formatter()

LOGGING_SETTINGS: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s", "datefmt": "%H:%M:%S"}},
    "filters": {"tokens": {"()": "newsroom.operations.logging_settings.TokenFilter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["tokens"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},  # Django's own would mail errors with addresses and variables
        "django.request": {"level": "ERROR"},  # ignore 404s
        "django.security": {"level": "CRITICAL"},  # ignore what scanners write, for which Django prints tracebacks …
        "django.security.csrf": {"level": "WARNING"},  # … and name a form that is refused
        "axes": {"level": "ERROR"},  # ignore mistyped passwords
        "trafilatura": {"level": "ERROR"},  # the importer reports its own errors
    },
}
