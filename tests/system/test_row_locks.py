"""Every writer that reads before it writes locks its rows first, and all in one order, so that none waits in a ring."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import newsroom.celery  # noqa: F401  # gives the tasks their broker
from corrections.abuse.quarantine import release_suggestions
from corrections.abuse.rate_limits import _count_in_database
from corrections.contacts.addresses import confirm_contact, queue_confirmation, set_address
from corrections.contacts.followers import confirm_follower
from corrections.contacts.outbox import claim_due_mails, queue_mail
from corrections.decisions.approvals import propose_cases, settle_proposal
from corrections.decisions.compose import Edit, compose
from corrections.decisions.outcomes import ask_readers, decline_case, end_holds
from corrections.decisions.pending import UNDO_WINDOW, decide, due_decisions, execute_decision, undo
from corrections.models import Case, Mail, Suggestion
from corrections.privacy.retention import purge_personal_data
from corrections.privacy.withdrawal import withdraw_suggestion
from corrections.suggestions.answer import answer_question
from corrections.triage.pipeline import claim_received, triage_suggestion
from corrections.triage.reanchoring import reanchor_article
from corrections.webhooks.deliveries import claim_hook, deliver_due, replay_delivery
from corrections.webhooks.endpoints import rotate_secret
from corrections.webhooks.enqueue import ping_hook
from newsroom.accounts.roles import DESK_CHIEF, STANDARDS_EDITOR
from newsroom.models import Article, Editor, Kind, Proposal
from newsroom.publishing.moves import Seen
from newsroom.publishing.proposals import approve_proposal, return_proposal
from newsroom.publishing.withholding import approve_withholding, ask_withholding, return_withholding
from tests.support.desk_page import make_case
from tests.support.factories import current_revision, make_article, make_editor, make_revision
from tests.support.followers import make_follower
from tests.support.mailbox import ADA, contact_of, make_reader
from tests.support.row_locks import locks_taken
from tests.support.suggestion_factories import make_suggestion
from tests.support.webhook_steps import make_hook

pytestmark = pytest.mark.django_db
CLOSED = "http://127.0.0.1:9/"  # no webhook may be sent there: an attempt fails at once


@pytest.fixture
def article() -> Article:
    return make_article()


@pytest.fixture
def by() -> Editor:
    return make_editor()


def proposed(article: Article, by: Editor) -> tuple[Case, Proposal]:
    case, base = make_case(article, "14", "15", category="fact"), current_revision(article)
    composed = compose(base, [Edit(case, "15")])
    proposal = propose_cases([case], by=by, base=base, composed=composed, kind=Kind.CORRECTION, note="It is 15.")
    return case, proposal


# The record -----------------------------------------------------------------------------------------------------------
def test_a_revision_locks_its_article_and_the_head_of_the_chain(article: Article) -> None:
    assert locks_taken(lambda: make_revision(article, find="three", put="four", note="Four.")) == [
        "article",
        "audithead key",
    ]


def test_a_proposal_is_locked_behind_its_article(article: Article, by: Editor) -> None:
    second = make_editor(group=STANDARDS_EDITOR)
    _case, proposal = proposed(article, by)
    locks = locks_taken(lambda: approve_proposal(proposal, by=second, seen=Seen(proposal.digest)))
    assert locks == ["article", "proposal", "audithead key"]


def test_a_proposal_is_sent_back_under_the_same_locks(article: Article, by: Editor) -> None:
    _case, proposal = proposed(article, by)
    locks = locks_taken(
        lambda: return_proposal(proposal, by=make_editor(group=STANDARDS_EDITOR), reason="Who counted?")
    )
    assert locks == ["article", "proposal", "audithead key"]


@pytest.mark.parametrize("is_approved", [True, False])
def test_a_withholding_is_decided_under_its_own_lock(article: Article, is_approved: bool) -> None:
    old, second = current_revision(article), make_editor(group=DESK_CHIEF)
    make_revision(article, find="three", put="four", note="Four.")
    asked = ask_withholding(old, by=make_editor(group=STANDARDS_EDITOR), reason="It names a child.")
    locks = locks_taken(
        lambda: (
            approve_withholding(asked, by=second)
            if is_approved
            else return_withholding(asked, by=second, reason="It does not.")
        )
    )
    assert "withholding" in locks
    assert locks[-1] == "audithead key"


# Triage ---------------------------------------------------------------------------------------------------------------
def test_received_suggestions_are_claimed_past_those_that_another_claims(article: Article) -> None:
    make_suggestion(article)
    assert locks_taken(claim_received) == ["suggestion skip"]


def test_triage_locks_the_article_then_the_suggestions(article: Article) -> None:
    suggestion = make_suggestion(article)
    assert locks_taken(lambda: triage_suggestion(suggestion.pk))[:1] == ["article"]
    assert "suggestion key" in locks_taken(lambda: triage_suggestion(make_suggestion(article).pk))


def test_open_cases_are_moved_under_their_locks(article: Article) -> None:
    make_case(article)
    make_revision(article, find="three", put="four", note="Four.")
    assert locks_taken(lambda: reanchor_article(article)) == ["article", "case"]


# Decisions ------------------------------------------------------------------------------------------------------------
def test_a_decision_about_a_case_locks_article_case_and_chain(article: Article, by: Editor) -> None:
    case = make_case(article)
    locks = locks_taken(lambda: decline_case(case, by=by, reason="It is right as it stands."))
    assert locks == ["article", "case", "audithead key"]


def test_a_stored_decision_is_executed_and_undone_under_its_own_lock(article: Article, by: Editor) -> None:
    case, other = make_case(article), make_case(article, "three", "four")
    payload: dict[str, object] = {"reason": "It is right as it stands."}
    assert locks_taken(lambda: decide("decline", [case], by=by, payload=payload, typed={})) == ["article", "case"]
    [decision] = due_decisions(timezone.now() + UNDO_WINDOW)
    assert locks_taken(lambda: execute_decision(decision)) == ["article", "decision", "case", "audithead key"]
    again = decide("decline", [other], by=by, payload=payload, typed={})
    assert locks_taken(lambda: undo(again, by=by)) == ["article", "decision", "case"]


def test_a_hold_ends_under_the_lock_of_its_case(article: Article) -> None:
    make_case(article)
    Case.objects.update(state="held", held_until=timezone.now() - timedelta(seconds=1))
    assert locks_taken(end_holds) == ["case"]


def test_the_cases_of_a_decided_proposal_are_locked_behind_the_article(article: Article, by: Editor) -> None:
    case, proposal = proposed(article, by)
    approve_proposal(proposal, by=make_editor(group=STANDARDS_EDITOR), seen=Seen(proposal.digest))
    assert locks_taken(lambda: settle_proposal(proposal)) == ["article", "case", "audithead key"]
    case.refresh_from_db()
    assert case.state == Case.State.PUBLISHED


# Readers --------------------------------------------------------------------------------------------------------------
def test_who_takes_a_suggestion_back_locks_article_suggestion_and_case(article: Article) -> None:
    make_case(article)
    suggestion = Suggestion.objects.select_related("article").get()
    assert locks_taken(lambda: withdraw_suggestion(suggestion)) == ["article", "suggestion", "case"]


def test_an_answer_locks_article_and_suggestion(article: Article, by: Editor) -> None:
    ask_readers(make_case(article), by=by, question="Which page?")
    suggestion = Suggestion.objects.select_related("article").get()
    assert locks_taken(lambda: answer_question(suggestion, text="The first.")) == ["article", "suggestion"]


def test_an_address_is_set_under_the_lock_of_its_suggestion(article: Article) -> None:
    suggestion = make_suggestion(article)
    assert locks_taken(lambda: set_address(suggestion, address=ADA))[0] == "suggestion"


def test_confirmations_to_one_mailbox_are_counted_under_its_lock(article: Article) -> None:
    contact = contact_of(make_suggestion(article, email=ADA))
    assert locks_taken(lambda: queue_confirmation(contact)) == ["mailbox"]


def test_old_personal_data_is_erased_past_rows_that_another_run_erases(article: Article) -> None:
    make_suggestion(article)
    Suggestion.objects.update(status="failed", received_at=timezone.now() - timedelta(days=91))
    assert locks_taken(purge_personal_data) == ["suggestion skip"]


def test_suggestions_in_quarantine_are_settled_under_their_locks(article: Article, by: Editor) -> None:
    suggestion = make_suggestion(article)
    Suggestion.objects.update(status="held")
    assert locks_taken(lambda: release_suggestions([suggestion.pk], by=by)) == ["suggestion key", "audithead key"]


def test_suggestions_of_one_sender_are_counted_one_after_the_other(article: Article) -> None:
    with CaptureQueriesContext(connection) as queries:
        _count_in_database("a" * 64)
    assert queries[0]["sql"].startswith("SELECT pg_advisory_xact_lock(hashtextextended('corrigenda sender aaa")


# Mails and webhooks ---------------------------------------------------------------------------------------------------
def test_an_address_is_confirmed_under_its_mailboxs_lock_as_its_mail_was_queued(article: Article) -> None:
    contact, follower = contact_of(make_reader(article)), make_follower(article, email="other@example.org")
    assert locks_taken(lambda: confirm_contact(contact, wants_receipt=True)) == ["mailbox"]
    assert locks_taken(lambda: confirm_follower(follower)) == ["mailbox"]


def test_mails_of_one_mailbox_are_claimed_under_its_lock_and_an_editors_under_their_own(
    article: Article, by: Editor
) -> None:
    suggestion = make_reader(article)
    queue_mail(Mail.Kind.FIXED, suggestion=suggestion.pk, mailbox=contact_of(suggestion).mailbox_id)
    assert locks_taken(claim_due_mails) == ["mailbox skip"]
    queue_mail(Mail.Kind.DIGEST, editor=by.pk, about="today")
    assert locks_taken(claim_due_mails) == ["mail"]


def test_a_webhook_is_locked_while_attempts_start_and_end() -> None:
    hook, chief = make_hook(CLOSED), make_editor(group=DESK_CHIEF)
    delivery = ping_hook(hook, by=chief)
    claim_hook()
    with CaptureQueriesContext(connection) as queries:
        deliver_due(hook.pk)
    locked = [query for query in queries if query["sql"].endswith("FOR NO KEY UPDATE")]
    assert len(locked) == 2  # the attempt that starts, and what came of it
    assert all('FROM "corrections_hook"' in query["sql"] for query in locked)
    assert locks_taken(lambda: replay_delivery(delivery, by=chief)) == ["hook", "audithead key"]


def test_a_secret_is_rotated_under_the_lock_of_its_webhook() -> None:
    hook, chief = make_hook(CLOSED), make_editor(group=DESK_CHIEF)
    assert locks_taken(lambda: rotate_secret(hook, by=chief)) == ["hook", "audithead key"]
