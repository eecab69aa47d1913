"""An editor's home: what is theirs first, each case where its reason is, and nothing without permission."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from corrections.decisions.outcomes import ask_readers, assign_case
from corrections.desk.home.page import read_home
from corrections.models import Case, Reply
from newsroom.accounts.roles import AUDITOR, COPY_EDITOR, DESK_CHIEF, STANDARDS_EDITOR
from newsroom.models import Editor
from tests.support.admin_page import tree
from tests.support.desk_page import Desk, make_case
from tests.support.factories import make_article, make_editor

pytestmark = pytest.mark.django_db


def shown(editor: Editor) -> dict[str, list[int]]:
    return {section.name: [row.case.pk for row in section.rows] for section in read_home(editor).sections}


def propose(desk: Desk, case: Case) -> None:
    assert desk.decide(case, "propose", kind="correction", note="It is 15 bridges, not 14.").status_code == 302


@pytest.mark.both_databases
def test_each_case_stands_where_its_reason_is() -> None:
    copy, second = Desk(), Desk(group=STANDARDS_EDITOR)
    mine, waits, back, asked, free = (make_case(make_article(), "14", "15", category="fact") for _each in range(5))
    assign_case(mine, by=second.editor, to=copy.editor)
    propose(copy, waits)
    propose(copy, back)
    assert second.decide(back, "return", reason="Who counted?").status_code == 302
    ask_readers(asked, by=copy.editor, question="Where?")
    Case.objects.filter(pk=asked.pk).update(state="open")
    Reply.objects.create(suggestion=asked.suggestions.get(), question="Where?", text="At the quay.")

    assert shown(copy.editor) == {
        "hands": [mine.pk],
        "back": [back.pk],
        "answers": [asked.pk],
        "oldest": [back.pk, asked.pk, free.pk],
    }
    assert shown(second.editor)["second"] == [waits.pk]
    assert "back" not in shown(second.editor)


def test_a_claim_that_lapsed_is_in_nobody_s_hands() -> None:
    desk = Desk()
    case = make_case(make_article())
    desk.decide(case, "claim")
    assert shown(desk.editor) == {"hands": [case.pk]}
    Case.objects.filter(pk=case.pk).update(claimed_until=timezone.now())
    assert shown(desk.editor) == {"oldest": [case.pk]}


@pytest.mark.parametrize("group", [COPY_EDITOR, STANDARDS_EDITOR, DESK_CHIEF, AUDITOR])
def test_the_home_is_at_admin_and_costs_few_queries(group: str) -> None:
    desk = Desk(group=group)
    for word in ("recieve", "14", "three"):
        case = make_case(make_article(), word, "x", category="fact")
        if group != AUDITOR:
            assign_case(case, by=make_editor(), to=desk.editor)
        make_case(make_article(), word, "y")
    with CaptureQueriesContext(connection) as queries:
        page = desk.client.get("/admin/")
    assert len(queries) <= 30
    names = {name.removeprefix("home-") for name in tree(page).xpath("//section/@aria-labelledby")}
    assert ("hands" in names) == (group != AUDITOR)
    assert {"oldest", "moved"} <= names
    assert ({"ageing", "record"} <= names) == (group in (DESK_CHIEF, AUDITOR))
    assert ("acts" in names) == (group == AUDITOR)
    assert desk.client.get("/admin/all/").status_code == 200


def test_who_may_not_see_cases_gets_the_index_and_a_stranger_the_log_in() -> None:
    desk = Desk()
    desk.editor.groups.clear()
    page = desk.client.get("/admin/")
    assert page.status_code == 200
    assert not tree(page).xpath("//section[@class='home-section']")
    assert Client().get("/admin/")["Location"].startswith("/admin/login/")
