"""A mail is sent once, or the desk is told that nobody knows; what is too much for a day goes in one."""

import smtplib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from corrections.contacts.outbox import DAY, LEASE, MAX_PER_DAY, claim_due_mails, dismiss_mail, queue_mail, resend_mail
from corrections.decisions.outcomes import close_as_fixed
from corrections.mail.delivery import send_mail
from corrections.mail.due import queue_reader_mails
from corrections.models import Mail, Suggestion
from corrections.privacy.withdrawal import erase_reader
from corrections.triage.pipeline import triage_suggestion
from newsroom.models import Article
from newsroom.operations.mail_files import FileEmailBackend, newest_names
from tests.support.factories import make_article, make_editor
from tests.support.mailbox import ADA, make_reader, pass_days, post_all
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db
WORDS = ("council", "recieve", "report", "Tuesday", "counts", "14", "bridges", "three", "closed")


@pytest.fixture
def article() -> Article:
    return make_article()


def make_news(article: Article, *, words: Any = WORDS) -> list[Suggestion]:
    """Suggestions of one reader, each with an outcome that nobody told yet."""
    editor = make_editor()
    suggestions = [make_reader(article, word, "something") for word in words]
    for suggestion in suggestions:
        case = triage_suggestion(suggestion.pk)
        assert case
        close_as_fixed(case, by=editor)
    return suggestions


class BrokenSmtp(EmailBackend):
    """A mail server that says or does what the test wants: a server of this kind cannot be had on demand."""

    trouble: Exception
    opens = True

    def open(self) -> bool | None:
        if not self.opens:
            raise self.trouble
        return True

    def send_messages(self, messages: Any) -> int:
        raise self.trouble


class ErasingMail(FileEmailBackend):
    """Its reader presses "erase" while the mail is on its way."""

    def send_messages(self, messages: Any) -> int:
        erase_reader(Suggestion.objects.get())
        return super().send_messages(messages)


