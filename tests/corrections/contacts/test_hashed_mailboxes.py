"""Mailboxes are known by keyed hashes, and links in mails by signed tokens."""

from typing import Any

import pytest
from django.utils import timezone

from corrections.contacts.hashed_mailboxes import (
    _hash,
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
        ('"ada"@example.org', "ada@example.org"),
        ('"a\\da+x"@Example.org', "ada@example.org"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("ada@XN--BCHER-KVA.example", "ada@xn--bcher-kva.example"),
        ("ada@bu\u0308cher.example", "ada@xn--bcher-kva.example"),
        ("ada@example.org.", "ada@example.org"),
        ("A.d.a+news@Gmail.com", "ada@gmail.com"),
        ("a.da@googlemail.com", "ada@gmail.com"),
        ("a.da@example.org", "a.da@example.org"),
        ("ada@a..b", "ada@a..b"),
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


def test_a_refusal_in_the_form_of_an_older_version_still_holds(settings: Any) -> None:
    before, bystander = "a.da@gmail.com", Mailbox.objects.create(hash="0" * 64)
    settings.SECRET_KEY_FALLBACKS = ["older key"]
    for secret in (settings.SECRET_KEY, "older key"):
        old = Mailbox.objects.create(hash=_hash(before, secret), stopped_at=timezone.now())
        assert get_or_create_mailbox("A.DA+x@gmail.com") == old
        old.delete()
    # What has no row in either form gets one in the new, which all spellings share.
    assert get_or_create_mailbox("a.d.a@gmail.com") == get_or_create_mailbox("ada@googlemail.com") != bystander
    assert Mailbox.objects.count() == 2


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
