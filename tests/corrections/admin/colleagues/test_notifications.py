"""The list of an editor's notifications, one of them opened, and their count in the header."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corrections.decisions.outcomes import assign_case
from corrections.models import Notification
from corrections.notifications.reading import MOST_ROWS
from corrections.notifications.writing import notify
from newsroom.models import Kind
from newsroom.publishing.proposals import propose_revision
from tests.support.admin_page import tree
from tests.support.desk_page import Desk, address_of, make_case
from tests.support.factories import current_revision, make_article, make_editor, make_wording

pytestmark = pytest.mark.django_db
LIST, COUNT = "/admin/notifications/", "/admin/notifications/count/"


@pytest.fixture
def desk() -> Desk:
    return Desk()


def tell(desk: Desk, **named: str) -> Any:
    article = make_article()
    case = make_case(article)
    assign_case(case, by=make_editor(public_name="Mara Lind"), to=desk.editor)
    return Notification.objects.get(case=case)


def test_the_count_is_answered_with_304_while_nothing_changed(desk: Desk) -> None:
    first = desk.client.get(COUNT)
    assert first.json() == {"count": 0, "most": 100}
    assert "no-store" in first["Cache-Control"]
    assert desk.client.get(COUNT, headers={"If-None-Match": first["ETag"]}).status_code == 304
    tell(desk)
    second = desk.client.get(COUNT, headers={"If-None-Match": first["ETag"]})
    assert (second.status_code, second.json()["count"]) == (200, 1)


def test_the_count_is_asked_for_in_the_header_of_every_page(desk: Desk) -> None:
    for address in ("/admin/", "/admin/profile/", "/admin/newsroom/article/", LIST):
        [link] = tree(desk.client.get(address)).xpath("//*[@id='user-tools']//a[@data-notifications]")
        assert (link.get("data-notifications"), link.get("href")) == (COUNT, LIST)


def test_opening_one_leads_to_its_case_and_reads_it(desk: Desk) -> None:
    told = tell(desk)
    page = tree(desk.client.get(LIST))
    [link] = page.xpath("//ol[@class='notification-list']//a")
    assert "Mara Lind handed a case to you" in link.text_content()
    opened = desk.client.get(link.get("href"))
    assert opened["Location"] == address_of(told.case)
    told.refresh_from_db()
    assert told.read_at
    assert not tree(desk.client.get(LIST)).xpath("//*[@class='notification-new']")


def test_the_pages_of_an_article_and_of_a_proposal_read_what_led_there(desk: Desk) -> None:
    other, article = make_editor(), make_article()
    base, wording = current_revision(article), make_wording(body="<p>All bridges are open again.</p>")
    proposal = propose_revision(article, base=base, by=other, kind=Kind.UPDATE, wording=wording, note="They opened.")
    Notification.objects.all().delete()
    notify(Notification.Kind.MENTIONED, [desk.editor, other], by=None, article=article)
    notify(Notification.Kind.WAITS, [desk.editor, other], by=None, article=article, proposal=proposal)
    unread = Notification.objects.unread()
    assert unread.count() == 4
    desk.client.get(f"/admin/newsroom/article/{article.pk}/change/")
    assert set(unread.filter(recipient=desk.editor).values_list("kind", flat=True)) == {"waits"}
    desk.client.get(f"/admin/newsroom/proposal/{proposal.pk}/change/")
    assert set(unread.values_list("recipient", flat=True)) == {other.pk}


def test_nobody_opens_or_reads_those_of_another(desk: Desk) -> None:
    told = tell(desk)
    other = Desk()
    assert other.client.get(f"{LIST}{told.pk}/").status_code == 404
    assert other.client.post(f"{LIST}read/").status_code == 302
    told.refresh_from_db()
    assert told.read_at is None
    assert not tree(other.client.get(LIST)).xpath("//ol[@class='notification-list']//a")


def test_all_are_read_by_one_press(desk: Desk) -> None:
    for _twice in range(2):
        tell(desk)
    assert desk.client.get(f"{LIST}read/").status_code == 405
    assert desk.client.post(f"{LIST}read/").status_code == 302
    assert not Notification.objects.unread().exists()


def test_a_long_list_takes_few_queries(desk: Desk) -> None:
    told = tell(desk)
    for _each in range(MOST_ROWS):
        told.pk = None
        told.save(force_insert=True)
    with CaptureQueriesContext(connection) as queries:
        page = desk.client.get(LIST)
    assert len(tree(page).xpath("//ol[@class='notification-list']/li")) == MOST_ROWS
    assert len(queries) <= 12
