"""A change that moved to a later revision is followed there: forged moves are named."""

import json

import pytest

from newsroom.accounts.roles import STANDARDS_EDITOR
from newsroom.audit.log import append_act, proposal_digest, wording_digest
from newsroom.models import Act, Article, Kind, Proposal, Revision
from newsroom.publishing.moves import Seen, move_overtaken
from newsroom.publishing.proposals import approve_proposal, propose_revision
from newsroom.publishing.publish import publish_revision
from tests.support import tampering as attackers
from tests.support.factories import BODY, current_revision, make_article, make_editor, make_revision, make_wording
from tests.support.record_check import breaks
from tests.support.withheld_words import withhold

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases, pytest.mark.usefixtures("quick_passwords")]


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


def proposed(article: Article) -> Proposal:
    wording = make_wording(body=BODY.replace("recieve", "receive"))
    base = current_revision(article)
    return propose_revision(article, base=base, by=make_editor(), kind=Kind.UPDATE, wording=wording)


def moved(article: Article, *, find: str = "three", put: str = "four") -> Proposal:
    proposal = proposed(article)
    make_revision(article, find=find, put=put)
    assert move_overtaken(proposal)
    return Proposal.objects.get(pk=proposal.pk)


def forge(verb: str, **changed: object) -> None:
    """The last act of a verb says something else, and every hash is made anew."""
    act = Act.objects.filter(verb=verb).latest("sequence")
    payload = json.dumps({**json.loads(act.payload), **changed}, sort_keys=True, separators=(",", ":"))
    with attackers.guards_dropped():
        attackers.run("UPDATE newsroom_act SET payload = %s WHERE sequence = %s", payload, act.sequence)
        attackers.make_consistent()


def test_a_proposal_is_followed_over_all_its_moves(article: Article) -> None:
    proposal = moved(article)
    make_revision(article, find="Tuesday", put="Friday")
    assert move_overtaken(proposal)
    proposal.refresh_from_db()
    assert breaks() == []
    approve_proposal(proposal, by=make_editor(group=STANDARDS_EDITOR), seen=Seen(proposal.digest))
    assert breaks() == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"digest": "0" * 64}, "act 4 (move) does not begin where act 2 left it"),
        ({"digest": "0" * 64}, "act 4 (move) was made of other words than it says"),
        ({"base": 2}, "act 4 (move) does not begin where act 2 left it"),
        ({"moved_digest": "0" * 64}, "its digest differ from what act 4 left"),
        ({"moved_base": 1}, "its base differ from what act 4 left"),
    ],
)
def test_a_move_that_was_bent_is_named(article: Article, changed: dict[str, object], expected: str) -> None:
    proposal = moved(article)
    forge("move", **changed)
    assert f"proposal {proposal.pk} of bridges: {expected}" in breaks()


def test_a_move_to_other_words_than_the_same_change_is_named_though_all_digests_agree(article: Article) -> None:
    proposal = moved(article)
    other = make_wording(body=proposal.body.replace("receive", "never receive"))
    digest = proposal_digest(base=proposal.base, kind=Kind(proposal.kind), note=proposal.note, wording=other)
    Proposal.objects.filter(pk=proposal.pk).update(body=other.body, digest=digest)
    forge("move", moved_digest=digest)
    assert breaks() == [f"proposal {proposal.pk} of bridges: act 4 (move) was made of other words than it says"]


def test_a_move_that_no_act_tells_of_is_named(article: Article) -> None:
    proposal = proposed(article)
    base = make_revision(article, find="three", put="four")
    wording = make_wording(body=BODY.replace("recieve", "receive").replace("three", "four"))
    digest = proposal_digest(base=base, kind=Kind.UPDATE, note="", wording=wording)
    Proposal.objects.filter(pk=proposal.pk).update(base=base, digest=digest, **wording.as_dict())
    assert breaks() == [f"proposal {proposal.pk} of bridges: its base, digest differ from what act 2 proposed"]


def test_a_proposal_of_the_first_version_whose_act_names_the_words_alone_is_followed(article: Article) -> None:
    proposal = moved(article)
    first = make_wording(body=BODY.replace("recieve", "receive"))
    forge("propose", digest=wording_digest(first))
    assert breaks() == []
    forge("propose", digest="0" * 64)
    assert f"proposal {proposal.pk} of bridges: act 4 (move) does not begin where act 2 left it" in breaks()


def test_where_a_base_was_withheld_the_rest_of_the_way_is_followed(article: Article) -> None:
    proposal = moved(article)
    make_revision(article, find="Tuesday", put="Friday")
    assert move_overtaken(proposal)
    withhold(article)
    assert breaks() == []


def published_late(article: Article) -> Revision:
    base = current_revision(article)
    make_revision(article, find="three", put="four")
    wording = make_wording(body=BODY.replace("recieve", "receive"))
    return publish_revision(article, base=base, by=make_editor(), kind=Kind.TYPO, wording=wording)


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"digest": "0" * 64}, "is not the change that act 3 says it was"),
        ({"moved_digest": "0" * 64}, "is not what act 3 moved"),
        ({"moved_base": 1}, "was made from another revision than act 3 moved it to"),
        ({"base": 2}, "is not the change that act 3 says it was"),
        ({"revision": 7}, "is gone, and act 3 moved it"),
    ],
)
def test_a_moved_revision_is_the_same_change_and_a_forged_one_is_named(
    article: Article, changed: dict[str, object], expected: str
) -> None:
    published_late(article)
    assert breaks() == []
    forge("move_revision", **changed)
    assert f"revision bridges {changed.get('revision', 3)}: {expected}" in breaks()


def test_an_act_that_claims_a_move_of_another_revision_is_named(article: Article) -> None:
    revision = make_revision(article, find="three", put="four")
    payload = {"revision": 2, "base": 1, "moved_base": 1, "digest": revision.digest, "moved_digest": revision.digest}
    append_act("move_revision", subject="article:bridges", by=None, payload=payload)
    assert "revision bridges 2: is not what act 3 moved" in breaks()


def test_a_moved_revision_whose_words_were_withheld_is_whole(article: Article) -> None:
    published_late(article)
    make_revision(article, find="Tuesday", put="Friday")
    withhold(article, number=3)
    withhold(article, number=1)
    assert breaks() == []
