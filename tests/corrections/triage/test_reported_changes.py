"""An update is bound where it touches a passage that readers have reported and nobody has decided."""

from datetime import timedelta

import pytest
from django.utils import timezone

from corrections.decisions.outcomes import ask_readers, decline_case, hold_case
from corrections.models import Case, Suggestion
from corrections.privacy.withdrawal import withdraw_suggestion
from corrections.triage import reported_changes
from corrections.triage.reported_changes import touches_report
from newsroom.models import Article, Kind, Revision
from newsroom.publishing.policy import ChangeNeedsNote, SecondEditorRequired
from newsroom.publishing.publish import publish_revision
from tests.support.desk_page import Desk, make_case
from tests.support.factories import BODY, current_revision, make_article, make_editor, make_revision, make_wording
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


def is_touched(article: Article, old: str, new: str) -> bool:
    base = current_revision(article)
    body = base.require_content().body
    assert old in body
    return touches_report(base, make_wording(body=body.replace(old, new)))


def update(article: Article, old: str, new: str, note: str = "") -> Revision:
    base = current_revision(article)
    wording = make_wording(body=base.require_content().body.replace(old, new))
    return publish_revision(article, base=base, by=make_editor(), kind=Kind.UPDATE, wording=wording, note=note)


@pytest.mark.both_databases
def test_a_copy_editor_lets_no_reported_number_through_as_news(article: Article) -> None:
    make_case(article, "14", "15", category="fact")
    with pytest.raises(ChangeNeedsNote):
        update(article, "14", "15")
    with pytest.raises(SecondEditorRequired):
        update(article, "14", "15", note="It is 15, not 14.")
    assert update(article, "three", "four").number == 2


def test_a_passage_is_reported_from_the_moment_that_it_is_sent(article: Article) -> None:
    assert not is_touched(article, "14", "15")
    suggestion = make_suggestion(article, "14", "15")
    assert suggestion.status == "received"
    assert is_touched(article, "14", "15")
    for status in (Suggestion.Status.HELD, Suggestion.Status.FAILED):
        Suggestion.objects.update(status=status)
        assert is_touched(article, "14", "15")
    Suggestion.objects.update(status=Suggestion.Status.SPAM)
    assert not is_touched(article, "14", "15")


def test_what_was_taken_back_or_decided_binds_no_longer(article: Article) -> None:
    withdraw_suggestion(make_suggestion(article, "14", "15"))
    assert not is_touched(article, "14", "15")
    case = make_case(article, "three", "four")
    assert is_touched(article, "three", "four")
    decline_case(case, by=make_editor(), reason="Counted again: three.")
    assert not is_touched(article, "three", "four")


def test_a_case_put_aside_is_open(article: Article) -> None:
    by, tomorrow = make_editor(), timezone.now() + timedelta(days=1)
    hold_case(make_case(article, "14", "15"), by=by, until=tomorrow)
    ask_readers(make_case(article, "three", "four"), by=by, question="Which?")
    assert is_touched(article, "14", "15")
    assert is_touched(article, "three", "four")
    Desk(waits=False).decide(make_case(article, "council", "board"), "decline", reason="No.")
    assert Case.objects.filter(state="decided").exists()
    assert is_touched(article, "council", "board")


def test_a_passage_is_followed_to_the_revision_that_stands(article: Article) -> None:
    make_case(article, "14", "15")
    make_suggestion(article, "three", "four")
    make_revision(article, find="The council", put="On Monday the city council")
    assert Case.objects.exclude(anchored_in=current_revision(article)).exists()  # not re-anchored yet
    assert is_touched(article, "14", "15")
    assert is_touched(article, "three", "four")
    assert not is_touched(article, "closed", "open")


def test_what_is_about_the_whole_article_or_another_part_binds_nothing(article: Article) -> None:
    make_case(article, None, None, note="All wrong.", category="other")
    make_suggestion(article, "bridges", "roads", field="headline")
    assert not is_touched(article, "14</strong> bridges", "15</strong> roads")
    other = make_article(body=BODY)
    make_case(other, "14", "15")
    assert not is_touched(article, "14", "15")


def test_a_flood_of_reports_counts_without_being_looked_through(
    article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reported_changes, "MOST", 1)
    for passage in ("three", "closed"):
        make_suggestion(article, passage, "x")
    assert is_touched(article, "14", "15")
