"""Putting on hold: usual ends by the editor's own clock, and a reason that only the desk sees."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from corrections.desk.forms.routing import Preset, ends_of
from corrections.models import Case, Delivery, Mail
from corrections.suggestions.status_tokens import status_token
from newsroom.models import Act, Editor
from tests.support.admin_page import tree
from tests.support.desk_page import LIST, Desk, make_case, told
from tests.support.factories import make_article

pytestmark = pytest.mark.django_db
KYIV, SECRET = ZoneInfo("Europe/Kyiv"), "the harbour master calls back"


@pytest.mark.parametrize(
    ("today", "tomorrow", "monday"),
    [
        (date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 7)),  # a Monday
        (date(2026, 12, 5), date(2026, 12, 6), date(2026, 12, 7)),
        (date(2026, 12, 6), date(2026, 12, 7), date(2026, 12, 7)),
        (date(2027, 3, 27), date(2027, 3, 28), date(2027, 3, 29)),  # clocks are changed in the night
    ],
)
def test_a_preset_ends_at_nine_by_the_clock_of_that_day(today: date, tomorrow: date, monday: date) -> None:
    now = datetime(today.year, today.month, today.day, 22, 30, tzinfo=KYIV)
    ends = ends_of(now)
    assert (ends[Preset.TOMORROW].date(), ends[Preset.MONDAY].date()) == (tomorrow, monday)
    assert {ends[each].hour for each in (Preset.TOMORROW, Preset.MONDAY)} == {9}
    assert (ends[Preset.TWO_HOURS].astimezone(UTC) - now.astimezone(UTC)).total_seconds() == 7200


def test_tomorrow_morning_is_that_of_the_editor_and_the_reason_is_shown_to_the_desk() -> None:
    case = make_case(make_article())
    desk = Desk()
    Editor.objects.update(time_zone="Pacific/Auckland")
    desk.decide(case, "hold", preset="tomorrow", why=SECRET)
    case.refresh_from_db()
    there = case.held_until.astimezone(ZoneInfo("Pacific/Auckland")) if case.held_until else None
    assert there
    assert (there.hour, there.minute) == (9, 0)
    assert (there.date() - datetime.now(ZoneInfo("Pacific/Auckland")).date()).days == 1

    shown = [desk.open(case), desk.client.get(LIST, {"state": "held"}), desk.client.get("/admin/")]
    assert all(SECRET in page.content.decode() for page in shown)
    assert ", 09:00" in shown[0].content.decode()
    assert f"on hold until {date_format(there, 'j F Y')}" in shown[0].content.decode()
    Case.objects.update(state="open", held_until=None)
    assert "Was on hold because:" in desk.open(case).content.decode()
    desk.decide(case, "decline", reason="The word is right.")
    case.refresh_from_db()
    assert case.hold_reason == ""


def test_the_reason_stands_in_nothing_that_leaves_the_desk_or_lasts(client: Client) -> None:
    case = make_case(make_article())
    Desk().decide(case, "hold", preset="two_hours", why=SECRET)
    assert SECRET not in str(list(Act.objects.values_list("payload", flat=True)))
    assert SECRET not in str(list(Case.history.values()))
    assert SECRET not in client.get(f"/suggestions/{status_token(case.suggestions.get().pk)}/").content.decode()
    token = status_token(case.suggestions.get().pk)
    assert SECRET not in client.get(f"/api/suggestions/{token}").content.decode()
    assert SECRET not in str(list(Mail.objects.values())) + str(list(Delivery.objects.values()))
    case.refresh_from_db()
    assert case.decision
    assert (case.decision.payload, case.decision.typed) == ({}, {})


def test_two_ends_and_hidden_characters_are_refused() -> None:
    case = make_case(make_article())
    desk = Desk()
    page = desk.decide(case, "hold", preset="monday", until=f"{timezone.localdate():%Y}-12-31")
    assert page.status_code == 422
    assert "Choose either a day or one of the times above." in told(page)
    assert desk.decide(case, "hold", preset="monday", why="a\u202eb").status_code == 422
    case.refresh_from_db()
    assert case.state == "open"
    assert tree(desk.open(case)).xpath("count(//input[@name='preset'][@data-digit])") == 3
