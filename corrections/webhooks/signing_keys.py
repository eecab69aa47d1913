"""The secret of a webhook: made from the site's key and the row's random id, so that a dump of the database holds none.

Of each only a digest is stored, by which the right one is found again after the site's key was changed.
"""

import hashlib
import hmac
from uuid import UUID

from django.conf import settings

from corrections.webhooks.signatures import as_secret

PURPOSE = b"corrigenda webhook secret v1"


class SecretLost(Exception):
    """Neither the site's key nor one of its fallbacks makes the secret that the receiver was given."""


def new_secret(uid: UUID, generation: int) -> str:
    return _secret(uid, generation, settings.SECRET_KEY)


def known_secret(uid: UUID, generation: int, digest: str) -> str:
    """The secret whose digest was kept. Raises SecretLost."""
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
    return as_secret(hmac.new(key, uid.bytes + generation.to_bytes(4, "big"), hashlib.sha256).digest())
