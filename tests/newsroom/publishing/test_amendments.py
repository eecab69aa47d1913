"""A second editor changes a proposal, and nothing of it is published until somebody else has agreed to just that."""

from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from newsroom.accounts.roles import AUDITOR, COPY_EDITOR, DESK_CHIEF, STANDARDS_EDITOR
from newsroom.audit.account_acts import append_account_added
from newsroom.models import Act, Amendment, Article, Editor, Kind, Proposal, Refused
from newsroom.publishing.amendments import amend_proposal
from newsroom.publishing.moves import ProposalMoved, Seen, move_overtaken
from newsroom.publishing.policy import NoteRequired, NotPermitted, RelatedAccounts, SelfApproval
from newsroom.publishing.proposals import (
    ConsentRequired,
    approve_proposal,
    consent_to_amendment,
    propose_revision,
    return_proposal,
)
from newsroom.publishing.publish import AlreadyDecided, NothingChanged, StaleRevision
from newsroom.publishing.withholding import approve_withholding, ask_withholding
from tests.support import tampering as attackers
from tests.support.factories import BODY, current_revision, make_article, make_editor, make_revision, make_wording
from tests.support.record_check import breaks

pytestmark = pytest.mark.django_db
NOTE, BETTER = "It is 15 bridges, not 14.", "It is 16 bridges, not 14."


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


@pytest.fixture
def proposal(article: Article) -> Proposal:
    wording = make_wording(body=BODY.replace("14", "15"))
    base = current_revision(article)
    return propose_revision(article, base=base, by=make_editor(), kind=Kind.CORRECTION, wording=wording, note=NOTE)


def second() -> Editor:
    return make_editor(group=STANDARDS_EDITOR)


def fresh(editor: Editor) -> Editor:
    """Without the permissions that were read before."""
    return Editor.objects.get(pk=editor.pk)


def sight(proposal: Proposal, *, is_decided: bool = False) -> Seen:
    return Seen(proposal.digest, proposal.base.number if proposal.base else None, is_decided)


def amend(proposal: Proposal, *, by: Editor, asks_consent: bool = True, put: str = "16", **changed: Any) -> Proposal:
    wording = make_wording(body=proposal.body.replace("15", put))
    wanted = {"kind": Kind.CORRECTION, "wording": wording, "note": BETTER, "seen": sight(proposal), **changed}
    return amend_proposal(proposal, by=by, asks_consent=asks_consent, **wanted)


def acts() -> list[str]:
    return list(Act.objects.order_by("sequence").values_list("verb", flat=True))[1:]


@pytest.mark.both_databases
def test_the_proposer_consents_and_stays_the_editor_while_the_amender_is_the_approver(
    article: Article, proposal: Proposal
) -> None:
    by, proposer = second(), proposal.proposed_by
    amended = amend(proposal, by=by)
    assert (amended.state, amended.amended_by, amended.proposed_by, amended.note) == ("waiting", by, proposer, BETTER)
    [before] = Amendment.objects.all()
    assert (before.digest, before.note, before.amended_by) == (proposal.digest, NOTE, by)
    assert current_revision(article).number == 1

    revision = consent_to_amendment(amended, by=proposer, seen=sight(amended))
    assert revision

    assert (revision.number, revision.editor, revision.approved_by, revision.note) == (2, proposer, by, BETTER)
    assert "16" in revision.require_content().body
    assert (amended.state, amended.decided_by) == ("approved", by)
    assert acts() == ["propose", "amend", "consent", "publish"]
    assert Act.objects.get(verb="consent").actor_id == proposer.pk
    assert breaks() == []


@pytest.mark.both_databases
def test_a_third_editor_approves_what_the_amender_took_over(article: Article, proposal: Proposal) -> None:
    by, third = second(), second()
    amended = amend(proposal, by=by, asks_consent=False)
    assert (amended.proposed_by, amended.amended_by) == (by, None)
    with pytest.raises(SelfApproval):
        approve_proposal(amended, by=by, seen=sight(amended))
    with pytest.raises(AlreadyDecided):
        consent_to_amendment(amended, by=proposal.proposed_by, seen=sight(amended))
    revision = approve_proposal(amended, by=third, seen=sight(amended))
    assert revision
    assert (revision.editor, revision.approved_by) == (by, third)
    assert breaks() == []


def test_nobody_but_the_proposer_consents_and_nobody_approves_meanwhile(article: Article, proposal: Proposal) -> None:
    by = second()
    amended = amend(proposal, by=by)
    for other in (by, second(), make_editor(), make_editor(group=DESK_CHIEF)):
        with pytest.raises(NotPermitted):
            consent_to_amendment(amended, by=other, seen=sight(amended))
    for approver in (by, second(), proposal.proposed_by):
        with pytest.raises(ConsentRequired):
            approve_proposal(amended, by=approver, seen=sight(amended))
    assert (current_revision(article).number, acts()) == (1, ["propose", "amend"])


