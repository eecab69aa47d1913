"""An address is used for nothing before its owner pressed a button, and for nothing after they stopped it."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.test import Client
from django.utils import timezone

from corrections.contacts.addresses import delete_unused_mailboxes, queue_confirmations
from corrections.contacts.confirmation_limits import MAX_CONFIRMATIONS_PER_DAY
from corrections.contacts.hashed_mailboxes import mailbox_hash, normalise_address, unsubscribe_token
from corrections.models import Contact, Mail, Mailbox, Suggestion
from corrections.suggestions.status_tokens import status_token
from newsroom.models import Article
from tests.support.factories import make_article
from tests.support.mailbox import (
    ADA,
    confirmation_link,
    contact_of,
    make_reader,
    pass_days,
    post_all,
    press,
)
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


def give(suggestion: Suggestion, email: str) -> Any:
    return Client().post(f"/suggestions/{status_token(suggestion.pk)}/mail/", {"email": email})


def status_page(suggestion: Suggestion) -> str:
    return Client().get(f"/suggestions/{status_token(suggestion.pk)}/").content.decode()


def stop_link(email: str = ADA) -> str:
    return f"/mail/stop/{unsubscribe_token(Mailbox(hash=mailbox_hash(email, site_settings.SECRET_KEY)))}/"


def test_two_confirmation_mails_a_day_go_to_an_address_that_nobody_confirmed(article: Article) -> None:
    for email in (ADA, "ADA@example.org", "ada+news@example.org", "Ada+x@Example.org"):
        make_suggestion(article, email=email)
    assert len(post_all()) == MAX_CONFIRMATIONS_PER_DAY
    states = list(Contact.objects.order_by("given_at").values_list("state", flat=True))
    assert states == ["waiting", "waiting", "unasked", "unasked"]
    assert "has had both e-mails" in status_page(Suggestion.objects.latest("received_at"))

    pass_days(1.1)
    assert post_all() == []
    last = Suggestion.objects.latest("received_at")
    give(last, "Ada+x@Example.org")
    assert [mail.to for mail in post_all()] == [["Ada+x@Example.org"]]


def test_whoever_confirmed_one_is_asked_about_those_that_the_limit_left_out(article: Article) -> None:
    first, *others = [make_suggestion(article, email=ADA) for _turn in range(4)]
    make_suggestion(article, email="bob@example.org")
    assert len(post_all()) == MAX_CONFIRMATIONS_PER_DAY + 1

    press(confirmation_link(first))

    asked = post_all()
    assert [confirmation_link(other) in mail.body for mail, other in zip(asked, others[1:], strict=True)] == [True] * 2
    assert Contact.objects.filter(state="confirmed").count() == 1


def test_a_confirmation_is_not_sent_any_more_once_the_address_is_confirmed(article: Article) -> None:
    suggestion = make_suggestion(article, email=ADA)
    queue_confirmations()
    press(confirmation_link(suggestion))
    assert post_all() == []
    assert Mail.objects.get().state == "dropped"


def test_one_suggestion_cannot_be_used_to_write_to_many_addresses(article: Article) -> None:
    suggestion = make_suggestion(article)
    for number in range(5):
        assert give(suggestion, f"reader{number}@example.org").status_code == 303
        post_all()
    assert Mail.objects.filter(kind="confirm", state="sent").count() == MAX_CONFIRMATIONS_PER_DAY


def test_a_confirmed_address_is_asked_about_each_suggestion_without_that_limit(article: Article) -> None:
    make_reader(article)
    for _turn in range(3):
        make_suggestion(article, email=ADA)
    assert len(post_all()) == 3


def test_the_address_can_be_given_and_corrected_on_the_private_page(article: Article) -> None:
    suggestion = make_suggestion(article)
    assert "Leave an address" in status_page(suggestion)
    assert give(suggestion, "nonsense").status_code == 422
    assert give(suggestion, "aad@example.org").status_code == 303
    old = confirmation_link(suggestion)
    give(suggestion, ADA)
    assert [message.to for message in post_all()] == [[ADA]]
    assert press(old).status_code == 404
    assert "We sent an e-mail to" in status_page(suggestion)

    press(confirmation_link(suggestion))
    assert "You confirmed this address" in status_page(suggestion)
    assert give(suggestion, "mallory@example.org").status_code == 409
    assert contact_of(suggestion).address == ADA


def test_erasing_takes_the_address_what_is_owed_and_after_a_day_its_hash(article: Article, client: Client) -> None:
    suggestion = make_reader(article)
    press(confirmation_link(suggestion), receipt="1")
    assert client.post(f"/suggestions/{status_token(suggestion.pk)}/erase/").status_code == 303

    assert post_all() == []
    assert not Contact.objects.exists()
    assert Mail.objects.get().state == "dropped"
    assert give(suggestion, ADA).status_code == 409
    delete_unused_mailboxes()
    assert Mailbox.objects.exists()
    pass_days(1.1)
    delete_unused_mailboxes()
    assert not Mailbox.objects.exists()


def test_a_refusal_outlives_the_erasure(article: Article) -> None:
    suggestion = make_reader(article)
    Client().post(f"/suggestions/{status_token(suggestion.pk)}/erase/")
    press(stop_link())
    delete_unused_mailboxes()
    make_suggestion(article, email=ADA)
    assert post_all() == []


def test_a_refusal_outlives_the_secret_key_by_which_it_was_kept(article: Article, settings: Any) -> None:
    make_reader(article)
    press(stop_link())
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "a new key"
    make_suggestion(article, "three", "four", email="ada+again@example.org")
    make_suggestion(article, "14", "15", email="bob@example.org")
    assert [message.to for message in post_all()] == [["bob@example.org"]]


@pytest.mark.parametrize("address", ["A.B@x.org", "a.b+tag@X.org", " a.b@x.ORG "])
def test_a_mailbox_is_known_whatever_case_or_tag_its_address_has(address: str) -> None:
    assert normalise_address(address) == "a.b@x.org"


@pytest.mark.parametrize(("microseconds", "state"), [(-1, "unasked"), (0, "waiting")])
def test_a_third_confirmation_is_sent_when_the_first_is_a_day_old(
    article: Article, microseconds: int, state: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    for _turn in range(MAX_CONFIRMATIONS_PER_DAY):
        make_suggestion(article, email=ADA)
    queue_confirmations()
    Mail.objects.update(owed_at=now - timedelta(days=1, microseconds=microseconds))
    third = make_suggestion(article, email=ADA)
    queue_confirmations()
    assert contact_of(third).state == state


@pytest.mark.parametrize(("microseconds", "kept"), [(0, 1), (1, 0)])
def test_the_hash_of_a_mailbox_is_kept_for_a_day_after_its_last_mail(
    article: Article, microseconds: int, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    suggestion = make_suggestion(article, email=ADA)
    queue_confirmations()
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    Mail.objects.update(state="dropped", owed_at=now - timedelta(days=1, microseconds=microseconds))
    Contact.objects.filter(suggestion=suggestion).delete()
    delete_unused_mailboxes()
    assert Mailbox.objects.count() == kept
