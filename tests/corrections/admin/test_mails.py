"""What mails are to the desk: doubts to settle, a digest to read, and senders known by what they confirmed."""

import pytest

from corrections.models import Mail
from newsroom.models import Article
from tests.support.admin_page import tree
from tests.support.desk_page import LIST, Desk, messages
from tests.support.factories import make_article, retract
from tests.support.followers import make_follower
from tests.support.mailbox import ADA, post_all
from tests.support.readers import case_of_reader

pytestmark = pytest.mark.django_db
MAILS = "/admin/corrections/mail/"


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


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
    assert "Only mail that may have been sent" in messages(desk)
    Mail.objects.update(state="failed")
    desk.client.post(MAILS, {"action": "send_again", "_selected_action": [mail.pk]})
    assert Mail.objects.get(pk=mail.pk).state == "owed"


def test_the_desk_sees_which_article_is_followed_and_no_address(article: Article) -> None:
    make_follower(article)
    retract(article)
    post_all()
    page = Desk().client.get(MAILS).content.decode()
    assert "Report on the bridges is due" in page
    assert ADA not in page


def test_an_auditor_sees_the_mails_and_settles_none() -> None:
    Mail.objects.create(message_id="<x@y>", kind="fixed", state="doubtful")
    auditor = Desk(group="Auditor")
    assert auditor.client.get(MAILS).status_code == 200
    auditor.client.post(MAILS, {"action": "send_again", "_selected_action": [Mail.objects.get().pk]})
    assert Mail.objects.get().state == "doubtful"
