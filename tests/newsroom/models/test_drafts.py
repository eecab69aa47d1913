"""What is not public yet."""

import pytest
from django.db import IntegrityError, transaction

from newsroom.models import Article, Draft, Proposal
from newsroom.text.canonical import Wording
from tests.support.factories import make_article, make_editor

pytestmark = pytest.mark.django_db
PARTS = {"headline": "Bridges", "standfirst": "Two.", "byline": "Ida", "body": "<p>One</p>"}


def test_a_draft_has_its_wording_and_is_named_by_its_headline() -> None:
    draft = Draft.objects.create(article=Article.objects.create(slug="bridges"), edited_by=make_editor(), **PARTS)

    assert (draft.wording, str(draft)) == (Wording(**PARTS), "Bridges")


def test_an_article_has_one_draft() -> None:
    article = Article.objects.create(slug="bridges")
    Draft.objects.create(article=article, edited_by=make_editor(), **PARTS)
    with pytest.raises(IntegrityError), transaction.atomic():
        Draft.objects.create(article=article, edited_by=make_editor(), **PARTS)


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("state", "own", "constraint"),
    [
        ("approved", True, "proposal_approver_is_not_proposer"),
        ("approved", False, "proposal_approved_is_published"),
        ("waiting", False, "proposal_approved_is_published"),
    ],
)
def test_the_database_lets_nobody_approve_their_own_nor_what_is_not_published(
    state: str, own: bool, constraint: str
) -> None:
    article, by = make_article(), make_editor()
    revision = article.current if own or state == "waiting" else None
    proposal = Proposal.objects.create(article=article, kind="update", digest="0" * 64, proposed_by=by, **PARTS)
    assert str(proposal) == f"{article.slug}: Update"

    proposal.state, proposal.decided_by, proposal.revision = state, by if own else make_editor(), revision
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        proposal.save()
