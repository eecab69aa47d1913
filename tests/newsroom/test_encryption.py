"""Columns encrypted under a key derived from SECRET_KEY."""

from typing import Any

import pytest

from newsroom.encryption import (
    ByEarlierKey,
    KeyLost,
    Unreadable,
    decrypt,
    encrypt,
    encrypt_anew,
    hash_recovery_code,
    unreadable_rows,
)
from newsroom.models import AppFactor
from tests.support.factories import make_editor
from tests.support.withheld_words import everything_stored

NEW_KEY = "n" * 50


def test_a_text_is_opened_by_the_key_and_by_those_before_it(settings: Any) -> None:
    token = encrypt("a secret ї")
    assert "secret" not in token
    assert decrypt(token) == ("a secret ї", True)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW_KEY, ["x" * 50, settings.SECRET_KEY]
    assert decrypt(token) == ("a secret ї", False)
    settings.SECRET_KEY_FALLBACKS = []
    for lost in (token, "no token", token[:-3]):
        with pytest.raises(KeyLost):
            decrypt(lost)


@pytest.mark.django_db
@pytest.mark.both_databases
def test_a_column_is_never_stored_in_clear_and_a_lost_one_is_kept_as_it_is(settings: Any) -> None:
    editor, old_key = make_editor(username="ada"), settings.SECRET_KEY
    factor = AppFactor.objects.create(user=editor)
    assert factor.key not in everything_stored()
    assert AppFactor.objects.get().key == factor.key

    settings.SECRET_KEY = NEW_KEY
    lost = AppFactor.objects.get()
    assert isinstance(lost.key, Unreadable)
    assert list(unreadable_rows()) == [(AppFactor, ["ada"])]
    lost.save()

    settings.SECRET_KEY_FALLBACKS = [old_key]
    found = AppFactor.objects.get()
    assert (found.key, type(found.key)) == (factor.key, ByEarlierKey)
    encrypt_anew(found)
    settings.SECRET_KEY_FALLBACKS = []
    assert AppFactor.objects.get().key == factor.key
    assert list(unreadable_rows()) == []


def test_the_hash_of_a_recovery_code_needs_its_salt() -> None:
    assert hash_recovery_code("abcd", salt="00" * 16) != hash_recovery_code("abcd", salt="01" * 16)
