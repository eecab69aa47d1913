"""Mails as readers get them: a reader's confirmed address, and the outbox emptied into Django's own test box."""

from datetime import timedelta
from typing import Any

from django.core import mail
from django.test import Client

from corrections.contacts.addresses import confirm_contact, contact_for, queue_confirmations
from corrections.contacts.followers import queue_article_news, queue_follower_confirmations
from corrections.contacts.hashed_mailboxes import confirmation_token
from corrections.contacts.outbox import claim_due_mails
from corrections.mail.delivery import send_mail
from corrections.mail.due import queue_reader_mails
from corrections.models import Contact, Mail, Suggestion
from newsroom.models import Article
from tests.support.suggestion_factories import make_suggestion

ADA = "ada@example.org"


def make_reader(article: Article, *sent: Any, email: str = ADA, **more: Any) -> Suggestion:
    """A suggestion whose reader has confirmed the address; no mail was sent on the way."""
    suggestion = make_suggestion(article, *sent, email=email, **more)
    confirm_contact(contact_of(suggestion), wants_receipt=False)
    return suggestion


def contact_of(suggestion: Suggestion) -> Contact:
    contact = contact_for(suggestion)
    assert contact
    return contact


def confirmation_link(suggestion: Suggestion) -> str:
    return f"/mail/confirm/{confirmation_token(contact_of(suggestion))}/"


def press(address: str, **typed: str) -> Any:
    """Press the button of a page behind a link in a mail, as a browser without any cookie."""
    return Client(enforce_csrf_checks=True).post(address, typed)


def pass_days(days: float) -> None:
    """Let all mails be older by that."""
    ago = timedelta(days=days)
    for row in Mail.objects.all():
        for name in ("owed_at", "due_at", "tried_at", "leased_until"):
            moment = getattr(row, name)
            setattr(row, name, moment - ago if moment else None)
        row.save()


def post_all() -> list[Any]:
    """What one tick of the dispatcher would send now."""
    before = len(mail.outbox)
    queue_confirmations()
    queue_follower_confirmations()
    queue_reader_mails()
    queue_article_news()
    for pk in claim_due_mails():
        send_mail(pk)
    return list(mail.outbox[before:])


def html_of(message: Any) -> str:
    [(content, kind)] = message.alternatives
    assert kind == "text/html"
    return str(content)
