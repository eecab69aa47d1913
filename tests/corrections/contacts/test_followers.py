"""Following an article: nothing before its owner confirmed, one mail for each listed revision, nothing kept after."""

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.utils import timezone

from corrections.contacts.addresses import delete_stray_mail_files, delete_unused_mailboxes
from corrections.contacts.followers import (
    delete_ended_followers,
    follow_article,
    queue_article_news,
    queue_follower_confirmations,
)
from corrections.contacts.hashed_mailboxes import mailbox_hash, unsubscribe_token
from corrections.desk.failed_jobs import read_set_aside
from corrections.models import FailedJob, Follower, Mail, Mailbox
from newsroom.models import Article, Kind
from newsroom.operations.mail_files import BACKEND, file_of
from tests.corrections.privacy.test_withdrawal_races import at_once
from tests.support.databases import Database
from tests.support.factories import make_article, make_revision, retract
from tests.support.followers import ask_to_follow, confirm_path, follower_of, make_follower, stop_path
from tests.support.mailbox import ADA, pass_days, post_all, press
from tests.support.poison import poison
from tests.support.withheld_words import everything_stored

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


def correct(article: Article, find: str = "recieve", put: str = "receive", *, kind: Kind = Kind.CORRECTION) -> None:
    make_revision(article, find=find, put=put, kind=kind, note=f"It said “{find}”, and should say “{put}”.")


@pytest.mark.both_databases
def test_nothing_but_the_confirmation_goes_to_a_follower_who_has_not_confirmed(article: Article) -> None:
    follower = ask_to_follow(article)
    [message] = post_all()
    assert confirm_path(follower) in message.body
    correct(article)
    assert post_all() == []

    press(confirm_path(follower))

    # What was corrected between asking and confirming is told too.
    assert [mail.subject for mail in post_all()] == ["Corrected: Report on the bridges is due"]


@pytest.mark.both_databases
def test_each_listed_revision_is_told_once_and_no_other(article: Article) -> None:
    correct(article, "Tuesday", "Friday")
    make_follower(article)
    make_follower(make_article(), email="bob@example.org")
    assert post_all() == []
    correct(article)
    make_revision(article, find="counts", put="lists")
    correct(article, "lists", "names", kind=Kind.CLARIFICATION)

    told = post_all()

    assert [(mail.to, mail.subject.partition(":")[0]) for mail in told] == [([ADA], "Corrected"), ([ADA], "Clarified")]
    assert post_all() == []
    assert follower_of(article).told == 5


@pytest.mark.both_databases
def test_a_retraction_is_the_last_and_then_the_address_is_gone(article: Article) -> None:
    make_follower(article)
    retract(article)
    queue_article_news()
    assert delete_ended_followers() == 0  # its mail is owed
    [message] = post_all()
    assert message.subject == "Retracted: Report on the bridges is due"
    assert delete_ended_followers() == 1
    assert ADA not in everything_stored()


def test_confirmations_of_following_and_of_suggestions_count_together(article: Article) -> None:
    for number in range(4):
        ask_to_follow(make_article(), email=f"ada+{number}@example.org")
    assert len(post_all()) == 2
    states = Follower.objects.order_by("given_at").values_list("state", flat=True)
    assert list(states) == ["waiting", "waiting", "unasked", "unasked"]

    # The owner of the address confirms one, and gets those that the limit left out.
    press(confirm_path(Follower.objects.earliest("given_at")))
    assert len(post_all()) == 2


def test_a_known_address_is_asked_to_follow_five_times_a_day(article: Article) -> None:
    make_follower(article)
    for _turn in range(7):
        ask_to_follow(make_article())
    queue_follower_confirmations()
    assert Mail.objects.filter(kind="follow").count() == 5


@pytest.mark.both_databases
def test_whoever_follows_already_or_stopped_all_mail_is_not_asked(article: Article) -> None:
    make_follower(article)
    mailbox = Mailbox.objects.get()
    follow_article(article, address=ADA)
    assert post_all() == []
    press(f"/mail/stop/{unsubscribe_token(mailbox)}/")
    assert not Follower.objects.exists()
    ask_to_follow(article)
    assert post_all() == []
    correct(article)
    assert post_all() == []


