"""A second editor sees what the first proposes, and publishes exactly that or sends it back."""

import pytest
from django.db import transaction

from corrections.decisions.approvals import propose_cases
from corrections.decisions.compose import Edit, compose
from corrections.models import Case
from newsroom.accounts.roles import COPY_EDITOR, DESK_CHIEF, STANDARDS_EDITOR
from newsroom.audit.account_acts import append_account_added
from newsroom.models import Article, Editor, Kind, Proposal
from tests.support.admin_page import buttons, tree
from tests.support.desk_page import Desk, address_of, diffs, make_case, pass_the_time, told, typing_in
from tests.support.factories import current_revision, make_article, make_editor, make_revision

pytestmark = pytest.mark.django_db


def test_what_changes_a_number_asks_for_a_second_editor() -> None:
    article = make_article()
    case = make_case(article, "14", "15")
    desk = Desk()
    page = desk.decide(case, "publish", note="")
    assert page.status_code == 422
    assert "needs a public note" in told(page)
    page = desk.send(page, "publish", note="15, not 14.")
    assert page.status_code == 422
    assert "needs a second editor" in told(page)
    assert desk.send(page, "propose").status_code == 302
    case.refresh_from_db()
    assert case.state == "proposed"
    assert current_revision(article).number == 1


def proposed(article: Article) -> Case:
    case = make_case(article, "14", "15", category="fact")
    base = current_revision(article)
    case.anchored_in = base
    propose_cases(
        [case],
        by=make_editor(public_name="Mara Lind"),
        base=base,
        composed=compose(base, [Edit(case, "15")]),
        kind=Kind.CORRECTION,
        note="It is 15 bridges, not 14.",
    )
    return Case.objects.get(pk=case.pk)


@pytest.mark.both_databases
def test_a_second_editor_sees_the_proposal_and_publishes_exactly_that() -> None:
    article = make_article()
    case = proposed(article)
    desk = Desk(group=STANDARDS_EDITOR)
    page = desk.open(case)
    assert "Mara Lind" in page.content.decode()
    assert "It is 15 bridges, not 14." in page.content.decode()
    assert (["14"], ["15"]) in diffs(page)
    assert desk.send(page, "approve").status_code == 302
    revision = current_revision(article)
    assert (revision.kind, revision.editor.public_name, revision.approved_by) == (
        "correction",
        "Mara Lind",
        desk.editor,
    )
    case.refresh_from_db()
    assert case.state == "published"


def test_a_proposal_is_sent_back_with_a_reason() -> None:
    case = proposed(make_article())
    desk = Desk(group=STANDARDS_EDITOR)
    assert desk.decide(case, "return", reason="").status_code == 422
    assert desk.decide(case, "return", reason="Who counted?").status_code == 302
    case.refresh_from_db()
    assert case.state == "open"
    page = Desk(Proposal.objects.get().proposed_by).open(case)
    assert "Who counted?" in page.content.decode()
    note, kind = typing_in(page, "propose", "note"), typing_in(page, "propose", "kind")
    assert (note, kind) == ("It is 15 bridges, not 14.", "correction")


def test_a_proposal_of_words_that_changed_comes_back_with_wording_note_and_kind() -> None:
    article = make_article()
    case = make_case(article, "14", "15", category="fact")
    desk, typed = Desk(), {"kind": "clarification", "note": "It is fifteen bridges, not 14."}
    desk.decide(case, "propose-edit", wording="fifteen", **typed)
    make_revision(article, find="14", put="16")
    page = desk.open(case)
    assert "have since been changed in the article" in page.content.decode()
    assert typing_in(page, "edit", "wording") == "fifteen"
    assert {name: typing_in(page, "edit", name) for name in typed} == typed
    assert "Sent back to you" in desk.client.get("/admin/").content.decode()


