"""Lets the record bind somebody to words that it must not keep."""

import hashlib
import hmac
import secrets


def new_salt() -> str:
    """64 hex digits; to be kept beside the words and erased with them."""
    return secrets.token_hex(32)


def commitment(words: str, *, salt: str) -> str:
    """Proves to whoever has both what the words were; without the salt, not even a guess can be checked against it."""
    return hmac.new(bytes.fromhex(salt), words.encode(), hashlib.sha256).hexdigest()
