"""The list of cases and the page of one case, read by the editors of the four groups."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corrections.decisions.outcomes import decline_case
from corrections.desk.flag_labels import FLAG_WORDS
from corrections.models import Suggestion
from corrections.screening.flags import Flag
from corrections.triage.pipeline import triage_suggestion
from newsroom.accounts.roles import AUDITOR, COPY_EDITOR, DESK_CHIEF, STANDARDS_EDITOR
from tests.support.admin_page import buttons, tree
from tests.support.desk_page import LIST, Desk, diffs, make_case
from tests.support.factories import make_article, make_editor, make_revision
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db


@pytest.mark.both_databases
def test_the_list_shows_each_change_as_a_word_diff_in_its_surroundings() -> None:
    make_case(make_article())
    page = Desk().client.get(LIST)
    assert diffs(page) == [(["recieve"], ["receive"])]
    [words] = tree(page).xpath("//*[contains(@class, 'case-words')]")
    assert words.text_content() == "The council will recievereceive the report on Tuesday."


def test_the_list_shows_a_passage_of_the_headline() -> None:
    make_case(make_article(), "due", "here", field="headline")
    assert diffs(Desk().client.get(LIST)) == [(["due"], ["here"])]


def test_the_most_reported_case_comes_first_and_the_oldest_of_equals() -> None:
    article = make_article()
    oldest = make_case(article, "report", "account")
    newest = make_case(article, "bridges", "crossings")
    most = make_case(article)
    make_case(article)
    page = Desk().client.get(LIST)
    places = [int(address.split("/")[-3]) for address in tree(page).xpath("//ol//h2/a/@href")]
    assert places == [most.pk, oldest.pk, newest.pk]


def test_the_list_marks_a_passage_for_which_nobody_proposed_words() -> None:
    make_case(make_article(), "14", None, note="Nobody counted them.", category="fact")
    page = tree(Desk().client.get(LIST))
    assert page.xpath("//ol//mark/text()") == ["14"]
    assert "Nobody counted them." in page.text_content()


def test_a_long_list_is_parted_into_pages_without_counting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corrections.desk.case_list.PAGE_SIZE", 2)
    article = make_article()
    for word in ("council", "report", "bridges"):
        make_case(article, word, f"{word}s")
    desk = Desk()
    with CaptureQueriesContext(
        connection,
    ) as queries:
        first = desk.client.get(LIST)
    assert len(tree(first).xpath("//ol/li")) == 2
    assert not [query for query in queries if "COUNT(" in query["sql"]]
    [following] = tree(first).xpath("//a[@rel='next']/@href")
    second = desk.client.get(LIST + following)
    assert len(tree(second).xpath("//ol/li")) == 1
    assert not tree(second).xpath("//a[@rel='next']")


@pytest.mark.parametrize("number", ["0", "-1", "x", "99999999999999999999", "²"])
def test_a_page_that_is_none_is_answered_kindly(number: str) -> None:
    assert Desk().client.get(LIST, {"page": number}).status_code == 200


def test_the_list_costs_the_same_queries_however_many_cases_there_are() -> None:
    desk = Desk()
    words = ["council", "report", "Tuesday", "bridges", "three", "closed"]
    make_case(make_article(), "council", "counsel")
    few = queries_of(desk, LIST)
    for word in words:
        make_case(make_article(), word, word.upper())
    assert queries_of(desk, LIST) == few


def test_a_case_costs_the_same_queries_however_many_readers_and_neighbours_it_has() -> None:
    desk = Desk(group=STANDARDS_EDITOR)
    article = make_article()
    make_case(article)
    case = make_case(article)
    make_case(article, "report", "account")
    desk.open(case)  # the first look is noted
    few = queries_of(desk, f"{LIST}{case.pk}/change/")
    for reader in range(4):
        make_case(article, note=f"note {reader}")
        make_case(article, "recieve the", "get the")
    for word in ("Tuesday", "bridges", "three"):
        make_case(article, word, word.upper())
    assert queries_of(desk, f"{LIST}{case.pk}/change/") == few


def queries_of(desk: Desk, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert desk.client.get(address).status_code == 200
    return len(queries)


def test_a_case_is_moved_to_the_current_revision_when_it_is_opened() -> None:
    article = make_article()
    case = make_case(article)
    make_revision(article, find="The council", put="On Monday the council")
    page = Desk().open(case)
    assert tree(page).xpath("//mark/del/text()") == ["recieve"]
    case.refresh_from_db()
    assert case.anchor == "moved"


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        ("typo", "typo"),
        ("clarity", "clarification"),
        ("fact", "correction"),
        ("name", "correction"),
        ("link", ""),
        ("other", ""),
    ],
)
def test_the_kind_is_proposed_from_the_category(category: str, kind: str) -> None:
    page = tree(Desk().open(make_case(make_article(), category=category)))
    assert page.xpath("//select[@name='kind']/option[@selected]/@value") in ([kind], [] if kind == "" else None)


@pytest.mark.parametrize(
    ("group", "can_decide"), [(COPY_EDITOR, True), (STANDARDS_EDITOR, True), (DESK_CHIEF, True), (AUDITOR, False)]
)
def test_every_group_reads_and_all_but_auditors_decide(group: str, can_decide: bool) -> None:
    case = make_case(make_article())
    desk = Desk(group=group)
    assert desk.client.get(LIST).status_code == 200
    page = desk.open(case)
    assert page.status_code == 200
    settling = {"publish", "propose", "edit", "propose-edit", "decline", "fixed", "spam"}
    assert buttons(page) == (settling | {"ask", "hold", "claim", "assign"} if can_decide else set())


def test_an_editor_without_a_group_sees_nothing() -> None:
    desk = Desk()
    desk.editor.groups.clear()
    assert desk.client.get(LIST).status_code == 403
    assert desk.open(make_case(make_article())).status_code == 403


def test_a_stranger_is_asked_to_log_in() -> None:
    answer = Client().get(LIST)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("path", ["add/", "1/delete/", "1/"])
def test_cases_are_neither_added_nor_deleted_by_hand(path: str) -> None:
    assert Desk(group=DESK_CHIEF).client.get(LIST + path).status_code == 404


def test_a_case_that_is_not_there_is_not_found() -> None:
    assert Desk().client.get(f"{LIST}4711/change/").status_code == 404


def test_the_history_is_for_those_who_may_see_it() -> None:
    case = make_case(make_article())
    decline_case(case, by=make_editor(public_name="Mara Lind"), reason="The word is right.")
    path = "//ol[@class='desk-history']"
    [history] = tree(Desk(group=AUDITOR).open(case)).xpath(path)
    assert "Mara Lind" in history.text_content()
    blind = make_editor(group=AUDITOR)
    blind.groups.get().permissions.remove(Permission.objects.get(codename="view_historicalcase"))
    assert not tree(Desk(blind).open(case)).xpath(path)


# Where the passage stands ---------------------------------------------------------------------------------------------


def test_what_a_machine_sent_is_shown_and_flagged() -> None:
    suggestion = make_suggestion(make_article())
    suggestion.looks_automatic = True
    suggestion.save()
    triage_suggestion(suggestion.pk)

    [flag] = tree(Desk().client.get(LIST)).xpath("//li[@class='case-flag']/text()")

    assert flag == "Looks automated"
    assert set(FLAG_WORDS) == set(Flag)


def test_what_could_not_be_sorted_is_shown_and_can_be_tried_again() -> None:
    suggestion = make_suggestion(make_article(), note="Look here.")
    Suggestion.objects.update(status=Suggestion.Status.FAILED, attempts=5)
    desk = Desk()

    page = tree(desk.client.get(LIST))
    [box] = page.xpath("//section[@aria-labelledby='failed-heading']")
    assert "recieve" in box.text_content()
    assert "Look here." in box.text_content()

    assert Desk(group=AUDITOR).client.post(f"{LIST}try-again/").status_code == 403
    assert desk.client.post(f"{LIST}try-again/").status_code == 302
    assert triage_suggestion(suggestion.pk) is not None
    assert not tree(desk.client.get(LIST)).xpath("//section[@aria-labelledby='failed-heading']")
