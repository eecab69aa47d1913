"""Proposals are compared with the acts that made and ended them, and with the revisions that they became."""

import pytest

from newsroom.accounts.roles import STANDARDS_EDITOR
from newsroom.models import Article, Kind, Proposal
from newsroom.publishing.moves import Seen, move_overtaken, overtaken_proposals
from newsroom.publishing.proposals import approve_proposal, propose_revision, return_proposal
from tests.support import tampering as attackers
from tests.support.factories import current_revision, make_article, make_editor, make_revision, make_wording
from tests.support.record_check import breaks
from tests.support.withheld_words import withhold

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def propose(article: Article, headline: str) -> Proposal:
    wording = make_wording(headline=headline)
    return propose_revision(
        article, base=current_revision(article), by=make_editor(), kind=Kind.UPDATE, wording=wording, note=headline
    )


@pytest.fixture
def proposals(quick_passwords: None) -> dict[str, Proposal]:
    """One of each end: waiting, approved, returned, expired."""
    article = make_article(slug="bridges")
    second = make_editor(group=STANDARDS_EDITOR)
    expired, approved = propose(article, "Overtaken"), propose(article, "Approved")
    approve_proposal(approved, by=second, seen=Seen(approved.digest))
    for each in overtaken_proposals():
        move_overtaken(each)
    returned, waiting = propose(article, "Returned"), propose(article, "Waiting")
    return_proposal(returned, by=second, reason="Not like this.")
    assert breaks() == []
    return {"waiting": waiting, "approved": approved, "returned": returned, "expired": expired}


@pytest.mark.parametrize(
    ("which", "change", "expected"),
    [
        ("waiting", "body = '<p>Other words.</p>'", "its words were changed, the digest is that of others"),
        ("waiting", "kind = 'typo'", "its kind differ from what act 7 proposed"),
        ("waiting", "kind = 'x'", "its kind differ from what act 7 proposed"),
        ("approved", "kind = 'x'", "its kind differ from what act 3 proposed"),
        ("waiting", "digest = 'x'", "its digest differ from what act 7 proposed"),
        ("waiting", "proposed_by_id = {other}", "its proposed_by differ from what act 7 proposed"),
        ("waiting", "state = 'returned'", "is returned, and no act sent it back"),
        ("approved", "decided_by_id = {other}", "its decided_by differ from revision 2, which was made of it"),
        ("approved", "note = 'Other.'", "its note differ from revision 2, which was made of it"),
        ("approved", "body = '<p>Other.</p>'", "its words differ from revision 2, which was made of it"),
        ("returned", "reason = 'Other.'", "its reason differ from what act 8 says"),
        ("returned", "decided_by_id = {other}", "its decided_by differ from what act 8 says"),
        ("returned", "state = 'waiting'", "is waiting, and act 8 sent it back"),
        ("expired", "decided_by_id = {other}", "its decided_by differ from what act 5 says"),
    ],
)
def test_a_proposal_that_was_bent_is_named(
    proposals: dict[str, Proposal], which: str, change: str, expected: str
) -> None:
    pk = proposals[which].pk
    attackers.run(f"UPDATE newsroom_proposal SET {change.format(other=make_editor().pk)} WHERE id = %s", pk)
    assert f"proposal {pk} of bridges: {expected}" in breaks()


def test_a_proposal_that_is_gone_or_that_nobody_made_is_named(proposals: dict[str, Proposal]) -> None:
    waiting = proposals["waiting"]
    pk = waiting.pk
    Proposal.objects.filter(pk=pk).delete()  # with whatever names it
    waiting.pk = 999999999
    waiting.save(force_insert=True)
    assert breaks() == [
        "proposal 999999999 of bridges: no act proposed it",
        f"proposal {pk} of article:bridges: is gone, and act 7 names it",
    ]


def test_a_proposal_whose_words_were_withheld_is_whole(proposals: dict[str, Proposal]) -> None:
    article = proposals["waiting"].article
    make_revision(article, find="three", put="four")
    withhold(article, number=2)
    cleared = Proposal.objects.filter(pk__in=[proposals["waiting"].pk, proposals["approved"].pk], headline="", body="")
    assert set(cleared.values_list("state", flat=True)) == {"approved", "returned"}
    assert breaks() == []


def test_a_proposal_whose_words_went_without_a_withholding_is_named(proposals: dict[str, Proposal]) -> None:
    pk = proposals["approved"].pk
    attackers.run("UPDATE newsroom_proposal SET headline = '', body = '' WHERE id = %s", pk)
    assert breaks() == [f"proposal {pk} of bridges: words are gone, and nothing of the article was withheld"]
