"""HMAC-SHA-256 signatures over id, timestamp and body (Standard Webhooks 1.0.0)."""

import hashlib
import hmac
from base64 import b64decode, b64encode
from collections.abc import Iterable

PREFIX = "whsec_"


def encode_secret(key: bytes) -> str:
    """A key of 24 to 64 bytes in the form that receivers configure."""
    return PREFIX + b64encode(key).decode()


def signature_headers(secrets: Iterable[str], *, message_id: str, at: int, body: bytes) -> dict[str, str]:
    """The three headers, with one signature per secret; `at` in seconds since 1970.

    During a rotation there are two secrets; receivers accept a message when either signature verifies.
    """
    signed = f"{message_id}.{at}.".encode() + body
    signatures = " ".join(f"v1,{_signature(secret, signed)}" for secret in secrets)
    return {"webhook-id": message_id, "webhook-timestamp": str(at), "webhook-signature": signatures}


def _signature(secret: str, signed: bytes) -> str:
    key = b64decode(secret.removeprefix(PREFIX))
    return b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
