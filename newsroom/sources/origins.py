"""Which page may speak for a Source: its origin, exact, as a browser sends it."""

from urllib.parse import urlsplit

from newsroom.models import Source
from newsroom.sources.addresses import BadAddress, clean_url, origin_of


class BadOrigin(ValueError):
    """No origin: a scheme, a host and perhaps a port, and nothing behind them."""


def source_for(key: str, origin: str) -> Source | None:
    """The active Source of a key, if the origin is one of its own; "null" is none."""
    source = active_source(key)
    return source if source and origin in source.origins else None


def active_source(key: str) -> Source | None:
    """None for a key of another shape as well: what strangers send is no reason for an error."""
    if not key.isascii() or not key.isalnum():
        return None
    return Source.objects.filter(key=key, is_active=True).first()


def is_any_origin(origin: str) -> bool:
    """Whether some active Source lists it, for answers that name no Source."""
    return origin in {each for origins in _listed() for each in origins}


def clean_origin(text: str) -> str:
    """As a browser writes it: no path, no slash at the end, no default port. Raises BadOrigin."""
    try:
        cleaned = clean_url(text)
    except BadAddress:
        raise BadOrigin(text) from None
    parts = urlsplit(text.strip())
    if parts.path not in ("", "/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise BadOrigin(text)
    return origin_of(cleaned)


def _listed() -> list[list[str]]:
    return list(Source.objects.filter(is_active=True).values_list("origins", flat=True))
