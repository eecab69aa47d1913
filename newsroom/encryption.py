"""Columns that would open something else to whoever holds a dump: encrypted under a key derived from SECRET_KEY.

An earlier key in SECRET_KEY_FALLBACKS still opens them. Recovery codes are hashed.
"""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.apps import apps
from django.conf import settings
from django.db import models

PURPOSE = b"corrigenda columns v1"  # no other use of SECRET_KEY shares this key


class KeyLost(Exception):
    """Neither SECRET_KEY nor one of SECRET_KEY_FALLBACKS opens the token."""


def encrypt(text: str) -> str:
    return _fernet(settings.SECRET_KEY).encrypt(text.encode()).decode()


def decrypt(token: str) -> tuple[str, bool]:
    """The text, and whether it was encrypted under SECRET_KEY itself. Raises KeyLost."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            return _fernet(key).decrypt(token.encode()).decode(), key == settings.SECRET_KEY
        except InvalidToken:
            continue
    raise KeyLost


@lru_cache(maxsize=16)
def _fernet(site_key: str) -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE).derive(site_key.encode())
    return Fernet(urlsafe_b64encode(derived))


class ByEarlierKey(str):
    """A text that one of SECRET_KEY_FALLBACKS opened; saving it encrypts it anew."""

    __slots__ = ()


class Unreadable(str):
    """Empty, in place of a text whose key is lost; saving it leaves the column as it is."""

    token: str

    def __new__(cls, token: str) -> "Unreadable":
        text = super().__new__(cls, "")
        text.token = token
        return text


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]  # the stubs want types that Django does not take
    def from_db_value(self, value: str | None, *_where: Any) -> str | None:
        if not value:
            return value
        try:
            text, is_current = decrypt(value)
        except KeyLost:
            return Unreadable(value)
        return text if is_current else ByEarlierKey(text)

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, Unreadable):
            return value.token
        return encrypt(str(value)) if value else value


def encrypt_anew(row: models.Model) -> None:
    """Encrypt under SECRET_KEY what an earlier key opened; call where a row is used."""
    if names := [name for name in _encrypted(type(row)) if isinstance(getattr(row, name), ByEarlierKey)]:
        row.save(update_fields=names)


def unreadable_rows() -> Iterator[tuple[type[models.Model], list[str]]]:
    """Models with rows whose key is lost, and what those rows are called."""
    for model in apps.get_models():
        if names := _encrypted(model):
            rows = model._default_manager.order_by("pk")
            lost = [str(row) for row in rows if any(_is_lost(row, name) for name in names)]
            if lost:
                yield model, lost


def _is_lost(row: models.Model, name: str) -> bool:
    """Also where a migration found no key for what has to be there."""
    value, field = getattr(row, name), row._meta.get_field(name)
    return isinstance(value, Unreadable) or (value == "" and not getattr(field, "blank", True))


def lost_keys() -> str:
    """One line that names the rows encrypted under a SECRET_KEY that is not here; empty if there is none."""
    lost = [f"{model._meta.verbose_name_plural} {', '.join(names)}" for model, names in unreadable_rows()]
    return f"encrypted under another SECRET_KEY and to be set up again: {'; '.join(lost)}" if lost else ""


def _encrypted(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)]


def new_app_key() -> str:
    """The key of an authenticator app, in hex: 160 bits, as RFC 4226 recommends."""
    return secrets.token_hex(20)


def new_salt() -> str:
    return secrets.token_hex(16)


def new_source_key() -> str:
    """96 bits; public: it names a Source and proves nothing."""
    return secrets.token_hex(12)


def hash_recovery_code(code: str, *, salt: str) -> str:
    """Scrypt, in hex; slow on purpose, since codes of earlier versions are short."""
    return hashlib.scrypt(code.encode(), salt=bytes.fromhex(salt), n=2**14, r=8, p=1, dklen=32).hex()