def test_the_proposer_amends_nothing_whatever_their_group(article: Article, proposal: Proposal) -> None:
    proposal.proposed_by.groups.set([Group.objects.get(name=DESK_CHIEF)])
    for asks_consent in (True, False):
        with pytest.raises(SelfApproval):
            amend(proposal, by=fresh(proposal.proposed_by), asks_consent=asks_consent)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.update(amended_by=proposal.proposed_by)


@pytest.mark.parametrize("group", [COPY_EDITOR, AUDITOR])
def test_who_may_not_approve_may_not_amend(proposal: Proposal, group: str) -> None:
    with pytest.raises(NotPermitted):
        amend(proposal, by=make_editor(group=group))


def test_an_account_in_the_same_hand_amends_nothing_and_consents_to_nothing(proposal: Proposal) -> None:
    by, later = second(), second()
    with transaction.atomic():
        append_account_added(by, by=proposal.proposed_by)
    for asks_consent in (True, False):
        with pytest.raises(RelatedAccounts):
            amend(proposal, by=by, asks_consent=asks_consent)
    amended = amend(proposal, by=later)
    with transaction.atomic():
        append_account_added(proposal.proposed_by, by=later)
    with pytest.raises(RelatedAccounts):
        consent_to_amendment(amended, by=proposal.proposed_by, seen=sight(amended))


def test_consent_to_what_was_amended_since_publishes_nothing(article: Article, proposal: Proposal) -> None:
    proposer, by = proposal.proposed_by, second()
    with pytest.raises(AlreadyDecided):  # nothing was amended
        consent_to_amendment(proposal, by=proposer, seen=sight(proposal))
    first = sight(amend(proposal, by=by))
    decided = Seen(first.digest, first.base, is_decided=True)
    again = amend(Proposal.objects.get(), by=second(), note="It is 16, not 14, bridges.")
    for seen in (first, decided, sight(proposal)):
        with pytest.raises(AlreadyDecided):
            consent_to_amendment(again, by=proposer, seen=seen)
    consent_to_amendment(again, by=proposer, seen=sight(again))
    assert Amendment.objects.count() == 2
    assert breaks() == []


def test_an_approval_of_what_was_amended_since_publishes_nothing(proposal: Proposal) -> None:
    seen = sight(proposal, is_decided=True)
    amended = amend(proposal, by=second(), asks_consent=False)
    with pytest.raises(AlreadyDecided):
        approve_proposal(amended, by=second(), seen=seen)


def test_rights_that_were_withdrawn_meanwhile_end_the_amenders_approval_and_the_proposers_consent(
    article: Article, proposal: Proposal
) -> None:
    by, proposer = second(), proposal.proposed_by
    amended = amend(proposal, by=by)
    by.groups.clear()
    with pytest.raises(NotPermitted):
        consent_to_amendment(amended, by=proposer, seen=sight(amended))
    by.groups.set([Group.objects.get(name=STANDARDS_EDITOR)])
    Editor.objects.filter(pk=by.pk).update(is_active=False)
    with pytest.raises(NotPermitted):
        consent_to_amendment(amended, by=proposer, seen=sight(amended))
    Editor.objects.filter(pk=by.pk).update(is_active=True)
    proposer.groups.clear()
    with pytest.raises(NotPermitted):
        consent_to_amendment(amended, by=fresh(proposer), seen=sight(amended))
    assert current_revision(article).number == 1


def test_what_an_amendment_asks_for_is_checked_like_a_proposal(proposal: Proposal) -> None:
    by, stands = second(), {"wording": proposal.wording, "note": NOTE}
    for changed, refusal in (
        ({"note": " "}, NoteRequired),
        (stands, NothingChanged),
        ({**stands, "kind": Kind.RETRACTION, "wording": make_wording()}, NotPermitted),
        ({"seen": Seen("0" * 64, 1)}, AlreadyDecided),
    ):
        with pytest.raises(refusal):
            amend(proposal, by=by, **changed)
    return_proposal(proposal, by=by, reason="No.")
    with pytest.raises(AlreadyDecided):
        amend(proposal, by=by)


@pytest.mark.both_databases
def test_an_amendment_moves_along_and_its_consent_holds_for_the_same_change(
    article: Article, proposal: Proposal
) -> None:
    proposer = proposal.proposed_by
    make_revision(article, find="three", put="four")
    assert move_overtaken(proposal)
    amended = amend(Proposal.objects.get(), by=second())
    seen = sight(amended)
    make_revision(article, find="Tuesday", put="Friday")
    with pytest.raises(ProposalMoved):
        consent_to_amendment(amended, by=proposer, seen=seen)
    assert move_overtaken(amended)
    revision = consent_to_amendment(amended, by=proposer, seen=Seen(seen.digest, seen.base, is_decided=True))
    assert revision
    assert all(word in revision.require_content().text for word in ("16", "four", "Friday"))
    assert breaks() == []


