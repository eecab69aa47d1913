"""The pages behind the links in mails: a look at one changes nothing, its button does."""

import pytest
from django.conf import settings as site_settings
from django.test import Client

from corrections.contacts.hashed_mailboxes import mailbox_hash, unsubscribe_token
from corrections.models import Contact, Mailbox, Suggestion
from corrections.suggestions.status_tokens import status_token
from newsroom.models import Article
from tests.support.factories import make_article
from tests.support.mailbox import (
    ADA,
    confirmation_link,
    contact_of,
    make_reader,
    post_all,
    press,
)
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


def status_page(suggestion: Suggestion) -> str:
    return Client().get(f"/suggestions/{status_token(suggestion.pk)}/").content.decode()


def stop_link(email: str = ADA) -> str:
    return f"/mail/stop/{unsubscribe_token(Mailbox(hash=mailbox_hash(email, site_settings.SECRET_KEY)))}/"


@pytest.mark.both_databases
def test_only_the_post_of_the_page_confirms_and_only_that_suggestion(article: Article, client: Client) -> None:
    first, second = make_suggestion(article, email=ADA), make_suggestion(article, "three", "four", email=ADA)
    link = confirmation_link(first)
    assert client.get(link).status_code == 200
    assert client.head(link).status_code == 200
    assert not contact_of(first).is_confirmed

    assert press(link).status_code == 200

    assert contact_of(first).is_confirmed
    assert not contact_of(second).is_confirmed


def test_a_changed_link_confirms_nothing(article: Article) -> None:
    suggestion = make_suggestion(article, email=ADA)
    link = confirmation_link(suggestion)
    other = link.replace(contact_of(suggestion).pk.hex, contact_of(make_suggestion(article, email=ADA)).pk.hex)
    assert press(other).status_code == 404
    assert press(link[:-2] + "/").status_code == 404
    assert not Contact.objects.filter(state="confirmed").exists()


def test_stopping_takes_a_button_and_one_click_programs_post_without_a_page(article: Article) -> None:
    suggestion = make_reader(article)
    page = Client().get(stop_link()).content.decode()
    assert "Yes, stop all mail" in page
    assert not contact_of(suggestion).mailbox.stopped_at

    answer = press(stop_link(), **{"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert contact_of(suggestion).mailbox.stopped_at
    make_suggestion(article, email=ADA)
    assert post_all() == []
    assert "was stopped" in status_page(suggestion)
    press(stop_link(), again="1")
    assert not contact_of(suggestion).mailbox.stopped_at
    assert Client().get("/mail/stop/nonsense.nonsense/").status_code == 404


@pytest.mark.both_databases
def test_a_confirmed_link_says_so_where_mail_was_stopped_since(article: Article) -> None:
    link = confirmation_link(make_reader(article))
    press(stop_link())
    assert "was stopped" in Client().get(link).content.decode()
    assert "was stopped" not in press(link).content.decode()


def test_pages_behind_links_are_kept_and_listed_by_nobody(article: Article, client: Client) -> None:
    suggestion = make_suggestion(article, email=ADA)
    for link in (confirmation_link(suggestion), stop_link()):
        answer = client.get(link)
        assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")
        assert answer["X-Robots-Tag"] == "noindex"
        assert not answer.cookies
