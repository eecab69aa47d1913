"""Earlier words come back as a revision of their own, with a note, or not at all."""

from typing import Any

import pytest

from newsroom.models import Article, Kind, Proposal, WordsWithheld
from newsroom.publishing.policy import NoteRequired
from newsroom.publishing.publish import StaleRevision
from newsroom.publishing.reverts import propose_revert, revert_to
from tests.support.factories import current_revision, make_editor, make_revision
from tests.support.withheld_words import withhold

pytestmark = pytest.mark.django_db
NOTE = "We wrote four; three are closed after all."


def test_earlier_words_become_the_next_revision(bridges: Article) -> None:
    first, base, by = bridges.revisions.get(number=1), current_revision(bridges), make_editor()
    made = revert_to(first, base=base, by=by, kind=Kind.UPDATE, note=NOTE)
    assert (made.number, made.based_on, made.digest, made.note) == (3, base, first.digest, NOTE)
    assert made.require_content().wording == first.require_content().wording


def test_it_is_proposed_in_the_same_words(bridges: Article) -> None:
    first, base = bridges.revisions.get(number=1), current_revision(bridges)
    proposal = propose_revert(first, base=base, by=make_editor(), kind=Kind.CORRECTION, note=NOTE)
    assert (proposal.wording, proposal.base, proposal.note) == (first.require_content().wording, base, NOTE)
    assert current_revision(bridges) == base


@pytest.mark.parametrize("revert", [revert_to, propose_revert])
def test_without_a_note_or_without_words_nothing_comes_back(bridges: Article, revert: Any) -> None:
    first, base = bridges.revisions.get(number=1), current_revision(bridges)
    with pytest.raises(NoteRequired):
        revert(first, base=base, by=make_editor(), kind=Kind.UPDATE, note=" \n")
    withhold(bridges)
    with pytest.raises(WordsWithheld):
        revert(bridges.revisions.get(number=1), base=base, by=make_editor(), kind=Kind.UPDATE, note=NOTE)
    assert (current_revision(bridges), Proposal.objects.count()) == (base, 0)


def test_what_was_changed_meanwhile_is_not_overwritten(bridges: Article) -> None:
    first, base = bridges.revisions.get(number=1), current_revision(bridges)
    make_revision(bridges, find="14", put="15")
    with pytest.raises(StaleRevision):
        revert_to(first, base=base, by=make_editor(), kind=Kind.UPDATE, note=NOTE)