@pytest.mark.both_databases
def test_stopping_erases_the_address_at_once_and_after_a_day_its_hash(
    article: Article, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR, settings.EMAIL_BACKEND = tmp_path, BACKEND
    follower = make_follower(article)
    correct(article)
    post_all()
    correct(article, "Tuesday", "Friday")
    queue_article_news()
    sent = file_of(Mail.objects.get(state="sent").message_id)
    assert sent.exists()

    press(stop_path(follower), **{"List-Unsubscribe": "One-Click"})

    assert not sent.exists()
    assert ADA not in everything_stored()
    assert post_all() == []
    delete_unused_mailboxes()
    assert Mailbox.objects.exists()  # limits need it for a day
    pass_days(1.1)
    delete_unused_mailboxes()
    assert not Mailbox.objects.exists()


def test_the_file_of_a_worker_that_died_while_its_follower_stopped_goes(
    article: Article, settings: Any, tmp_path: Path
) -> None:
    settings.DATA_DIR, settings.EMAIL_BACKEND = tmp_path, BACKEND
    follower = make_follower(article)
    correct(article)
    post_all()
    file = file_of(Mail.objects.get().message_id)
    words = file.read_bytes()
    press(stop_path(follower))
    file.write_bytes(words)
    delete_stray_mail_files()
    assert not file.exists()


@pytest.mark.both_databases
def test_who_does_not_confirm_within_a_week_is_forgotten(article: Article) -> None:
    ask_to_follow(article)
    stays = make_follower(article, email="bob@example.org")
    Follower.objects.update(given_at=timezone.now() - timedelta(days=6.9))
    assert delete_ended_followers() == 0
    Follower.objects.update(given_at=timezone.now() - timedelta(days=7.1))
    assert delete_ended_followers() == 1
    assert list(Follower.objects.all()) == [stays]


def test_asking_again_asks_once_more_within_the_limits(article: Article) -> None:
    follower = ask_to_follow(article)
    assert len(post_all()) == 1
    for _turn in range(3):
        assert ask_to_follow(article).pk == follower.pk
        post_all()
    assert Mail.objects.filter(kind="follow").count() == 2


def test_mails_beyond_five_a_day_come_as_one_with_a_link_that_stops_each(article: Article) -> None:
    follower = make_follower(article)
    for number in range(8):
        correct(article, "Tuesday" if number % 2 == 0 else "Friday", "Friday" if number % 2 == 0 else "Tuesday")
    told = post_all()
    assert len(told) == 1
    assert told[0].subject.startswith("News from")
    assert told[0].body.count(stop_path(follower)) == 8
    assert "/mail/stop/" in told[0].message()["List-Unsubscribe"]


@pytest.mark.both_databases
def test_many_at_once_make_one_follower_and_dispatchers_at_once_one_mail(committed_db: Database) -> None:
    article = Article.objects.select_related("current").get(pk=make_article().pk)
    assert at_once([partial(follow_article, article, address=ADA)] * 4) == []
    assert at_once([queue_follower_confirmations] * 4) == []
    assert Mail.objects.count() == 1
    press(confirm_path(follower_of(article)))
    correct(article)
    assert at_once([queue_article_news] * 4) == []
    assert Mail.objects.filter(kind="corrected").count() == 1


@pytest.mark.both_databases
def test_the_same_statements_run_whether_an_address_follows_or_not(
    article: Article, django_assert_num_queries: Any
) -> None:
    make_follower(article)
    make_follower(make_article(), email="elsewhere@example.org")
    stopped = Mailbox.objects.create(hash=mailbox_hash("no@example.org", site_settings.SECRET_KEY))
    press(f"/mail/stop/{unsubscribe_token(stopped)}/")
    fresh = Article.objects.select_related("current").get(pk=article.pk)
    for email in (ADA, "elsewhere@example.org", "no@example.org"):
        with django_assert_num_queries(5):
            follow_article(fresh, address=email)


def test_a_follower_whose_row_raises_keeps_no_other_waiting_and_is_named_with_its_article(
    committed_db: Database,
) -> None:
    sick, well = make_follower(make_article(slug="sick")), make_follower(make_article(), email="bob@example.org")
    poison(sick, "NEW.told > 1")
    for follower in (sick, well):
        correct(follower.article)

    told = post_all()
    post_all()

    assert [message.to for message in told] == [["bob@example.org"]]
    job = FailedJob.objects.get()
    assert (job.kind, job.attempts, job.key) == ("news", 1, str(sick.pk))
    FailedJob.objects.update(retry_at=None)
    [aside] = read_set_aside(10)
    assert aside.url == "/articles/sick/"
