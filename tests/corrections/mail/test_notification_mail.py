"""Notifications by mail: at once, in the digest, or not at all, as each editor chose."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings

from corrections.contacts.outbox import claim_due_mails
from corrections.decisions.outcomes import assign_case
from corrections.mail.delivery import send_mail
from corrections.mail.due import queue_digests
from corrections.mail.notification_mail import queue_notification_mails
from corrections.models import Mail, Notification
from newsroom.models import Editor
from tests.support.desk_page import Desk, make_case
from tests.support.factories import make_article, make_editor

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def make_told(choice: str, *, email: str = "desk@example.org") -> Editor:
    """An editor of that choice to whom a case was handed."""
    editor = make_editor()
    Editor.objects.filter(pk=editor.pk).update(notified_by_mail=choice, email=email)
    editor.refresh_from_db()
    assign_case(make_case(make_article()), by=make_editor(public_name="Mara Lind"), to=editor)
    return editor


def post(*, morning: bool = False) -> None:
    queue_notification_mails()
    if morning:
        queue_digests(MORNING)
    for pk in claim_due_mails():
        send_mail(pk)


def test_at_once_is_one_mail_with_a_link_that_opens_it(mailoutbox: list[Any]) -> None:
    editor = make_told("at_once")
    for _tick in range(3):
        post()
    [message] = mailoutbox
    told = Notification.objects.get(recipient=editor)
    assert message.subject.startswith("Mara Lind handed a case to you")
    assert f"{settings.SITE_URL}/admin/notifications/{told.pk}/" in message.body
    assert message.message()["List-Unsubscribe"] == f"<{settings.SITE_URL}/admin/profile/>"


def test_what_happens_within_one_tick_is_one_mail(mailoutbox: list[Any]) -> None:
    editor = make_told("at_once")
    assign_case(make_case(make_article()), by=make_editor(), to=editor)
    post()
    [message] = mailoutbox
    assert message.subject == "2 notifications from the desk"


@pytest.mark.parametrize(("choice", "email"), [("never", "desk@example.org"), ("at_once", "")])
def test_nobody_gets_mail_who_wants_none_or_has_no_address(choice: str, email: str, mailoutbox: list[Any]) -> None:
    make_told(choice, email=email)
    post(morning=True)
    assert mailoutbox == []
    assert not Mail.objects.exists()


def test_in_the_digest_what_is_not_read_comes_once(mailoutbox: list[Any]) -> None:
    make_told("digest")
    post()
    assert mailoutbox == []
    post(morning=True)
    [message] = mailoutbox
    assert "Mara Lind handed a case to you" in message.body
    Mail.objects.update(about="yesterday")
    post(morning=True)
    assert len(mailoutbox) == 1


def test_a_digest_of_the_desk_carries_them_along(mailoutbox: list[Any]) -> None:
    Editor.objects.filter(pk=make_told("digest").pk).update(digest=True)
    post(morning=True)
    [message] = mailoutbox
    assert message.subject == "1 case waits at the desk"
    assert "Notifications that you have not read" in message.body


def test_what_was_read_meanwhile_is_not_sent(mailoutbox: list[Any]) -> None:
    desk = Desk(make_told("at_once"))
    queue_notification_mails()
    desk.client.post("/admin/notifications/read/")
    post()
    assert mailoutbox == []
    assert Mail.objects.get().state == "dropped"


def test_the_profile_asks_for_an_address_first() -> None:
    desk = Desk()
    answer = desk.client.post("/admin/profile/", {"notified_by_mail": "at_once"})
    assert "no e-mail address" in answer.content.decode()
    Editor.objects.filter(pk=desk.editor.pk).update(email="desk@example.org")
    assert desk.client.post("/admin/profile/", {"notified_by_mail": "at_once"}).status_code == 302
    assert Editor.objects.get(pk=desk.editor.pk).notified_by_mail == "at_once"
