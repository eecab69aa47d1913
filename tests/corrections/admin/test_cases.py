"""The list of cases and the page of one case, read by the editors of the four groups."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corrections.decisions.outcomes import decline_case
from corrections.desk.flag_labels import FLAG_WORDS
from corrections.models import Case, Suggestion
from corrections.screening.flags import Flag
from corrections.triage.pipeline import triage_suggestion
from newsroom.accounts.roles import AUDITOR, COPY_EDITOR, DESK_CHIEF, STANDARDS_EDITOR
from tests.support.desk_page import LIST, Desk, buttons, diffs, make_case, tree
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


def test_flags_and_the_place_are_told_in_words() -> None:
    make_case(make_article(), "14", "15", category="fact")
    facts = tree(Desk().client.get(LIST)).xpath("//ul[@class='case-facts']")[0].text_content()
    assert "Changes a number" in facts
    assert "Where the reader saw it" in facts


@pytest.mark.parametrize(
    ("state", "shown"), [("", 1), ("open", 1), ("declined", 1), ("published", 0), ("all", 2), ("nonsense", 1)]
)
def test_the_list_can_be_narrowed_to_a_state(state: str, shown: int) -> None:
    article = make_article()
    make_case(article)
    decline_case(make_case(article, "report", "account"), by=make_editor(), reason="The word is right.")
    assert len(tree(Desk().client.get(LIST, {"state": state})).xpath("//ol/li")) == shown


def test_the_list_can_be_narrowed_to_an_article() -> None:
    make_case(make_article(slug="one"))
    make_case(make_article(slug="two"))
    assert len(tree(Desk().client.get(LIST, {"article": "two"})).xpath("//ol/li")) == 1


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


@pytest.mark.both_databases
def test_the_page_marks_the_passage_in_the_live_article() -> None:
    case = make_case(make_article())
    page = tree(Desk().open(case))
    [mark] = page.xpath("//div[contains(@class, 'desk-text')]//mark")
    assert mark.text == "recieve"
    assert "The council will recieve the report on Tuesday." in mark.getparent().text_content()


def test_a_case_is_moved_to_the_current_revision_when_it_is_opened() -> None:
    article = make_article()
    case = make_case(article)
    make_revision(article, find="The council", put="On Monday the council")
    page = Desk().open(case)
    assert tree(page).xpath("//mark/text()") == ["recieve"]
    case.refresh_from_db()
    assert case.anchor == "moved"


def test_every_copy_is_marked_where_the_passage_stands_more_than_once() -> None:
    article = make_article(body="<p>One bridge and one bridge and one bridge.</p>")
    case = make_case(article, "bridge", "ferry")
    Case.objects.filter(pk=case.pk).update(anchor="ambiguous", start=None, end=None)
    page = Desk().open(case)
    assert len(tree(page).xpath("//mark")) == 3
    assert "edit-article" in buttons(page)


def test_variants_are_counted_whatever_the_reader_marked() -> None:
    article = make_article()
    case = make_case(article)
    make_case(article, "will recieve the", "will receive the")
    make_case(article, "recieve", "receive ")
    make_case(article, "recieve", "get")
    page = Desk().open(case)
    choices = tree(page).xpath("//fieldset//*[@class='desk-count']/text()")
    assert choices == ["3 readers", "1 reader"]
    assert diffs(page)[:2] == [(["recieve"], ["receive"]), (["recieve"], ["get"])]


def test_notes_and_evidence_are_shown_and_never_markup() -> None:
    case = make_case(make_article(), note="<b>Look</b> it up.", email="reader@example.org")
    case.suggestions.update(evidence_url="https://example.org/?a=1&b=2")
    page = Desk().open(case)
    [link] = tree(page).xpath("//ul[@class='desk-remarks']//a")
    assert link.get("href") == "https://example.org/?a=1&b=2"
    assert set(link.get("rel").split()) == {"noreferrer", "nofollow", "noopener"}
    assert "<b>Look</b> it up." in tree(page).xpath("//ul[@class='desk-remarks']")[0].text_content()
    assert b"reader@example.org" not in page.content


def test_what_many_wrote_alike_is_one_remark() -> None:
    article = make_article()
    case = make_case(article, note="I noticed this too.")
    make_case(article, note="It is so in the law.")
    make_case(article, note="I noticed this too.")
    make_case(article)
    remarks = tree(Desk().open(case)).xpath("//section[@aria-labelledby='remarks-heading']//li")
    assert [" ".join(remark.text_content().split()).partition(" · 2 readers ")[2] for remark in remarks] == [
        "I noticed this too.",
        "",
    ]


def test_evidence_that_no_browser_should_follow_is_text() -> None:
    case = make_case(make_article(), note="Look.")
    case.suggestions.update(evidence_url="javascript:alert(1)")
    assert not tree(Desk().open(case)).xpath("//ul[@class='desk-remarks']//a")


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
def test_an_edited_passage_shows_both_texts() -> None:
    article = make_article()
    case = make_case(article, "which three are closed", "which three are open", category="fact")
    make_revision(article, find="three are closed", put="three remain closed")

    [seen] = tree(Desk().open(case)).xpath("//dl[contains(@class, 'desk-seen')]")

    then, now = (" ".join(dd.text_content().split()) for dd in seen.xpath("./dd"))
    assert (then, now) == ("which three are closed", "which three remain closed")
    assert (seen.xpath(".//del/text()"), seen.xpath(".//ins/text()")) == (["are"], ["remain"])


def test_a_passage_that_is_gone_is_shown_beside_the_whole_article() -> None:
    article = make_article()
    case = make_case(article, "three are closed", None, category="fact", note="Four, I think.")
    make_revision(article, find="<p>It counts <strong>14</strong> bridges, of which three are closed.</p>", put="")

    page = tree(Desk().open(case))

    [seen] = page.xpath("//dl[contains(@class, 'desk-seen')]")
    assert "three are closed" in seen.text_content()
    assert "No longer in the article" in seen.text_content()
    assert "will recieve the report" in page.xpath("//*[contains(@class, 'desk-text')]")[0].text_content()


def test_a_passage_that_stands_as_it_was_marked_is_shown_once() -> None:
    assert not tree(Desk().open(make_case(make_article()))).xpath("//dl[contains(@class, 'desk-seen')]")


def test_the_list_can_be_narrowed_by_where_the_passage_stands() -> None:
    article = make_article()
    made = {
        "certain": make_case(article),
        "changed": make_case(article, "bridges", "viaducts", category="fact"),
        "removed": make_case(article, "Tuesday", "Monday", category="fact"),
        "whole": make_case(article, None, None, category="other", note="Too long."),
    }
    anchors = {"changed": "changed", "removed": "removed", "ambiguous": "ambiguous", "unplaced": "unplaced"}
    for name in ("ambiguous", "unplaced"):
        made[name] = make_case(article, "three", f"{name} words", category="fact", field="body")
        Case.objects.filter(pk=made[name].pk).update(start=None, end=None, exact=name)
    for name, anchor in anchors.items():
        Case.objects.filter(pk=made[name].pk).update(anchor=anchor)
    client = Desk().client

    for name, case in made.items():
        links = tree(client.get(LIST, {"place": name})).xpath("//ol//h2/a/@href")
        assert [int(link.split("/")[-3]) for link in links] == [case.pk], name
    assert len(tree(client.get(LIST, {"place": "nonsense"})).xpath("//ol//h2/a")) == len(made)


def test_what_a_machine_sent_is_shown_and_flagged() -> None:
    suggestion = make_suggestion(make_article())
    suggestion.looks_automatic = True
    suggestion.save()
    triage_suggestion(suggestion.pk)

    [flag] = tree(Desk().client.get(LIST)).xpath("//li[@class='case-flag']/text()")

    assert flag == "Looks sent by a machine"
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