def test_a_mail_that_an_erasure_overtakes_leaves_no_file(article: Article, settings: Any, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND, settings.DATA_DIR = f"{__name__}.ErasingMail", tmp_path
    make_news(article, words=WORDS[:1])
    post_all()
    assert Mail.objects.get().state == "sent"
    assert newest_names(9) == []


@pytest.fixture
def broken(settings: Any) -> type[BrokenSmtp]:
    settings.EMAIL_BACKEND = f"{__name__}.BrokenSmtp"
    BrokenSmtp.opens = True
    return BrokenSmtp


def test_two_dispatchers_hand_out_each_mail_once(article: Article) -> None:
    make_news(article, words=WORDS[:3])
    queue_reader_mails()
    queue_reader_mails()
    assert len(claim_due_mails()) == 3
    assert claim_due_mails() == []


def test_a_mail_handed_out_twice_is_sent_once(article: Article) -> None:
    make_news(article, words=WORDS[:1])
    queue_reader_mails()
    [pk] = claim_due_mails()
    send_mail(pk)
    send_mail(pk)
    assert post_all() == []
    assert Mail.objects.get().state == "sent"


@pytest.mark.both_databases
def test_more_than_five_a_day_to_one_address_come_as_one(article: Article) -> None:
    suggestions = make_news(article, words=WORDS[: MAX_PER_DAY + 2])
    make_reader(article, email="bob@example.org")
    [message] = post_all()
    assert message.to == [ADA]
    assert message.body.count("== Fixed already") == len(suggestions)
    assert set(Mail.objects.exclude(kind="together").values_list("state", flat=True)) == {"joined"}
    assert post_all() == []


@pytest.mark.both_databases
def test_the_sixth_and_seventh_of_a_day_wait_and_come_together(article: Article) -> None:
    for word in WORDS[:MAX_PER_DAY]:
        make_news(article, words=[word])
        assert len(post_all()) == 1
    make_news(article, words=WORDS[MAX_PER_DAY : MAX_PER_DAY + 2])
    assert post_all() == []
    assert post_all() == []
    pass_days(1.01)
    [first, second] = post_all()
    assert {first.subject[:5], second.subject[:5]} == {"Fixed"}


def test_those_that_waited_are_one_mail_when_room_for_one_is_free(article: Article) -> None:
    make_news(article, words=WORDS[:MAX_PER_DAY])
    assert len(post_all()) == MAX_PER_DAY
    make_news(article, words=WORDS[MAX_PER_DAY : MAX_PER_DAY + 3])
    post_all()
    oldest = Mail.objects.filter(state="sent").first()
    assert oldest
    Mail.objects.filter(pk=oldest.pk).update(tried_at=timezone.now() - timedelta(days=1.1))
    Mail.objects.filter(state="owed").update(due_at=timezone.now())
    [message] = post_all()
    assert message.body.count("== Fixed already") == 3
    assert message.subject.startswith("News of your suggestions")


@pytest.mark.both_databases
def test_what_a_worker_began_and_did_not_end_is_doubted_and_sent_again_only_by_hand(article: Article) -> None:
    make_news(article, words=WORDS[:1])
    queue_reader_mails()
    Mail.objects.update(state="claimed", tried_at=timezone.now(), leased_until=timezone.now() + LEASE)
    assert claim_due_mails() == []
    assert Mail.objects.get().state == "claimed"
    Mail.objects.update(leased_until=timezone.now() - LEASE)
    assert post_all() == []
    doubtful = Mail.objects.get()
    assert doubtful.state == "doubtful"

    assert resend_mail(doubtful)
    assert not dismiss_mail(doubtful)
    [message] = post_all()
    assert message.message()["Message-ID"] == doubtful.message_id
    assert not resend_mail(doubtful)


def test_what_is_left_is_never_sent(article: Article) -> None:
    make_news(article, words=WORDS[:1])
    queue_reader_mails()
    Mail.objects.update(state="doubtful")
    assert dismiss_mail(Mail.objects.get())
    assert post_all() == []


def test_a_server_that_does_not_answer_delays_all_mails_and_blames_none(
    article: Article, broken: type[BrokenSmtp], caplog: Any
) -> None:
    make_news(article, words=WORDS[:2])
    broken.trouble, broken.opens = ConnectionRefusedError(), False
    post_all()
    assert set(Mail.objects.values_list("state", "attempts")) == {("owed", 0)}
    assert not claim_due_mails()
    assert caplog.text.count("cannot be used") == 1
    assert ADA not in caplog.text


@pytest.mark.parametrize(
    ("trouble", "state", "told"),
    [
        (smtplib.SMTPRecipientsRefused({ADA: (550, b"ada@example.org?")}), "failed", "SMTP 550"),
        (smtplib.SMTPRecipientsRefused({ADA: (451, b"later")}), "owed", "SMTP 451"),
        (smtplib.SMTPDataError(554, b"no"), "failed", "SMTP 554"),
        (smtplib.SMTPServerDisconnected("gone"), "doubtful", "SMTPServerDisconnected"),
        (TimeoutError("timed out"), "doubtful", "TimeoutError"),
    ],
)
def test_what_the_server_answers_decides_what_becomes_of_a_mail(
    article: Article, broken: type[BrokenSmtp], trouble: Exception, state: str, told: str
) -> None:
    make_news(article, words=WORDS[:1])
    broken.trouble = trouble
    post_all()
    mail = Mail.objects.get()
    assert (mail.state, mail.trouble) == (state, told)
    assert not claim_due_mails()


def test_a_mail_put_off_again_and_again_ends_before_the_desk(article: Article, broken: type[BrokenSmtp]) -> None:
    make_news(article, words=WORDS[:1])
    broken.trouble = smtplib.SMTPDataError(451, b"later")
    for _turn in range(5):
        pass_days(1)
        post_all()
    assert Mail.objects.get().state == "failed"


def test_what_kills_its_worker_each_time_is_given_up(article: Article) -> None:
    make_news(article, words=WORDS[:1])
    queue_reader_mails()
    Mail.objects.update(attempts=9)
    assert claim_due_mails() == []
    assert Mail.objects.get().state == "failed"


def test_the_record_owes_each_mail_once(article: Article) -> None:
    suggestion = make_suggestion(article)
    for _turn in range(2):
        queue_mail(Mail.Kind.FIXED, suggestion=suggestion.pk)
    assert Mail.objects.count() == 1


@pytest.mark.parametrize(("seconds", "handed_out"), [(1, 0), (-1, 1)])
def test_a_mail_is_handed_out_again_only_when_its_lease_is_over(
    article: Article, seconds: int, handed_out: int
) -> None:
    make_news(article, words=WORDS[:1])
    queue_reader_mails()
    Mail.objects.update(leased_until=timezone.now() + timedelta(seconds=seconds))
    assert len(claim_due_mails()) == handed_out


@pytest.mark.parametrize(("seconds", "handed_out"), [(1, 0), (-1, 1)])
def test_an_editors_mail_too(seconds: int, handed_out: int) -> None:
    queue_mail(Mail.Kind.DIGEST, editor=make_editor().pk, about="today")
    Mail.objects.update(leased_until=timezone.now() + timedelta(seconds=seconds))
    assert len(claim_due_mails()) == handed_out


@pytest.mark.parametrize(("seconds", "state"), [(1, "claimed"), (-1, "doubtful")])
def test_a_mail_being_sent_is_doubted_only_when_its_lease_is_over(article: Article, seconds: int, state: str) -> None:
    make_news(article, words=WORDS[:1])
    queue_reader_mails()
    Mail.objects.update(state="claimed", leased_until=timezone.now() + timedelta(seconds=seconds))
    claim_due_mails()
    assert Mail.objects.get().state == state


def test_a_mail_is_due_from_its_second_on(article: Article) -> None:
    make_news(article, words=WORDS[:1])
    queue_reader_mails()
    Mail.objects.update(due_at=timezone.now() + timedelta(seconds=1))
    assert claim_due_mails() == []
    Mail.objects.update(due_at=timezone.now())
    assert len(claim_due_mails()) == 1


def test_mails_that_workers_still_hold_count_for_the_day(article: Article) -> None:
    make_news(article, words=WORDS[:MAX_PER_DAY])
    queue_reader_mails()
    assert len(claim_due_mails()) == MAX_PER_DAY
    make_news(article, words=WORDS[MAX_PER_DAY : MAX_PER_DAY + 1])
    queue_reader_mails()
    assert claim_due_mails() == []
    assert Mail.objects.filter(state="joined").count() == 0


def test_a_mail_of_a_day_ago_no_longer_counts(article: Article) -> None:
    make_news(article, words=WORDS[:MAX_PER_DAY])
    post_all()
    make_news(article, words=WORDS[MAX_PER_DAY : MAX_PER_DAY + 1])
    Mail.objects.filter(state="sent").update(tried_at=timezone.now() - DAY + timedelta(seconds=5))
    assert post_all() == []
    Mail.objects.filter(state="sent").update(tried_at=timezone.now() - DAY)
    Mail.objects.update(due_at=timezone.now())
    assert len(post_all()) == 1


def test_sent_again_by_hand_a_mail_has_all_its_attempts_again(article: Article, broken: type[BrokenSmtp]) -> None:
    make_news(article, words=WORDS[:1])
    queue_reader_mails()
    Mail.objects.update(state="failed", attempts=5, leased_until=timezone.now() + LEASE)
    broken.trouble = smtplib.SMTPDataError(451, b"later")

    assert resend_mail(Mail.objects.get())

    states = []
    for _turn in range(5):
        post_all()
        states.append(Mail.objects.get().state)
        pass_days(1)
    assert states == ["owed", "owed", "owed", "owed", "failed"]


def test_the_waits_between_attempts_grow(article: Article, broken: type[BrokenSmtp]) -> None:
    make_news(article, words=WORDS[:1])
    queue_reader_mails()
    broken.trouble = smtplib.SMTPDataError(451, b"later")
    waits = []
    for _turn in range(4):
        post_all()
        waits.append(round((Mail.objects.get().due_at - timezone.now()).total_seconds()))
        pass_days(1)
    assert waits == [60, 600, 3600, 6 * 3600]


@pytest.mark.parametrize(("attempts", "state"), [(5, "owed"), (6, "failed")])
def test_a_mail_fails_after_its_fifth_attempt_and_not_before(article: Article, attempts: int, state: str) -> None:
    make_news(article, words=WORDS[:1])
    queue_reader_mails()
    Mail.objects.update(attempts=attempts)
    claim_due_mails()
    assert Mail.objects.get().state == state
