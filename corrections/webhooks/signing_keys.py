"""Webhook signing secrets, derived by HMAC from SECRET_KEY and the row's UUID, so that a database dump holds none.

Only a digest is stored; it finds the right SECRET_KEY_FALLBACKS entry after a key rotation.
"""

import hashlib
import hmac
from uuid import UUID

from django.conf import settings

from corrections.webhooks.signatures import encode_secret

PURPOSE = b"corrigenda webhook secret v1"


class SecretLost(Exception):
    """Neither SECRET_KEY nor a fallback derives the secret that the receiver has."""


def derive_secret(uid: UUID, generation: int) -> str:
    return _secret(uid, generation, settings.SECRET_KEY)


def recover_secret(uid: UUID, generation: int, digest: str) -> str:
    """The secret with the stored digest. Raises SecretLost."""
    for key in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
        secret = _secret(uid, generation, key)
        if hmac.compare_digest(secret_digest(secret), digest):
            return secret
    raise SecretLost


def secret_digest(secret: str) -> str:
    """SHA-256, in hex."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _secret(uid: UUID, generation: int, site_key: str) -> str:
    key = hmac.new(site_key.encode(), PURPOSE, hashlib.sha256).digest()
    return encode_secret(hmac.new(key, uid.bytes + generation.to_bytes(4, "big"), hashlib.sha256).digest())
