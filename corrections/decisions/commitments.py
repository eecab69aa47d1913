"""Salted hash commitments: the audit log proves what a text was without storing it, so the text can be erased."""

import hashlib
import hmac
import secrets


def new_salt() -> str:
    """64 hex digits, to be stored beside the text and erased with it."""
    return secrets.token_hex(32)


def commitment(words: str, *, salt: str) -> str:
    """HMAC-SHA-256 of a text, in hex. Verifiable with text and salt; without the salt, no guess can be checked."""
    return hmac.new(bytes.fromhex(salt), words.encode(), hashlib.sha256).hexdigest()
