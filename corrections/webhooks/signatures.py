"""Signatures as Standard Webhooks 1.0.0 has them: HMAC-SHA-256 over id, time and body."""

import hashlib
import hmac
from base64 import b64decode, b64encode
from collections.abc import Iterable

PREFIX = "whsec_"


def as_secret(key: bytes) -> str:
    """A key of 24 to 64 bytes as receivers are given it."""
    return PREFIX + b64encode(key).decode()


def signature_headers(secrets: Iterable[str], *, message_id: str, at: int, body: bytes) -> dict[str, str]:
    """The three headers, with a signature for each secret; `at` in seconds since 1970.

    During a rotation there are two secrets, and receivers accept a message when one of its signatures fits theirs.
    """
    signed = f"{message_id}.{at}.".encode() + body
    signatures = " ".join(f"v1,{_signature(secret, signed)}" for secret in secrets)
    return {"webhook-id": message_id, "webhook-timestamp": str(at), "webhook-signature": signatures}


def _signature(secret: str, signed: bytes) -> str:
    key = b64decode(secret.removeprefix(PREFIX))
    return b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
