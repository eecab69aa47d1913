"""Cases of an article that another system publishes: handed over, and published once its site shows the words."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from corrections.decisions.approvals import approve_cases, propose_cases
from corrections.decisions.compose import Edit, compose
from corrections.decisions.outcomes import publish_cases
from corrections.models import Case
from corrections.suggestions.reader_status import ReaderStatus, suggestion_status
from corrections.tasks import dispatch
from newsroom.accounts.roles import STANDARDS_EDITOR
from newsroom.models import Kind, Proposal, Revision, Source, SourceArticle
from newsroom.publishing.elsewhere.hand_over import hand_over
from newsroom.publishing.moves import Seen
from newsroom.publishing.proposals import approve_proposal, propose_revision
from newsroom.sources.reading import Look
from newsroom.sources.snapshots import store_look
from newsroom.text.canonical import Wording
from tests.support.desk_page import Desk, make_case
from tests.support.factories import current_revision, make_editor
from tests.support.record_check import breaks
from tests.support.sources import make_source_article

pytestmark = pytest.mark.django_db
URL = "https://daily.example/bridges"
NOTE = "There are 15 bridges. An earlier version said 14."


@pytest.fixture
def placed() -> SourceArticle:
    return make_source_article(url=URL)


def sees(placed: SourceArticle, wording: Wording) -> Revision:
    """A look at the site, which shows these words now; the revision that is current behind it."""
    look = Look(URL, URL, "en", wording)
    store_look(placed.source, look, looked_at=timezone.now() + timedelta(seconds=placed.article.revisions.count()))
    dispatch()
    return current_revision(placed.article)


def site_with(placed: SourceArticle, old: str, new: str) -> Wording:
    wording = current_revision(placed.article).require_content().wording
    assert old in wording.body
    return replace(wording, body=wording.body.replace(old, new))


def hand_over_typo(placed: SourceArticle) -> Case:
    case = make_case(placed.article)
    base = current_revision(placed.article)
    composed = compose(base, [Edit(case, "receive")])
    assert publish_cases([case], by=make_editor(), base=base, composed=composed, kind=Kind.TYPO) is None
    case.refresh_from_db()
    return case


def status_of(case: Case) -> ReaderStatus:
    return suggestion_status(case.suggestions.get()).status


def test_a_decision_is_handed_over_and_nothing_is_published(placed: SourceArticle) -> None:
    case = hand_over_typo(placed)
    assert case.state == Case.State.HANDED_OVER
    assert case.proposal
    assert case.proposal.state == Proposal.State.HANDED_OVER
    assert status_of(case) is ReaderStatus.ACCEPTED
    assert placed.article.revisions.count() == 1
    dispatch()
    case.refresh_from_db()
    assert case.state == Case.State.HANDED_OVER
    assert breaks() == []


def test_a_look_that_shows_the_words_publishes_them_under_the_editor_s_name(placed: SourceArticle) -> None:
    case = hand_over_typo(placed)
    revision = sees(placed, site_with(placed, "recieve", "receive"))
    case.refresh_from_db()
    assert case.proposal
    assert (revision.number, revision.kind, revision.editor) == (2, Kind.TYPO, case.proposal.proposed_by)
    assert (case.state, case.published_in) == (Case.State.PUBLISHED, revision)
    assert case.proposal.state == Proposal.State.CARRIED_OUT
    text = revision.require_content().text
    assert text[case.spot_start : case.spot_end] == "receive"
    assert status_of(case) is ReaderStatus.PUBLISHED
    assert breaks() == []


def test_what_two_editors_decided_has_both_and_its_note(placed: SourceArticle) -> None:
    case = make_case(placed.article, "14", "15", category="fact")
    base, by, second = current_revision(placed.article), make_editor(), make_editor(group=STANDARDS_EDITOR)
    composed = compose(base, [Edit(case, "15")])
    proposal = propose_cases([case], by=by, base=base, composed=composed, kind=Kind.CORRECTION, note=NOTE)
    assert approve_cases(proposal, by=second, seen=Seen(proposal.digest)) is None
    case.refresh_from_db()
    assert (case.state, status_of(case)) == (Case.State.HANDED_OVER, ReaderStatus.ACCEPTED)
    assert breaks() == []
    revision = sees(placed, site_with(placed, "14", "15"))
    case.refresh_from_db()
    assert (revision.kind, revision.note, revision.editor, revision.approved_by) == (Kind.CORRECTION, NOTE, by, second)
    assert (case.state, case.published_in) == (Case.State.PUBLISHED, revision)
    assert breaks() == []


@pytest.mark.parametrize(("old", "new"), [("Tuesday", "Wednesday"), ("recieve", "get"), ("recieve the", "the")])
def test_another_change_on_the_site_does_not_carry_it_out(placed: SourceArticle, old: str, new: str) -> None:
    case = hand_over_typo(placed)
    revision = sees(placed, site_with(placed, old, new))
    case.refresh_from_db()
    assert (revision.kind, case.state) == (Kind.OBSERVED, Case.State.HANDED_OVER)


def test_what_changed_beside_it_is_a_revision_of_its_own(placed: SourceArticle) -> None:
    case = hand_over_typo(placed)
    shown = site_with(placed, "recieve", "receive")
    revision = sees(placed, replace(shown, headline="Bridges are counted", body=shown.body.replace("three", "four")))
    case.refresh_from_db()
    assert case.published_in
    assert (case.published_in.number, case.published_in.kind) == (2, Kind.TYPO)
    assert (revision.number, revision.kind) == (3, Kind.OBSERVED)
    assert "recieve" not in revision.require_content().text
    assert breaks() == []


def test_it_is_carried_out_on_what_the_site_changed_first(placed: SourceArticle) -> None:
    case = hand_over_typo(placed)
    sees(placed, site_with(placed, "three", "four"))
    revision = sees(placed, site_with(placed, "recieve", "receive"))
    case.refresh_from_db()
    assert (revision.number, revision.kind, case.state) == (3, Kind.TYPO, Case.State.PUBLISHED)
    assert breaks() == []


def test_the_words_elsewhere_in_the_page_are_not_the_passage(placed: SourceArticle) -> None:
    case = hand_over_typo(placed)
    sees(placed, site_with(placed, "three are closed", "three receive carts"))
    case.refresh_from_db()
    assert case.state == Case.State.HANDED_OVER


def test_what_the_site_does_not_show_in_time_comes_back_on_top(placed: SourceArticle) -> None:
    case = hand_over_typo(placed)
    rank = case.rank
    placed.refresh_from_db()
    assert placed.handed_over_at
    dispatch()
    SourceArticle.objects.update(handed_over_at=timezone.now() - timedelta(hours=24))
    dispatch()
    case.refresh_from_db()
    placed.refresh_from_db()
    assert case.state == Case.State.OPEN
    assert not SourceArticle.objects.exclude(handed_over_at=None).exists()
    assert case.rank < rank
    assert case.proposal
    assert case.proposal.why_returned == "The site did not show the words in time."
    assert status_of(case) is ReaderStatus.IN_REVIEW
    assert breaks() == []


def test_a_hand_over_is_looked_for_soon_and_shown_at_the_desk(placed: SourceArticle) -> None:
    SourceArticle.objects.update(next_look_at=timezone.now() + timedelta(days=6), external_id="41")
    Source.objects.update(edit_url="https://daily.example/wp-admin/post.php?post={id}")
    case = hand_over_typo(placed)
    placed.refresh_from_db()
    assert placed.next_look_at
    assert placed.next_look_at < timezone.now() + timedelta(minutes=1)
    page = Desk().open(case).content.decode()
    assert 'href="https://daily.example/wp-admin/post.php?post=41"' in page
    assert "<del>The council will recieve the report on Tuesday.</del>" in page
    assert "<ins>The council will receive the report on Tuesday.</ins>" in page


def test_a_link_is_carried_out_once_the_page_has_it(placed: SourceArticle) -> None:
    base, by = current_revision(placed.article), make_editor(group=STANDARDS_EDITOR)
    wording = base.require_content().wording
    linked = replace(wording, body=wording.body.replace("report", '<a href="https://daily.example/r">report</a>', 1))
    hand_over(placed.article, base=base, by=by, kind=Kind.UPDATE, wording=linked)
    sees(placed, replace(wording, headline="Another headline"))
    assert Proposal.objects.get().state == Proposal.State.HANDED_OVER
    sees(placed, replace(linked, headline="Another headline"))
    assert Proposal.objects.get().state == Proposal.State.CARRIED_OUT
    assert breaks() == []


def test_what_the_site_changed_otherwise_in_between_comes_back(placed: SourceArticle) -> None:
    case = hand_over_typo(placed)
    sees(placed, site_with(placed, "recieve", "recieved"))
    revision = sees(placed, site_with(placed, "recieved", "receive"))
    dispatch()
    case.refresh_from_db()
    assert (revision.number, revision.kind) == (3, Kind.OBSERVED)
    assert case.proposal
    assert case.proposal.state == Proposal.State.RETURNED
    assert case.state in (Case.State.OPEN, Case.State.ALREADY_FIXED)
    assert breaks() == []


def test_a_retracted_article_stays_as_it_is(placed: SourceArticle) -> None:
    base, by, second = current_revision(placed.article), make_editor(group=STANDARDS_EDITOR), make_editor()
    second.groups.set(by.groups.all())
    wording = base.require_content().wording
    why = "The report was invented."
    proposal = propose_revision(placed.article, base=base, by=by, kind=Kind.RETRACTION, wording=wording, note=why)
    assert approve_proposal(proposal, by=second, seen=Seen(proposal.digest)) is None
    assert sees(placed, wording).kind == Kind.RETRACTION
    assert sees(placed, replace(wording, headline="Gone")).number == 2
