"""The form to follow an article, and the pages behind the links in its mails; a GET changes nothing."""

import pytest
from django.test import Client

from corrections.models import Follower
from corrections.suggestions.status_tokens import status_token
from newsroom.models import Article, Kind
from tests.support.factories import make_article, make_revision, retract
from tests.support.followers import ask_to_follow, confirm_path, follower_of, make_follower, stop_path
from tests.support.mailbox import ADA, post_all, press
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db
FORM = "/articles/bridges/follow/"


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


@pytest.mark.both_databases
def test_the_form_shows_the_feeds_and_answers_the_same_page_for_any_address(article: Article, client: Client) -> None:
    page = client.get(FORM).content.decode()
    assert "/articles/bridges/changes/feed.atom" in page
    assert "/articles/bridges/changes/feed.json" in page
    make_follower(article)
    known, new = press(FORM, email=ADA), press(FORM, email="new@example.org")
    assert known.status_code == new.status_code == 200
    assert known.content == new.content
    assert "look in your inbox" in known.content.decode()
    assert [message.to for message in post_all()] == [["new@example.org"]]


def test_the_form_says_what_is_wrong_and_keeps_what_was_typed(article: Article) -> None:
    answer = press(FORM, email="ada at example")
    assert answer.status_code == 422
    assert "Enter an e-mail address like" in answer.content.decode()
    assert 'value="ada at example"' in answer.content.decode()
    for _turn in range(5):
        press(FORM, email=ADA)
    answer = press(FORM, email=ADA)
    assert answer.status_code == 429
    assert answer["Retry-After"] in answer.content.decode()
    assert press(FORM, email=ADA, website="x").status_code == 429


def test_a_filled_trap_follows_nothing(article: Article) -> None:
    assert "look in your inbox" in press(FORM, email=ADA, website="https://spam.example/").content.decode()
    assert not Follower.objects.exists()


def test_of_a_retracted_article_nothing_more_comes(article: Article, client: Client) -> None:
    retract(article)
    answer = client.get(FORM)
    assert (answer.status_code, "Nothing more will come" in answer.content.decode()) == (200, True)
    assert press(FORM, email=ADA).status_code == 422
    assert not Follower.objects.exists()
    assert FORM not in client.get("/articles/bridges/").content.decode()
    assert client.get("/articles/nowhere/follow/").status_code == 404


@pytest.mark.both_databases
def test_only_a_button_confirms_and_only_a_button_stops(article: Article, client: Client) -> None:
    follower = ask_to_follow(article)
    for path in (confirm_path(follower), stop_path(follower)):
        answer = client.get(path)
        assert (answer.status_code, client.head(path).status_code) == (200, 200)
        assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")
        assert answer["X-Robots-Tag"] == "noindex"
    assert not follower_of(article).is_confirmed

    assert "You follow this article" in press(confirm_path(follower)).content.decode()
    assert follower_of(article).is_confirmed
    assert ADA in client.get(stop_path(follower)).content.decode()
    assert "no longer follow" in press(stop_path(follower)).content.decode()
    assert not Follower.objects.exists()
    assert press(stop_path(follower)).status_code == 200
    assert client.get(confirm_path(follower)).status_code == 404


def test_a_changed_link_opens_nothing(article: Article) -> None:
    follower, other = ask_to_follow(article), ask_to_follow(make_article(), email="bob@example.org")
    for path in (confirm_path(follower), stop_path(follower)):
        assert press(path.replace(follower.pk.hex, other.pk.hex)).status_code == 404
        assert press(f"{path[:-2]}/").status_code == 404
    # A link that confirms does not stop, nor the other way round.
    assert press(confirm_path(follower).replace("/follow/", "/unfollow/")).status_code == 404
    assert Follower.objects.filter(state="asked").count() == 2


def test_the_link_stands_beside_the_notice_else_beside_the_record_and_on_the_private_page(
    article: Article, client: Client
) -> None:
    assert client.get("/articles/bridges/").content.decode().count(f'href="{FORM}" data-follow') == 1
    make_revision(article, find="recieve", put="receive", kind=Kind.CORRECTION, note="“receive”, not “recieve”.")
    page = client.get("/articles/bridges/").content.decode()
    assert page.count(f'href="{FORM}" data-follow') == 1
    assert page.index(FORM) < page.index('class="prose"')
    suggestion = make_suggestion(article, "Tuesday", "Friday", email=ADA)
    assert f'href="{FORM}" data-follow' in client.get(f"/suggestions/{status_token(suggestion.pk)}/").content.decode()
    assert ADA not in client.get(FORM).content.decode()
