"""While a form is filled in, the server words the note that fits it."""

from typing import Any

import pytest

from corrections.models import Case
from newsroom.accounts.roles import AUDITOR, DESK_CHIEF, STANDARDS_EDITOR
from tests.support.admin_page import Answer, form_of
from tests.support.desk_page import Desk, make_case, typing_in, value_of
from tests.support.factories import make_article, make_revision

pytestmark = pytest.mark.django_db


def asked(desk: Desk, case: Case, page: Answer, decision: str, slot: str, **typed: Any) -> Any:
    form = form_of(page, decision)
    fields = {name: value_of(form, name, value) for name, value in form.form_values()}
    address = f"/admin/corrections/case/{case.pk}/note/{slot}/"
    assert form.get("data-note") == address
    return desk.client.post(address, {**fields, **typed})


def test_the_note_follows_kind_variant_and_wording() -> None:
    article, desk = make_article(), Desk(group=DESK_CHIEF)
    case = make_case(article, "14", "15", category="fact")
    make_case(article, "14", "16", category="fact")
    page = desk.open(case)

    def note(**typed: str) -> str:
        return str(asked(desk, case, page, "propose", "passage", **typed).json()["note"])

    assert note() == "An earlier version of this article said “14 bridges”. It is “15 bridges”."
    other = form_of(page, "propose").xpath("//input[@name='chosen']/@value")[1]
    assert "“16 bridges”" in note(chosen=other)
    assert "“seventeen bridges”" in note(wording="seventeen")
    assert "clearer" in note(kind="clarification")
    assert "retracted" in note(kind="retraction")
    assert note(kind="") == ""
    assert note(wording="fif\u202eteen") == ""


def test_several_cases_and_the_whole_article_have_one_note() -> None:
    article, desk = make_article(), Desk()
    case, other = make_case(article, "14", "15", category="fact"), make_case(article, "three", "four", category="fact")
    page = desk.open(case)
    told = asked(desk, case, page, "propose-several", "several", others=str(other.pk), kind="correction")
    assert told.json()["note"].startswith("This article has been corrected in several places: “15 bridges” instead of")
    assert asked(desk, case, page, "propose-several", "several", kind="correction").json()["note"] == ""
    page = desk.open(case, "?whole=1")
    told = asked(desk, case, page, "propose-article", "article", headline="Report on the ports is due")
    assert told.json()["note"] == "An earlier version of this article said “bridges”. It should have said “ports”."


def test_the_note_of_a_proposal_follows_its_amendment() -> None:
    article, proposer = make_article(), Desk()
    case = make_case(article, "14", "15", category="fact")
    proposer.decide(case, "propose")
    case.refresh_from_db()
    second = Desk(group=STANDARDS_EDITOR)
    page = second.open(case)
    assert typing_in(page, "amend", "note") == typing_in(page, "amend", "written")
    told = asked(second, case, page, "amend", "amend", wording="16")
    assert told.json()["note"] == "An earlier version of this article said “14 bridges”. It is “16 bridges”."
    assert asked(second, case, page, "amend", "amend", wording="1\u202e6").json()["note"] == ""
    other = make_case(article, "three", "four", category="fact")
    nowhere = f"/admin/corrections/case/{other.pk}/note/amend/"
    typed = {"state": "open", "kind": "correction", "digest": "x", "wording": "x"}
    assert second.client.post(nowhere, typed).json()["note"] == ""


def test_a_form_of_another_state_is_told_no_note_and_an_auditor_asks_in_vain() -> None:
    article, desk = make_article(), Desk()
    case = make_case(article, "14", "15", category="fact")
    page = desk.open(case)
    assert asked(desk, case, page, "propose", "passage", state="proposed").status_code == 409
    assert Desk(group=AUDITOR).client.post(f"/admin/corrections/case/{case.pk}/note/passage/").status_code == 403
    assert desk.client.post(f"/admin/corrections/case/{case.pk}/note/other/").status_code == 404
    assert desk.client.get(f"/admin/corrections/case/{case.pk}/note/passage/").status_code == 405
    make_revision(article, find="recieve", put="receive")