def test_the_case_of_an_account_in_the_same_hand_says_why_and_stays() -> None:
    article, chief = make_article(), Desk(group=DESK_CHIEF)
    case = proposed(article)
    page = chief.open(case)
    proposer = Editor.objects.get(public_name="Mara Lind")
    with transaction.atomic():
        append_account_added(proposer, by=chief.editor)
    answer = chief.send(page, "approve")  # the page was opened before
    assert answer.status_code == 422
    assert "Within the last 30 days" in told(answer)
    assert "approve" not in buttons(chief.open(case))
    assert current_revision(article).number == 1
    assert Desk(group=STANDARDS_EDITOR).decide(case, "approve").status_code == 302
    assert current_revision(article).number == 2


def test_nobody_approves_what_they_proposed() -> None:
    article = make_article()
    case = proposed(article)
    proposal = Proposal.objects.get()
    author = proposal.proposed_by
    author.groups.set(make_editor(group=STANDARDS_EDITOR).groups.all())
    desk = Desk(author)
    page = desk.open(case)
    assert "approve" not in buttons(page)
    assert "another editor has to approve it" in page.content.decode()
    forged = {"decision": "approve", "state": "proposed", "digest": proposal.digest}
    refused = desk.client.post(address_of(case), forged)
    assert refused.status_code == 422
    assert "Nobody can approve their own proposal" in told(refused)
    assert current_revision(article).number == 1


def test_a_copy_editor_does_not_approve() -> None:
    case = proposed(make_article())
    desk = Desk(group=COPY_EDITOR)
    assert "approve" not in buttons(desk.open(case))
    forged = {"decision": "approve", "state": "proposed", "digest": Proposal.objects.get().digest}
    assert desk.client.post(address_of(case), forged).status_code == 403


def test_another_text_than_the_one_seen_is_not_approved() -> None:
    case = proposed(make_article())
    late = Desk(group=STANDARDS_EDITOR).decide(case, "approve", digest="0" * 64)
    assert late.status_code == 409
    case.refresh_from_db()
    assert case.state == "proposed"


PROPOSALS = "/admin/newsroom/proposal/"


def test_a_retraction_from_the_desk_keeps_the_words_of_the_article() -> None:
    article = make_article()
    case, words = make_case(article, category="fact"), current_revision(article).require_content().wording
    chief = Desk(group=DESK_CHIEF)
    typed = {"kind": "retraction", "note": "The report was forged.", "wording": "never receive"}
    assert chief.decide(case, "propose-edit", **typed).status_code == 302
    assert Proposal.objects.get().wording == words
    of_proposal = f"{PROPOSALS}{Proposal.objects.get(cases=case).pk}/change/"
    for page in (Desk(group=STANDARDS_EDITOR).open(case), chief.client.get(of_proposal)):
        [shown] = tree(page).xpath("//*[@data-retraction]")
        assert "The report was forged." in shown.text_content()
        assert "This article has been retracted" in shown.text_content()
    Desk(group=STANDARDS_EDITOR).decide(case, "approve")
    revision = current_revision(article)
    assert (revision.kind, revision.note, revision.require_content().wording) == ("retraction", typed["note"], words)
    case.refresh_from_db()
    assert (case.state, case.published_in, case.spot_start) == ("published", revision, None)


@pytest.mark.both_databases
def test_an_approval_whose_sentence_changed_within_the_ten_seconds_comes_back_and_says_why() -> None:
    """An approval of a change in another sentence is carried out."""
    for find, put, is_published in (("three", "four", False), ("Tuesday", "Friday", True)):
        article = make_article()
        case = proposed(article)
        desk = Desk(group=STANDARDS_EDITOR, waits=False)
        desk.decide(case, "approve")
        make_revision(article, find=find, put=put)
        pass_the_time()
        case.refresh_from_db()
        assert case.state == ("published" if is_published else "proposed")
        assert current_revision(article).number == (3 if is_published else 2)
        if is_published:
            continue
        page = desk.open(case)
        assert "Other words of the same sentence were changed" in page.content.decode()
        assert "of which four are closed" in " ".join(tree(page).text_content().split())
        desk.send(page, "approve")
        pass_the_time()
        assert current_revision(article).number == 3
