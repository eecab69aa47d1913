"""What the chief sees at home: ageing against a target, load, failures, the record's last check."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from corrections.decisions.outcomes import assign_case
from corrections.desk.home.oversight import latest_acts, read_oversight
from corrections.models import Case, Mail, Suggestion
from newsroom.accounts.roles import DESK_CHIEF
from newsroom.operations.heartbeat import note_record_check
from tests.support.admin_page import tree
from tests.support.desk_page import Desk, make_case
from tests.support.factories import make_article, make_editor
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db


@pytest.mark.both_databases
def test_what_waits_longer_than_its_kind_may_is_late() -> None:
    hours = timedelta(hours=1)
    for category, waited in (("fact", 5), ("fact", 3), ("typo", 5)):
        case = make_case(make_article(), "14", "15", category=category)
        Case.objects.filter(pk=case.pk).update(first_at=timezone.now() - waited * hours)
    rows = {row.kind: row for row in read_oversight().ageing}
    assert {kind: (row.waiting, row.late) for kind, row in rows.items()} == {"fact": (2, 1), "typo": (1, 0)}
    assert rows["fact"].oldest
    assert 5 * hours <= rows["fact"].oldest < 6 * hours


def test_load_counts_what_an_editor_holds() -> None:
    busy, case = make_editor(public_name="Mara Lind"), make_case(make_article())
    assign_case(case, by=busy, to=busy)
    lapsed = make_case(make_article())
    Case.objects.filter(pk=lapsed.pk).update(assignee=make_editor(), claimed_until=timezone.now())
    [load] = read_oversight().load
    assert (load.editor, load.query, load.in_hand) == ("Mara Lind", f"hands={busy.pk}", 1)


def test_failures_are_counted_and_lead_to_their_lists() -> None:
    assert not read_oversight().failures.any
    make_suggestion(make_article())
    Suggestion.objects.update(status=Suggestion.Status.FAILED)
    page = tree(Desk(group=DESK_CHIEF).client.get("/admin/"))
    [box] = page.xpath("//section[@aria-labelledby='home-failures']")
    assert "Suggestions: 1" in box.text_content()
    assert not Mail.objects.needing_review()


@pytest.mark.django_db(transaction=True)
def test_the_record_s_last_check_is_known() -> None:
    note_record_check(is_whole=False, sequence=3)
    assert "Broken." in Desk(group=DESK_CHIEF).client.get("/admin/").content.decode()
    make_case(make_article())
    call_command("verify_audit")
    check = read_oversight().check
    assert check
    assert check.is_whole
    assert check.sequence == latest_acts()[0].sequence
    assert timezone.now() - check.at < timedelta(minutes=1)


def test_the_load_of_each_editor_can_be_switched_off(settings: Any) -> None:
    desk, colleague = Desk(group=DESK_CHIEF), make_editor(public_name="Mara Lind")
    assign_case(make_case(make_article()), by=desk.editor, to=colleague)
    assert tree(desk.client.get("/admin/")).xpath("//section[@aria-labelledby='home-load']")
    settings.DESK_SHOWS_LOAD = False
    page = tree(desk.client.get("/admin/"))
    assert not page.xpath("//section[@aria-labelledby='home-load']")
    assert page.xpath("//section[@aria-labelledby='home-ageing']")
