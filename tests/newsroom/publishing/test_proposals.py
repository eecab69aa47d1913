"""A proposal is approved exactly as it was sealed, sent back with a reason, or overtaken."""

import threading
from typing import Any

import pytest
from django.db import connection, transaction

from newsroom.accounts.roles import AUDITOR, DESK_CHIEF, STANDARDS_EDITOR
from newsroom.audit.account_acts import append_account_added
from newsroom.audit.log import proposal_digest
from newsroom.models import Act, Article, Editor, Kind, Proposal
from newsroom.publishing.moves import ProposalMoved, Seen, move_overtaken, overtaken_proposals
from newsroom.publishing.policy import NoteRequired, NotPermitted, OwnSuggestion, RelatedAccounts, SelfApproval
from newsroom.publishing.proposals import approve_proposal, propose_revision, refuse_approval, return_proposal
from newsroom.publishing.publish import AlreadyDecided, StaleRevision, publish_revision
from tests.support.databases import Database
from tests.support.factories import (
    BODY,
    current_revision,
    make_article,
    make_editor,
    make_revision,
    make_wording,
    retract,
)
from tests.support.record_check import breaks
from tests.support.waiting import wait_until

pytestmark = pytest.mark.django_db
NOTE = "It is 15 bridges, not 14."


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


def propose(article: Article, *, by: Editor | None = None) -> Proposal:
    wording = make_wording(body=BODY.replace("14", "15"))
    base = current_revision(article)
    return propose_revision(
        article, base=base, by=by or make_editor(), kind=Kind.CORRECTION, wording=wording, note=f" {NOTE} "
    )


def acts() -> list[str]:
    return list(Act.objects.order_by("sequence").values_list("verb", flat=True))[1:]


def second() -> Editor:
    return make_editor(group=STANDARDS_EDITOR)


def test_a_proposal_seals_what_is_to_be_approved(article: Article) -> None:
    proposal = propose(article)
    parts: dict[str, Any] = {
        "base": proposal.base,
        "kind": Kind.CORRECTION,
        "note": NOTE,
        "wording": proposal.wording,
    }
    assert proposal.note == NOTE
    assert proposal.digest == proposal_digest(**parts)
    others: list[dict[str, Any]] = [
        {"base": None},
        {"kind": Kind.UPDATE},
        {"note": "So."},
        {"wording": make_wording(headline="No")},
    ]
    assert len({proposal_digest(**parts | other) for other in others} | {proposal.digest}) == 5
    assert acts() == ["propose"]


def test_it_is_published_as_it_was_proposed_in_the_names_of_both(article: Article) -> None:
    by, approver = make_editor(), second()
    proposal = propose(article, by=by)
    revision = approve_proposal(proposal, by=approver, seen=Seen(proposal.digest))
    assert revision
    assert (revision.number, revision.editor, revision.approved_by, revision.note) == (2, by, approver, NOTE)
    assert (proposal.state, proposal.decided_by, proposal.revision) == ("approved", approver, revision)
    assert acts() == ["propose", "publish"]
    with pytest.raises(AlreadyDecided):
        approve_proposal(proposal, by=approver, seen=Seen(proposal.digest))


@pytest.mark.parametrize("changed", [{"note": "So."}, {"headline": "Another"}, {"digest": "0" * 64}])
def test_only_what_was_sealed_and_seen_is_approved(article: Article, changed: dict[str, str]) -> None:
    proposal, seen = propose(article), ""
    seen = proposal.digest
    Proposal.objects.update(**changed)
    with pytest.raises(AlreadyDecided):
        approve_proposal(proposal, by=second(), seen=Seen(seen))
    with pytest.raises(AlreadyDecided):
        refuse_approval(Proposal.objects.get(), by=second(), seen=Seen(seen))
    assert current_revision(article).number == 1


def test_nobody_approves_their_own_and_nobody_without_the_right(article: Article) -> None:
    chief = make_editor(group=DESK_CHIEF)
    proposal = propose(article, by=chief)
    for by, refusal in ((chief, SelfApproval), (make_editor(group=AUDITOR), NotPermitted)):
        with pytest.raises(refusal):
            refuse_approval(proposal, by=by, seen=Seen(proposal.digest))
        with pytest.raises(refusal):
            approve_proposal(proposal, by=by, seen=Seen(proposal.digest))


