"""Tokens of private status links: HMAC of the row's random id, so that a replay recreates one and a dump cannot."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from functools import lru_cache
from uuid import UUID

from django.conf import settings

from corrections.models import Suggestion

PURPOSE = b"corrigenda suggestion status link v1"


def status_token(suggestion_id: UUID) -> str:
    """The token of a new suggestion's status page: 43 characters of base64url."""
    return _token(suggestion_id, settings.SECRET_KEY)


def token_hash(token: str) -> str:
    """SHA-256 of a token, in hex. Only this is stored."""
    return hashlib.sha256(token.encode()).hexdigest()


def known_token(suggestion: Suggestion) -> str:
    """The token that its reader was given, under SECRET_KEY or an earlier key; that of today where the key is gone."""
    tokens = [_token(suggestion.pk, key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return next((token for token in tokens if token_hash(token) == suggestion.token_hash), tokens[0])


@lru_cache(maxsize=16)
def _key(secret: str) -> bytes:
    return hmac.digest(secret.encode(), PURPOSE, "sha256")


def _token(suggestion_id: UUID, secret: str) -> str:
    digest = hmac.digest(_key(secret), suggestion_id.bytes, "sha256")
    return urlsafe_b64encode(digest).rstrip(b"=").decode()
