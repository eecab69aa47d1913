"""At the desk a second editor amends what was proposed, or declines it; its proposer consents with one key."""

import pytest

from corrections.models import Case
from newsroom.accounts.roles import COPY_EDITOR, STANDARDS_EDITOR
from newsroom.models import Article, Proposal
from tests.support.admin_page import buttons, tree
from tests.support.desk_page import Desk, diffs, make_case, pass_the_time, told, typing_in
from tests.support.factories import current_revision, make_article, make_revision
from tests.support.record_check import breaks

pytestmark = pytest.mark.django_db
NOTE = "It is 15 bridges, not 14."


@pytest.fixture
def article() -> Article:
    return make_article()


@pytest.fixture
def proposer(article: Article) -> Desk:
    return Desk(public_name="Mara Lind")


@pytest.fixture
def case(article: Article, proposer: Desk) -> Case:
    case = make_case(article, "14", "15", category="fact")
    assert proposer.decide(case, "propose", kind="correction", note=NOTE).status_code == 302
    return again(case)


def again(case: Case) -> Case:
    return Case.objects.select_related("published_in__stored_text", "proposal").get(pk=case.pk)


@pytest.mark.both_databases
def test_the_passage_the_note_and_the_kind_are_amended_and_published_with_the_proposers_consent(
    article: Article, case: Case, proposer: Desk
) -> None:
    second = Desk(group=STANDARDS_EDITOR, public_name="Ada Quill")
    page = second.open(case)
    assert (typing_in(page, "amend", "wording"), typing_in(page, "amend", "note")) == ("15", NOTE)
    answer = second.send(page, "amend", wording="sixteen", note="It is sixteen, not 14.")
    assert (answer.status_code, again(case).state, current_revision(article).number) == (302, "proposed", 1)
    assert not buttons(second.open(case)) & {"approve", "consent"}
    assert "waits for the consent" in second.open(case).content.decode()

    page = proposer.open(case)
    assert "Amended by Ada Quill" in page.content.decode()
    assert (["15"], ["sixteen"]) in diffs(page)
    assert "consent" in buttons(page)
    [button] = tree(page).xpath("//button[@value='consent']")
    assert button.get("data-key") == "y"
    assert proposer.send(page, "consent").status_code == 302

    revision, case = current_revision(article), again(case)
    assert (revision.editor, revision.approved_by) == (proposer.editor, second.editor)
    assert revision.note == "It is sixteen, not 14."
    assert revision.require_content().text[case.spot_start : case.spot_end] == "sixteen"
    assert case.state == "published"
    assert breaks() == []


def test_a_third_editor_approves_what_was_handed_on(article: Article, case: Case, proposer: Desk) -> None:
    second, third = Desk(group=STANDARDS_EDITOR), Desk(group=STANDARDS_EDITOR)
    assert second.decide(case, "amend-for-third", wording="16", note="It is 16, not 14.").status_code == 302
    assert "approve" not in buttons(second.open(case))
    assert "consent" not in buttons(proposer.open(case))
    assert third.decide(case, "approve").status_code == 302
    revision = current_revision(article)
    assert (revision.editor, revision.approved_by) == (second.editor, third.editor)


def test_consent_on_a_page_from_before_a_further_amendment_publishes_nothing(
    article: Article, case: Case, proposer: Desk
) -> None:
    Desk(group=STANDARDS_EDITOR).decide(case, "amend", wording="16", note="It is 16, not 14.")
    page = proposer.open(case)
    Desk(group=STANDARDS_EDITOR).decide(case, "amend", wording="17", note="It is 17, not 14.")
    assert proposer.send(page, "consent").status_code == 409
    assert (again(case).state, current_revision(article).number) == ("proposed", 1)


def test_consent_given_before_an_unrelated_revision_holds(article: Article, case: Case, proposer: Desk) -> None:
    Desk(group=STANDARDS_EDITOR).decide(case, "amend", wording="16", note="It is 16, not 14.")
    proposer.waits = False
    assert proposer.decide(case, "consent").status_code == 302
    make_revision(article, find="Tuesday", put="Friday")
    pass_the_time()
    assert (again(case).state, current_revision(article).number) == ("published", 3)
    assert breaks() == []


def test_the_page_of_an_approval_that_moved_is_shown_once_more(article: Article, case: Case) -> None:
    second = Desk(group=STANDARDS_EDITOR)
    page = second.open(case)
    make_revision(article, find="three", put="four")
    late = second.send(page, "approve")
    assert late.status_code == 409
    assert "its change is the same" in told(late)
    assert (["14"], ["15"]) in diffs(late)
    assert second.send(late, "approve").status_code == 302
    assert again(case).state == "published"


def test_an_amendment_is_refused_beside_its_field(case: Case) -> None:
    second = Desk(group=STANDARDS_EDITOR)
    page = second.decide(case, "amend", wording="16", note="")
    assert page.status_code == 422
    assert "needs a public note" in told(page)
    page = second.decide(case, "amend", wording="1\u200b6", note=NOTE)
    assert "U+200B" in told(page)
    assert "The text is the same" in told(second.decide(case, "amend"))
    assert Proposal.objects.get().note == NOTE


def test_who_may_not_approve_neither_amends_nor_declines(case: Case, proposer: Desk) -> None:
    for desk in (proposer, Desk(group=COPY_EDITOR)):
        assert not buttons(desk.open(case)) & {"amend", "amend-for-third", "refuse", "consent"}
    forged = {"decision": "amend", "state": "proposed", "wording": "16", "kind": "correction", "note": "It is 16."}
    forged |= {"digest": Proposal.objects.get().digest, "base": "1"}
    assert Desk(group=COPY_EDITOR).client.post(f"/admin/corrections/case/{case.pk}/change/", forged).status_code == 403


def test_what_was_proposed_is_declined_with_a_reason_for_the_readers(article: Article, case: Case) -> None:
    second = Desk(group=STANDARDS_EDITOR)
    assert second.decide(case, "refuse", reason="").status_code == 422
    assert second.decide(case, "refuse", reason="It was fourteen then.").status_code == 302
    case = again(case)
    assert (case.state, case.reason, case.decided_by) == ("declined", "It was fourteen then.", second.editor)
    assert Proposal.objects.get().state == "returned"
    assert current_revision(article).number == 1
    assert breaks() == []
