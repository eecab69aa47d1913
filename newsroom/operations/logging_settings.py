"""Logging configuration: one line per event on standard error."""

from typing import Any

LOGGING_SETTINGS: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s", "datefmt": "%H:%M:%S"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django.request": {"level": "ERROR"},  # ignore 404s
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # ignore scanners
        "axes": {"level": "ERROR"},  # ignore mistyped passwords
        "trafilatura": {"level": "ERROR"},  # the importer reports its own errors
    },
}
