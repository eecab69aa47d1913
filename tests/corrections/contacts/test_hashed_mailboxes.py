"""Mailboxes are known by keyed hashes, and links in mails by signed tokens."""

from typing import Any

import pytest

from corrections.contacts.hashed_mailboxes import (
    confirmation_token,
    contact_by_token,
    get_or_create_mailbox,
    language_of,
    mailbox_by_token,
    mailbox_hash,
    normalise_address,
    unsubscribe_token,
)
from corrections.models import Contact, Mailbox
from tests.support.factories import make_article
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "normal"),
    [
        (" Ada@Example.org ", "ada@example.org"),
        ("ada+news@example.org", "ada@example.org"),
        ("+news@example.org", "+news@example.org"),
    ],
)
def test_variants_of_an_address_are_one(address: str, normal: str) -> None:
    assert normalise_address(address) == normal


def test_a_mailbox_outlives_a_change_of_the_key(settings: Any) -> None:
    other, known = get_or_create_mailbox("bob@example.org"), get_or_create_mailbox("ada@example.org")
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another key"
    assert known.pk != mailbox_hash("ada@example.org", settings.SECRET_KEY)
    assert get_or_create_mailbox("ADA+x@example.org") == known
    assert set(Mailbox.objects.all()) == {known, other}


def test_a_token_leads_to_its_own_row_alone() -> None:
    article = make_article(language="uk")
    make_suggestion(article, email="bob@example.org")
    contact = make_suggestion(article, email="ada@example.org").contact
    assert contact_by_token(confirmation_token(contact)) == contact
    assert mailbox_by_token(unsubscribe_token(contact.mailbox)) == contact.mailbox
    with pytest.raises(Contact.DoesNotExist):
        contact_by_token(unsubscribe_token(contact.mailbox))
    with pytest.raises(Mailbox.DoesNotExist):
        mailbox_by_token(unsubscribe_token(contact.mailbox) + "x")


def test_mail_is_in_the_language_of_the_latest_article() -> None:
    contact = make_suggestion(make_article(language="uk"), email="ada@example.org").contact
    assert language_of(contact.mailbox) == "uk"
    assert language_of(get_or_create_mailbox("bob@example.org")) == "en"