def bar(proposal: Proposal, *, by: Editor) -> None:
    """A rule of settings."""
    raise OwnSuggestion


def test_a_rule_of_the_settings_bars_an_approval_when_the_button_is_pressed_and_when_it_is_carried_out(
    article: Article, settings: Any
) -> None:
    settings.APPROVAL_RULES = [f"{__name__}.bar"]
    proposal = propose(article)
    for attempt in (refuse_approval, approve_proposal):
        with pytest.raises(OwnSuggestion):
            attempt(proposal, by=second(), seen=Seen(proposal.digest))


def is_anybody_waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_locks WHERE NOT granted")
        return cursor.fetchone() is not None


def join(maker: Editor, made: Editor) -> None:
    with transaction.atomic():
        append_account_added(made, by=maker)


@pytest.mark.both_databases
def test_nobody_approves_for_an_account_in_the_same_hand_and_a_bystander_does(article: Article) -> None:
    chief, puppet, bystander = make_editor(group=DESK_CHIEF), make_editor(group=DESK_CHIEF), second()
    join(chief, puppet)
    join(chief, make_editor())
    for proposer, approver in ((puppet, chief), (chief, puppet)):
        proposal = propose(article, by=proposer)
        with pytest.raises(RelatedAccounts):
            refuse_approval(proposal, by=approver, seen=Seen(proposal.digest))
        with pytest.raises(RelatedAccounts):
            approve_proposal(proposal, by=approver, seen=Seen(proposal.digest))
    revision = approve_proposal(proposal, by=bystander, seen=Seen(proposal.digest))
    assert revision
    assert revision.approved_by == bystander


def test_an_account_changed_while_the_approval_is_on_its_way_counts(committed_db: Database, article: Article) -> None:
    """The look under the lock of the chain: until then the other transaction's act is unseen."""
    chief, puppet, outcome = make_editor(group=DESK_CHIEF), make_editor(), list[str]()
    proposal = propose(article, by=puppet)

    def approve() -> None:
        try:
            approve_proposal(proposal, by=chief, seen=Seen(proposal.digest))
        except RelatedAccounts:
            outcome.append("refused")
        connection.close()

    with transaction.atomic():
        append_account_added(puppet, by=chief)
        thread = threading.Thread(target=approve)
        thread.start()
        wait_until(is_anybody_waiting)
    thread.join()
    assert outcome == ["refused"]


def test_it_is_sent_back_with_a_reason(article: Article) -> None:
    proposal, by = propose(article), second()
    with pytest.raises(NoteRequired):
        return_proposal(proposal, by=by, reason=" ")
    with pytest.raises(NotPermitted):
        return_proposal(proposal, by=make_editor(group=AUDITOR), reason="Who counted?")
    returned = return_proposal(proposal, by=by, reason=" Who counted? ")
    assert (returned.state, returned.decided_by, returned.reason) == ("returned", by, "Who counted?")
    with pytest.raises(AlreadyDecided):
        return_proposal(proposal, by=by, reason="Again.")
    assert acts() == ["propose", "return"]


def moved(article: Article | None = None) -> list[bool]:
    return [move_overtaken(proposal) for proposal in overtaken_proposals(article)]


@pytest.mark.both_databases
def test_an_unrelated_revision_moves_a_proposal_along_and_its_new_digest_is_approved(article: Article) -> None:
    by, approver = make_editor(), second()
    proposal = propose(article, by=by)
    seen = proposal.digest
    make_revision(article, find="three", put="four")
    make_revision(article, find="Tuesday", put="Friday")
    with pytest.raises(ProposalMoved):
        approve_proposal(proposal, by=approver, seen=Seen(seen, 1))
    assert (moved(), moved()) == ([True], [])
    proposal.refresh_from_db()
    assert (proposal.state, proposal.base, proposal.note) == ("waiting", current_revision(article), NOTE)
    assert proposal.body == BODY.replace("14", "15").replace("three", "four").replace("Tuesday", "Friday")
    with pytest.raises(ProposalMoved):
        approve_proposal(proposal, by=approver, seen=Seen(seen, 1))
    revision = approve_proposal(proposal, by=approver, seen=Seen(proposal.digest))
    assert revision
    assert (revision.number, revision.editor, revision.approved_by) == (4, by, approver)
    assert acts() == ["propose", "publish", "publish", "move", "publish"]
    assert breaks() == []


