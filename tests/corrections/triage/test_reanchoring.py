"""Open cases follow their article: to the right words, or to the plain word that there is no place."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from corrections.jobs.failures import record_failure
from corrections.models import Case, FailedJob
from corrections.suggestions.reader_status import ReaderStatus, suggestion_status
from corrections.triage.pipeline import triage_suggestion
from corrections.triage.reanchoring import reanchor_article, reanchor_locked
from newsroom.models import Article
from newsroom.publishing.publish import lock_article
from tests.support.desk_page import make_case
from tests.support.factories import current_revision, make_article, make_revision
from tests.support.suggestion_factories import make_suggestion

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

THIRD = "<p>It counts <strong>14</strong> bridges, of which three are closed.</p>"


def moved(article: Article, case: Case, **edit: str) -> Case:
    """The case after one more revision of its article."""
    make_revision(article, **edit)  # type: ignore[arg-type]  # find and put alone
    reanchor_article(article)
    case.refresh_from_db()
    return case


def words_of(case: Case) -> str:
    return case.anchored_in.require_content().canonical(case.field)[case.start : case.end]


def test_a_passage_that_was_edited_says_so_until_it_reads_again_as_its_reader_marked_it() -> None:
    article = make_article()
    case = make_case(article, "which three are closed", "which three are open", category="fact")

    moved(article, case, find="three are closed", put="three remain closed")
    assert (case.anchor, words_of(case)) == ("changed", "which three remain closed")

    moved(article, case, find="Tuesday", put="Friday")
    assert (case.anchor, words_of(case)) == ("changed", "which three remain closed")

    moved(article, case, find="three remain closed", put="three are closed")
    assert (case.anchor, words_of(case)) == ("moved", "which three are closed")


def test_a_passage_that_went_is_removed_and_comes_back_with_its_paragraph() -> None:
    article = make_article()
    case = make_case(article, "three are closed", "four are closed", category="fact")

    moved(article, case, find=THIRD, put="<p>Nothing more is known.</p>")
    assert (case.state, case.anchor, case.start, case.change_start) == ("open", "removed", None, None)

    moved(article, case, find="Nothing more", put="Little more")
    assert (case.state, case.anchor) == ("open", "removed")

    moved(article, case, find="<p>Little more is known.</p>", put=f"<p>Little is known.</p>{THIRD}")
    assert (case.anchor, words_of(case)) == ("moved", "three are closed")


def test_what_already_reads_as_suggested_is_closed_and_its_reader_is_told() -> None:
    article = make_article()
    case = make_case(article)

    moved(article, case, find="recieve", put="receive")

    assert (case.state, case.anchor) == ("already_fixed", "fixed")
    assert suggestion_status(case.suggestions.get()).status is ReaderStatus.ALREADY_FIXED
    assert case.history.latest().history_change_reason == "version 2"


def test_what_was_never_found_stays_in_the_queue_through_every_revision() -> None:
    article = make_article()
    suggestion = make_suggestion(article)
    # As a browser sends it from a page that it has translated.
    suggestion.exact, suggestion.prefix, suggestion.suffix = "empfangen", "Der Rat wird ", " den Bericht"
    suggestion.save()
    case = triage_suggestion(suggestion.pk)
    assert case is not None
    assert (case.state, case.anchor) == ("open", "unplaced")

    moved(article, case, find="recieve", put="soon recieve")
    assert (case.state, case.anchor, case.anchored_in.number) == ("open", "unplaced", 2)


def test_cases_read_in_several_revisions_are_moved_by_few_queries() -> None:
    article = make_article(body="".join(f"<p>Bridge number {n} is closed for repairs.</p>" for n in range(60)))
    for number in range(30):
        make_case(article, f"Bridge number {number} is", f"Bridge number {number} was", category="fact")
    make_revision(article, find="<p>Bridge number 0 ", put="<p>New.</p><p>Bridge number 0 ")
    for number in range(30, 60):
        make_case(article, f"Bridge number {number} is", f"Bridge number {number} was", category="fact")
    make_revision(article, find="<p>New.</p>", put="<p>New and longer.</p>")

    with CaptureQueriesContext(connection) as queries:
        assert reanchor_article(article) == 60

    assert len(queries) < 15
    current = current_revision(article)
    for case in Case.objects.select_related("anchored_in__stored_text"):
        assert case.anchored_in_id == current.pk
        assert words_of(case) == case.exact


def test_what_another_writer_moved_has_failed_no_longer() -> None:
    article = make_article()
    case = make_case(article)
    make_revision(article, find="three", put="four", note="Four.")
    record_failure(FailedJob.Kind.ARTICLE, article.pk, LookupError("no such room"))
    with transaction.atomic():
        assert reanchor_locked(lock_article(article)) == 1
    case.refresh_from_db()
    assert case.anchored_in == current_revision(article)
    assert not FailedJob.objects.exists()
