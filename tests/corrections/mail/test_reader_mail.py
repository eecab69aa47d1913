"""What readers are told by mail, and when: found in the rows, whoever wrote them."""

from typing import Any

import pytest
from django.conf import settings
from django.core import mail

from corrections.contacts.hashed_mailboxes import mailbox_hash, unsubscribe_token
from corrections.decisions.merge_split import merge_cases
from corrections.decisions.outcomes import ask_readers, close_as_fixed, decline_case, mark_spam
from corrections.models import Case, Contact, Mail, Mailbox, Suggestion
from corrections.privacy.withdrawal import withdraw_suggestion
from corrections.suggestions.answer import answer_question
from corrections.suggestions.status_tokens import status_token
from corrections.triage.pipeline import triage_suggestion
from newsroom.models import Article
from tests.support.factories import make_article, make_editor
from tests.support.mailbox import (
    ADA,
    confirmation_link,
    html_of,
    make_reader,
    pass_days,
    post_all,
    press,
)
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db
INJECTED = "Bridges\r\nBcc: victim@example.org\u2028X: y\x0b"


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


def case_of(suggestion: Suggestion) -> Case:
    case = triage_suggestion(suggestion.pk)
    assert case
    return case


def private(suggestion: Suggestion) -> str:
    return f"{settings.SITE_URL}/suggestions/{status_token(suggestion.pk)}/"


@pytest.mark.both_databases
def test_a_question_is_asked_once_while_it_is_open(article: Article) -> None:
    suggestion = make_reader(article)
    ask_readers(case_of(suggestion), by=make_editor(), question="Which page?\nAnd <b>where</b>?")
    [message] = post_all()
    assert message.to == [ADA]
    assert "> Which page?\n> And <b>where</b>?" in message.body
    assert "And &lt;b&gt;where&lt;/b&gt;?" in html_of(message)
    assert private(suggestion) in message.body
    assert post_all() == []


def test_a_question_that_was_answered_before_its_mail_went_out_is_not_sent(article: Article) -> None:
    suggestion = make_reader(article)
    ask_readers(case_of(suggestion), by=make_editor(), question="Which page?")
    Contact.objects.update(state="waiting", confirmed_at=None)
    assert post_all() == []
    press(confirmation_link(suggestion))
    answer_question(Suggestion.objects.get(pk=suggestion.pk), text="The first.")
    assert post_all() == []


def test_fixed_already_is_told_and_spam_is_not(article: Article) -> None:
    fixed, spam = make_reader(article), make_reader(article, "three", "gold")
    close_as_fixed(case_of(fixed), by=make_editor())
    mark_spam(case_of(spam), by=make_editor())
    [message] = post_all()
    assert message.subject.startswith("Fixed already")


@pytest.mark.both_databases
def test_readers_of_a_merged_case_are_told_once(article: Article) -> None:
    target, moved = make_reader(article, email="bob@example.org"), make_reader(article, "three", "four")
    into, other = case_of(target), case_of(moved)
    merge_cases(into, [other], by=make_editor())
    [message] = post_all()
    assert (message.to, "has joined others" in message.subject) == ([ADA], True)
    decline_case(Case.objects.get(pk=into.pk), by=make_editor(), reason="No.")
    assert {tuple(sent.to) for sent in post_all()} == {(ADA,), ("bob@example.org",)}


@pytest.mark.both_databases
def test_whoever_sends_the_same_again_is_asked_and_answered_once(article: Article) -> None:
    first, again, other = make_reader(article), make_reader(article), make_reader(article, "recieve", "get")
    stranger = make_reader(article, email="bob@example.org")
    for suggestion in (first, again, other, stranger):
        case = case_of(suggestion)
    ask_readers(case, by=make_editor(), question="Which council?")
    asked = post_all()
    assert sorted(str(message.to[0]) for message in asked) == [ADA, ADA, "bob@example.org"]
    assert [private(again) in message.body for message in asked] == [False] * 3
    assert post_all() == []

    decline_case(Case.objects.get(pk=case.pk), by=make_editor(), reason="It is our style.")
    answers = post_all()
    assert sorted(str(message.to[0]) for message in answers) == [ADA, ADA, "bob@example.org"]
    assert [private(again) in message.body for message in answers] == [False] * 3
    assert not Contact.objects.filter(is_closed=False).exists()


def test_the_same_again_is_answered_where_the_first_was_taken_back(article: Article) -> None:
    first, again = make_reader(article), make_reader(article)
    case_of(first)
    ask_readers(case_of(again), by=make_editor(), question="Which council?")
    [question] = post_all()
    withdraw_suggestion(Suggestion.objects.get(pk=first.pk))
    assert private(first) in question.body
    [question] = post_all()
    assert private(again) in question.body


def test_whoever_took_the_suggestion_back_hears_nothing_more(article: Article) -> None:
    stays, gone = make_reader(article, email="bob@example.org"), make_reader(article)
    case = case_of(stays)
    case_of(gone)
    withdraw_suggestion(Suggestion.objects.get(pk=gone.pk))
    decline_case(case, by=make_editor(), reason="No.")
    assert [message.to for message in post_all()] == [["bob@example.org"]]
    assert not Contact.objects.filter(is_closed=False).exists()


def test_nothing_but_the_confirmation_goes_to_an_address_that_nobody_confirmed(article: Article) -> None:
    suggestion = make_suggestion(article, email=ADA)
    decline_case(case_of(suggestion), by=make_editor(), reason="No.")
    [message] = post_all()
    assert "confirm" in message.subject
    pass_days(0.5)
    press(confirmation_link(suggestion))
    assert [message.subject[:5] for message in post_all()] == ["About"]


def test_a_headline_cannot_begin_another_header(article: Article, settings: Any) -> None:
    settings.SITE_NAME = INJECTED
    make_suggestion(article, email=ADA)
    [message] = post_all()
    assert message.subject == "Please confirm your e-mail address for Bridges Bcc: victim@example.org X: y"
    assert message.message()["Bcc"] is None
    assert message.recipients() == [ADA]


def test_every_mail_can_be_stopped_and_says_that_a_machine_wrote_it(article: Article) -> None:
    make_suggestion(article, email=ADA)
    [message] = post_all()
    stop = f"{settings.SITE_URL}/mail/stop/{unsubscribe_token(Mailbox(hash=mailbox_hash(ADA, settings.SECRET_KEY)))}/"
    headers = message.message()
    assert headers["List-Unsubscribe"] == f"<{stop}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["Message-ID"] == Mail.objects.get().message_id
    assert headers["From"] == settings.DEFAULT_FROM_EMAIL
    assert stop in message.body
    assert stop in html_of(message)


def test_a_forged_host_reaches_no_mail(article: Article) -> None:
    make_suggestion(article, email=ADA)
    [message] = post_all()
    addresses = [word for word in message.body.split() if word.startswith("http")]
    assert addresses
    assert all(address.startswith(settings.SITE_URL) for address in addresses)
    assert mail.outbox


def test_an_arabic_articles_mail_reads_from_right_to_left() -> None:
    make_suggestion(make_article(language="ar"), email=ADA)
    [message] = post_all()
    assert '<html lang="ar" dir="rtl">' in html_of(message)
