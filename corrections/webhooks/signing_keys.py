"""Webhook signing secrets: random, and encrypted in the row."""

import secrets

from corrections.models import Hook
from corrections.webhooks.signatures import encode_secret


class SecretLost(Exception):
    """The secret or the address is encrypted under a SECRET_KEY that is lost."""


def new_secret() -> str:
    return encode_secret(secrets.token_bytes(32))


def current_secret(hook: Hook) -> str:
    """The signing secret; shown to an editor only right after it was created. Raises SecretLost."""
    if not hook.secret:
        raise SecretLost
    return str(hook.secret)


def current_url(hook: Hook) -> str:
    """Raises SecretLost."""
    if not hook.url:
        raise SecretLost
    return str(hook.url)