def test_an_approval_given_before_the_move_holds_for_the_same_change_alone(article: Article) -> None:
    proposal, approver = propose(article), second()
    seen = proposal.digest
    make_revision(article, find="Tuesday", put="Friday")
    for digest, seen_on in ((seen, 2), ("0" * 64, 1), (seen, 7)):
        with pytest.raises(AlreadyDecided):
            approve_proposal(proposal, by=approver, seen=Seen(digest, seen_on, is_decided=True))
    revision = approve_proposal(proposal, by=approver, seen=Seen(seen, 1, is_decided=True))
    assert revision
    assert revision.number == 3
    assert breaks() == []


def test_an_approval_given_before_other_words_of_the_same_sentence_changed_is_asked_for_again(article: Article) -> None:
    proposal, approver = propose(article), second()
    seen = Seen(proposal.digest, 1, is_decided=True)
    make_revision(article, find="three", put="four")
    with pytest.raises(ProposalMoved):
        approve_proposal(proposal, by=approver, seen=seen)
    assert moved() == [True]
    proposal.refresh_from_db()
    with pytest.raises(ProposalMoved):
        approve_proposal(proposal, by=approver, seen=seen)
    assert current_revision(article).number == 2
    revision = approve_proposal(proposal, by=approver, seen=Seen(proposal.digest, 2))
    assert revision
    assert revision.number == 3
    assert breaks() == []


@pytest.mark.both_databases
def test_what_is_made_from_an_older_text_is_proposed_on_the_current_one(article: Article) -> None:
    base = current_revision(article)
    make_revision(article, find="three", put="four")
    wording = make_wording(body=BODY.replace("14", "16"))
    note = "It is 16, not 14."
    proposal = propose_revision(article, base=base, by=make_editor(), kind=Kind.UPDATE, wording=wording, note=note)
    assert (proposal.base, "16" in proposal.body, "four" in proposal.body) == (current_revision(article), True, True)
    assert acts()[1:] == ["propose", "move"]
    assert breaks() == []


def test_only_changes_of_the_same_words_and_a_retraction_send_a_proposal_back_saying_why(article: Article) -> None:
    base = current_revision(article)
    overlapping, other = propose(article), make_article()
    still = propose(other)
    make_revision(article, find="14", put="16")
    retract(other)
    with pytest.raises(StaleRevision):
        approve_proposal(overlapping, by=second(), seen=Seen(overlapping.digest))
    fresh = Proposal.objects.select_related("article", "base__stored_text").get(pk=overlapping.pk)
    with pytest.raises(StaleRevision):
        refuse_approval(fresh, by=second(), seen=Seen(fresh.digest))
    wording = make_wording(body=BODY.replace("14", "16"))
    with pytest.raises(StaleRevision):
        propose_revision(article, base=base, by=make_editor(), kind=Kind.UPDATE, wording=wording, note=NOTE)
    assert (moved(), moved()) == ([True, True], [])
    for proposal, reason, told in (
        (overlapping, "overlap", "words it changes"),
        (still, "retracted", "retracted"),
    ):
        proposal.refresh_from_db()
        assert (proposal.state, proposal.reason, proposal.decided_by) == ("returned", reason, None)
        assert told in proposal.why_returned
        assert proposal.note == NOTE
    assert acts().count("expire") == 2
    assert breaks() == []


def test_a_retraction_that_waits_moves_along_with_the_text(article: Article) -> None:
    base, chief = current_revision(article), make_editor(group=DESK_CHIEF)
    words = base.require_content().wording
    proposal = propose_revision(article, base=base, by=chief, kind=Kind.RETRACTION, wording=words, note="Forged.")
    make_revision(article, find="three", put="four")
    assert moved() == [True]
    proposal.refresh_from_db()
    revision = approve_proposal(proposal, by=second(), seen=Seen(proposal.digest))
    assert revision
    assert revision.kind == "retraction"


def test_a_first_revision_that_another_overtook_expires_too() -> None:
    article = Article.objects.create(slug="new", language="en", section="Local")
    publication: dict[str, Any] = {"base": None, "by": make_editor(), "kind": Kind.PUBLICATION}
    propose_revision(article, **publication, wording=make_wording())
    assert moved() == []
    publish_revision(article, **publication, wording=make_wording(headline="Another"))
    assert moved() == [True]
