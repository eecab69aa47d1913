"""What mails are to the desk: doubts to settle, a digest to read, and senders known by what they confirmed."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from corrections.contacts.outbox import claim_due_mails
from corrections.decisions.outcomes import publish_cases
from corrections.decisions.rules import refuse_own_suggestion
from corrections.mail.blocks import NothingToSend
from corrections.mail.delivery import send_mail
from corrections.mail.due import queue_digests
from corrections.mail.editor_digest import compose_digest
from corrections.models import Case, Mail
from corrections.triage.pipeline import triage_suggestion
from newsroom.models import Article, Editor, Proposal
from newsroom.publishing.policy import OwnSuggestion
from newsroom.publishing.proposals import approve_proposal
from tests.support.desk_page import LIST, Desk, make_case, messages, pass_the_time, tree
from tests.support.factories import current_revision, make_article, make_editor
from tests.support.mailbox import ADA, html_of, make_reader, post_all

pytestmark = pytest.mark.django_db
MAILS = "/admin/corrections/mail/"


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


def case_of_reader(article: Article, *sent: Any, email: str = ADA) -> Case:
    case = triage_suggestion(make_reader(article, *sent, email=email).pk)
    assert case
    return case


def make_digest_reader(**fields: Any) -> Editor:
    editor = make_editor()
    Editor.objects.filter(pk=editor.pk).update(digest=True, email="desk@example.org", **fields)
    editor.refresh_from_db()
    return editor


# Doubts ---------------------------------------------------------------------------------------------------------------
def test_the_desk_sees_what_may_not_have_arrived_and_settles_it(article: Article) -> None:
    Desk().decide(case_of_reader(article), "fixed")
    post_all()
    Mail.objects.update(state="doubtful", sent_at=None)
    mail = Mail.objects.get()
    desk = Desk()
    [alert] = tree(desk.client.get(LIST)).xpath("//*[contains(@class, 'desk-alert')]//a")
    page = desk.client.get(alert.get("href"))
    assert "bridges" in page.content.decode()
    assert ADA not in page.content.decode()

    desk.client.post(MAILS, {"action": "leave_as_it_is", "_selected_action": [mail.pk]})
    assert Mail.objects.get(pk=mail.pk).state == "left"
    desk.client.post(MAILS, {"action": "send_again", "_selected_action": [mail.pk]})
    assert Mail.objects.get(pk=mail.pk).state == "left"
    assert "Only a mail that was perhaps sent" in messages(desk)
    Mail.objects.update(state="failed")
    desk.client.post(MAILS, {"action": "send_again", "_selected_action": [mail.pk]})
    assert Mail.objects.get(pk=mail.pk).state == "owed"


def test_an_auditor_sees_the_mails_and_settles_none() -> None:
    Mail.objects.create(message_id="<x@y>", kind="fixed", state="doubtful")
    auditor = Desk(group="Auditor")
    assert auditor.client.get(MAILS).status_code == 200
    auditor.client.post(MAILS, {"action": "send_again", "_selected_action": [Mail.objects.get().pk]})
    assert Mail.objects.get().state == "doubtful"


# The digest -----------------------------------------------------------------------------------------------------------
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


# Whose it is ----------------------------------------------------------------------------------------------------------
def test_an_editor_does_not_publish_their_own_suggestion(article: Article) -> None:
    desk = Desk()
    Editor.objects.filter(pk=desk.editor.pk).update(email="Ada+desk@Example.org")
    case = case_of_reader(article)
    answer = desk.decide(case, "publish")
    assert "You sent this yourself as a reader" in answer.content.decode()
    assert current_revision(article).number == 1
    Desk().decide(case, "publish")
    assert current_revision(article).number == 2


def test_an_address_that_nobody_confirmed_bars_nobody(article: Article) -> None:
    desk = Desk()
    Editor.objects.filter(pk=desk.editor.pk).update(email=ADA)
    desk.decide(make_case(article, email=ADA), "publish")
    assert current_revision(article).number == 2


def test_nor_do_they_approve_it_through_whichever_door(article: Article) -> None:
    case = case_of_reader(article, "three", "four")
    Desk().decide(case, "propose", kind="correction", note="It is four bridges.")
    pass_the_time()
    proposal = Proposal.objects.get()
    approver = make_editor(group="Standards editor")
    Editor.objects.filter(pk=approver.pk).update(email=ADA)
    with pytest.raises(OwnSuggestion):
        approve_proposal(proposal, by=Editor.objects.get(pk=approver.pk), digest=proposal.digest)
    page = Desk(approver).client.get(f"/admin/newsroom/proposal/{proposal.pk}/change/")
    form = next(form for form in tree(page).forms if "digest" in form.fields)
    answer = Desk(approver).client.post(
        f"/admin/newsroom/proposal/{proposal.pk}/change/", {**dict(form.form_values()), "decision": "approve"}
    )
    assert answer.status_code < 500
    assert current_revision(article).number == 1


def test_the_rule_stands_in_the_decision_itself(article: Article) -> None:
    editor = make_editor()
    editor.email = ADA
    case = case_of_reader(article)
    with pytest.raises(OwnSuggestion):
        refuse_own_suggestion([case], by=editor)
    assert publish_cases.__doc__
    assert "OwnSuggestion" in publish_cases.__doc__


# One sender -----------------------------------------------------------------------------------------------------------
@pytest.mark.both_databases
def test_a_sender_is_known_by_the_confirmed_address_wherever_they_write_from(article: Article) -> None:
    first = case_of_reader(article)
    second = case_of_reader(article, "three", "four", email="Ada@example.org")
    unconfirmed = make_case(article, "counts", "count", email=ADA)
    for number, case in enumerate((first, second, unconfirmed)):
        case.suggestions.update(address_hash=f"{number}" * 64)
    desk = Desk()
    page = desk.client.get(f"{LIST}{first.pk}/sender/")
    boxes = tree(page).xpath("//input[@name='others']/@value")
    assert {int(box) for box in boxes} == {first.pk, second.pk}
    told = desk.open(first).content.decode()
    assert "From the same confirmed e-mail address – accepted: 0, declined: 0, still waiting: 1." in told
    assert ADA not in told


def test_a_network_address_says_nothing_of_those_who_confirmed_another_way(article: Article) -> None:
    confirmed, unnamed = case_of_reader(article), make_case(article, "three", "four")
    for case in (confirmed, unnamed):
        case.suggestions.update(address_hash="a" * 64)
    page = Desk().client.get(f"{LIST}{unnamed.pk}/sender/")
    assert tree(page).xpath("//input[@name='others']/@value") == [str(unnamed.pk)]
