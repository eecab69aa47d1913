"""The digest tells an editor what waits at the desk."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from corrections.contacts.outbox import claim_due_mails
from corrections.mail.blocks import NothingToSend
from corrections.mail.delivery import send_mail
from corrections.mail.due import queue_digests
from corrections.mail.editor_digest import compose_digest
from corrections.models import Case, Mail
from newsroom.models import Article, Editor
from tests.support.admin_page import tree
from tests.support.desk_page import LIST, Desk, make_case
from tests.support.factories import make_article, make_editor
from tests.support.mailbox import html_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


def make_digest_reader(**fields: Any) -> Editor:
    editor = make_editor()
    Editor.objects.filter(pk=editor.pk).update(digest=True, email="desk@example.org", **fields)
    editor.refresh_from_db()
    return editor


def at(hour: int, *, zone: str = "UTC") -> datetime:
    return datetime(2026, 11, 24, hour, 30, tzinfo=ZoneInfo(zone))


@pytest.mark.parametrize(("hour", "mails"), [(7, 0), (8, 1), (10, 1), (11, 0), (12, 1), (14, 1), (15, 0), (23, 0)])
def test_a_digest_goes_out_morning_and_noon_of_the_sites_time(settings: Any, hour: int, mails: int) -> None:
    settings.TIME_ZONE = "Europe/Kyiv"
    make_digest_reader()
    for _tick in range(3):
        queue_digests(at(hour, zone="Europe/Kyiv"))
    assert Mail.objects.count() == mails


def test_a_digest_says_what_waits_how_long_and_what_is_the_editors(
    article: Article, mailoutbox: list[Any], settings: Any
) -> None:
    editor = make_digest_reader()
    oldest, mine = make_case(article, "14", "15"), make_case(article)
    Case.objects.filter(pk=oldest.pk).update(first_at=timezone.now() - timedelta(days=3))
    Case.objects.filter(pk=mine.pk).update(assignee=editor)
    queue_digests(at(9))
    for pk in claim_due_mails():
        send_mail(pk)
    [message] = mailoutbox
    assert (message.to, message.subject) == (["desk@example.org"], "2 cases wait at the desk")
    assert message.message()["List-Unsubscribe"] == f"<{settings.SITE_URL}/admin/profile/>"
    assert "1 case has a warning" in message.body
    assert "1 case is assigned to you" in message.body
    assert f"{settings.SITE_URL}{LIST}{oldest.pk}/change/" in message.body
    assert f"{settings.SITE_URL}{LIST}?hands=me" in html_of(message)
    assert len(tree(Desk(editor).client.get(f"{LIST}?flag=warned")).xpath("//ol[@class='case-list']/li")) == 1


@pytest.mark.parametrize("change", [{"digest": False}, {"is_active": False}, {"email": ""}])
def test_nobody_gets_a_digest_who_does_not_want_or_may_not_have_it(
    change: dict[str, Any],
) -> None:
    editor = make_digest_reader()
    Editor.objects.filter(pk=editor.pk).update(**change)
    queue_digests(at(9))
    assert not Mail.objects.exists()


def test_an_empty_desk_writes_no_digest() -> None:
    with pytest.raises(NothingToSend):
        compose_digest(make_digest_reader())


def test_the_profile_switches_the_digest_on_where_there_is_an_address() -> None:
    desk = Desk()
    answer = desk.client.post("/admin/profile/", {"digest": "on"})
    assert "no e-mail address" in answer.content.decode()
    Editor.objects.filter(pk=desk.editor.pk).update(email="desk@example.org")
    assert desk.client.post("/admin/profile/", {"digest": "on"}).status_code == 302
    assert Editor.objects.get(pk=desk.editor.pk).digest
