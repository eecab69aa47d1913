"""Notes on the pages of cases and articles, with and without script, and the list of those to check."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corrections.models import Case, InternalNote
from corrections.notes.reading import notes_of_case
from corrections.notes.writing import add_note
from corrections.privacy.withdrawal import erase_reader
from newsroom.accounts.roles import AUDITOR
from newsroom.models import Editor
from tests.support.admin_page import tree
from tests.support.desk_page import Desk, address_of, make_case
from tests.support.factories import make_article, make_editor

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return make_case(make_article())


def shown(desk: Desk, address: str) -> list[str]:
    notes = tree(desk.client.get(address)).xpath("//ul[@class='desk-internal']//p[@class='desk-note']")
    return [note.text_content() for note in notes]


def test_a_note_on_a_case_is_written_without_script_and_leads_back(case: Case) -> None:
    desk = Desk()
    back = f"{address_of(case)}?hands=me"
    answer = desk.client.post(f"/admin/notes/case/{case.pk}/", {"text": "Who counted?", "next": back})
    assert answer["Location"] == back
    assert shown(desk, back) == ["Who counted?"]
    assert shown(Desk(group=AUDITOR), address_of(case)) == ["Who counted?"]


def test_a_note_on_an_article_stands_on_its_page_alone(case: Case) -> None:
    desk, pk = Desk(), case.article_id
    page = f"/admin/newsroom/article/{pk}/change/"
    assert desk.client.post(f"/admin/notes/article/{pk}/", {"text": "Legal has seen it."})["Location"] == page
    assert shown(desk, page) == ["Legal has seen it."]
    assert shown(desk, address_of(case)) == []


def test_a_script_gets_the_notes_as_they_are_by_now(case: Case) -> None:
    desk = Desk()
    add_note(case.article, by=make_editor(), text="<b>First</b>", case=case)
    sent = {"text": "Second", "part": "1"}
    answer = desk.client.post(f"/admin/notes/case/{case.pk}/", sent)
    assert "&lt;b&gt;First&lt;/b&gt;" in answer.content.decode()
    assert "Second" in answer.content.decode()
    assert desk.client.post(f"/admin/notes/case/{case.pk}/", {"text": " ", "part": "1"}).status_code == 422


def test_a_script_blanks_a_note_and_gets_what_is_left(case: Case) -> None:
    note = add_note(case.article, by=make_editor(), text="Ada rang.", case=case)
    answer = Desk().client.post(f"/admin/notes/{note.pk}/", {"decision": "blank", "part": "1"})
    assert answer.status_code == 200
    assert "Ada rang" not in answer.content.decode()
    assert "Blanked by" in answer.content.decode()


def test_many_notes_take_three_queries_and_a_busy_page_stays_below_thirty(case: Case) -> None:
    ada = make_editor(username="ada")
    for number in range(20):
        add_note(case.article, by=make_editor(), text=f"@ada {number}", case=case)
    with CaptureQueriesContext(connection) as queries:
        assert len(notes_of_case(case)) == 20
    assert len(queries) <= 3
    desk = Desk(ada)
    desk.open(case)  # the first look is noted
    with CaptureQueriesContext(connection) as queries:
        desk.open(case)
    assert len(queries) <= 30


def test_whoever_may_not_decide_has_no_form(case: Case) -> None:
    page = tree(Desk(group=AUDITOR).open(case))
    assert not page.xpath("//form[@data-note-form]")


@pytest.mark.parametrize("elsewhere", ["https://evil.example/admin/", "//evil.example", "/"])
def test_a_note_leads_to_no_other_site(case: Case, elsewhere: str) -> None:
    answer = Desk().client.post(f"/admin/notes/case/{case.pk}/", {"text": "Hm.", "next": elsewhere})
    assert answer["Location"] == address_of(case)


def test_a_note_is_blanked_where_it_stands(case: Case) -> None:
    desk, note = Desk(), add_note(case.article, by=make_editor(), text="Ada rang.", case=case)
    [button] = tree(desk.open(case)).xpath("//button[@form='note-blank']")
    desk.client.post(button.get("formaction"), {"decision": "blank"})
    note.refresh_from_db()
    assert note.text == ""
    assert f"Blanked by {desk.editor}" in desk.open(case).content.decode()


def test_notes_about_an_erased_reader_are_listed_and_settled(case: Case) -> None:
    desk = Desk()
    notes = [add_note(case.article, by=make_editor(), text=text, case=case) for text in ("Ada rang.", "Page 3.")]
    erase_reader(case.suggestions.get())
    assert "Internal notes to check: 2" in desk.client.get("/admin/").content.decode()
    assert shown(desk, "/admin/notes/") == ["Ada rang.", "Page 3."]
    for note, decision in zip(notes, ("blank", "keep"), strict=True):
        desk.client.post(f"/admin/notes/{note.pk}/", {"decision": decision, "next": "/admin/notes/"})
    assert list(InternalNote.objects.order_by("pk").values_list("text", flat=True)) == ["", "Page 3."]
    assert shown(desk, "/admin/notes/") == []


def test_colleagues_are_named_for_the_script_and_those_who_left_are_not() -> None:
    desk, ada, gone = Desk(), make_editor(username="ada", public_name="Ada Quill"), make_editor()
    Editor.objects.filter(pk=gone.pk).update(is_active=False)
    names = desk.client.get("/admin/notes/colleagues/").json()["colleagues"]
    assert {"username": ada.username, "name": "Ada Quill"} in names
    assert not {desk.editor.username, gone.username} & {each["username"] for each in names}