def test_consent_and_amendment_are_asked_for_again_where_the_sentence_reads_otherwise(
    article: Article, proposal: Proposal
) -> None:
    amended = amend(proposal, by=second())
    seen = sight(amended, is_decided=True)
    make_revision(article, find="three", put="four")
    with pytest.raises(ProposalMoved):
        consent_to_amendment(amended, by=amended.proposed_by, seen=seen)
    with pytest.raises(ProposalMoved):
        amend(amended, by=second(), seen=seen)
    assert current_revision(article).number == 2


def test_an_amendment_decided_before_a_move_is_made_on_the_later_revision_or_not_at_all(
    article: Article, proposal: Proposal
) -> None:
    seen, by = sight(proposal, is_decided=True), second()
    make_revision(article, find="recieve", put="receive")
    amended = amend(proposal, by=by, seen=seen)
    assert "receive" in amended.body
    seen, wording = sight(amended, is_decided=True), make_wording(body=amended.body.replace("Tuesday", "Monday"))
    make_revision(article, find="Tuesday", put="Friday")
    with pytest.raises(StaleRevision):
        amend(amended, by=by, seen=seen, wording=wording)
    assert breaks() == []


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("UPDATE newsroom_proposal SET amended_by_id = NULL", "its amended_by differ from what act 3 left"),
        ("UPDATE newsroom_amendment SET body = '<p>Other.</p>'", "act 3 (amend) was made of other words than it says"),
        ("UPDATE newsroom_amendment SET kind = 'x'", "act 3 (amend) was made of other words than it says"),
        ("UPDATE newsroom_amendment SET note = 'Other.'", "act 3 (amend) was made of other words than it says"),
        (
            "UPDATE newsroom_amendment SET headline = '', standfirst = '', byline = '', body = ''",
            "words are gone, and nothing of the article was withheld",
        ),
        ("DELETE FROM newsroom_amendment", "its amendments are not those that acts tell of"),
    ],
)
def test_an_amendment_that_was_bent_is_named(proposal: Proposal, change: str, expected: str) -> None:
    amend(proposal, by=second())
    assert breaks() == []
    attackers.run(change)
    assert f"proposal {proposal.pk} of bridges: {expected}" in breaks()


def test_an_amendment_by_another_editor_than_the_one_it_names_is_named(proposal: Proposal) -> None:
    amended = amend(proposal, by=second())
    consent_to_amendment(amended, by=proposal.proposed_by, seen=sight(amended))
    with attackers.guards_dropped():
        attackers.run("UPDATE newsroom_act SET actor_id = %s WHERE verb = 'amend'", proposal.proposed_by_id)
        attackers.make_consistent()
    expected = "act 3 (amend) is of another editor than the one it names"
    assert f"proposal {proposal.pk} of bridges: {expected}" in breaks()


def test_a_revision_made_of_an_amendment_without_consent_is_named(proposal: Proposal) -> None:
    amended = amend(proposal, by=second())
    consent_to_amendment(amended, by=proposal.proposed_by, seen=sight(amended))
    with attackers.guards_dropped():
        attackers.run("UPDATE newsroom_act SET verb = 'claimed' WHERE verb = 'consent'")
        attackers.make_consistent()
    assert f"proposal {proposal.pk} of bridges: was amended, and its proposer consented to none of it" in breaks()


def test_what_an_amendment_kept_goes_with_words_that_are_withheld(article: Article, proposal: Proposal) -> None:
    amended = amend(proposal, by=second())
    consent_to_amendment(amended, by=proposal.proposed_by, seen=sight(amended))
    asked = ask_withholding(article.revisions.get(number=1), by=second(), reason="A court says so.")
    approve_withholding(asked, by=make_editor(group=DESK_CHIEF))
    assert set(Amendment.objects.values_list("headline", "body")) == {("", "")}
    assert breaks() == []


def test_what_an_amendment_kept_goes_with_the_revision_that_came_of_it(article: Article, proposal: Proposal) -> None:
    """It says nearly the same, so that no paragraph of the two need be equal."""
    amended = amend(proposal, by=second())
    revision = consent_to_amendment(amended, by=proposal.proposed_by, seen=sight(amended))
    assert revision
    make_revision(article, find="16", put="14")
    asked = ask_withholding(revision, by=second(), reason="A court says so.")
    approve_withholding(asked, by=make_editor(group=DESK_CHIEF))
    assert set(Amendment.objects.values_list("headline", "body")) == {("", "")}
    assert breaks() == []


def test_every_refusal_leaves_the_proposal_as_it_was(article: Article, proposal: Proposal) -> None:
    for attempt in (make_editor(), proposal.proposed_by):
        with pytest.raises(Refused):
            amend(proposal, by=attempt)
    proposal.refresh_from_db()
    assert (proposal.note, proposal.amended_by, Amendment.objects.count(), acts()) == (NOTE, None, 0, ["propose"])
