"""Celery tasks; each takes keys, calls one function, and is idempotent."""

import logging
from collections.abc import Callable
from contextlib import suppress

from celery import shared_task
from celery.exceptions import SoftTimeLimitExceeded
from django.db.models import Q

from corrections.abuse.senders import blank_old_sender_hashes
from corrections.contacts.addresses import delete_stray_mail_files, delete_unused_mailboxes, queue_confirmations
from corrections.contacts.followers import (
    delete_ended_followers,
    queue_article_news,
    queue_follower_confirmations,
)
from corrections.contacts.outbox import claim_due_mails, release_mails
from corrections.decisions.approvals import settle_proposal
from corrections.decisions.outcomes import end_holds
from corrections.decisions.pending import claim_due_decisions, execute_decisions, release_decisions
from corrections.echoes.owed import owed_echoes, settle_echo
from corrections.embed import first_looks
from corrections.jobs.failures import attempt, forget_settled_jobs, primary_key, run_each
from corrections.mail.delivery import send_mail
from corrections.mail.due import queue_digests, queue_reader_mails
from corrections.mail.notification_mail import queue_notification_mails
from corrections.models import FailedJob
from corrections.privacy.retention import purge_personal_data
from corrections.triage.abandoned import sweep_abandoned
from corrections.triage.pipeline import batches, claim_received, release_leases, triage_batch
from corrections.triage.reanchoring import articles_to_reanchor, reanchor_article
from corrections.webhooks.deliveries import claim_hook, delete_old_deliveries, deliver_due
from corrections.webhooks.enqueue import queue_deliveries
from newsroom.models import Article, Proposal
from newsroom.operations.heartbeat import (
    CLOCK,
    BrokerUnavailable,
    forget_handed_out,
    mark_handed_out,
    queue_depth,
    write_heartbeat,
)
from newsroom.publishing.elsewhere.hand_over import overdue_articles, send_back_overdue
from newsroom.publishing.moves import move_overtaken, overtaken_proposals
from newsroom.sources.watching import due_looks, look_again

logger = logging.getLogger(__name__)

PURGE_SECONDS = 8.0  # a last batch on top stays below the tasks' soft time limit
# A decision about thousands of cases takes longer than other tasks may.
DECISION_SECONDS = 240


@shared_task
def dispatch() -> None:
    """Queue all due work, found in the database alone (outbox). Runs each second; two at once do no harm.

    What raises ends neither the tick nor another kind of work.
    """
    if _is_overtaken():
        return
    is_well = True
    for step in STEPS:
        if is_well or step not in HANDING_OUT:
            is_well &= _run(step)
    if is_well:
        with suppress(BrokerUnavailable):
            write_heartbeat()


def _is_overtaken() -> bool:
    """Whether a later tick waits, which does the same."""
    with suppress(BrokerUnavailable):
        return queue_depth(CLOCK) > 0
    return False


def _run(step: Callable[[], object]) -> bool:
    """Whether work can be handed out and the heartbeat written; what the step raises is logged."""
    try:
        step()
    except SoftTimeLimitExceeded:
        raise
    except (triage.OperationalError, BrokerUnavailable):
        logger.warning("the broker takes no messages; what is owed waits in the database")
        return False
    except Exception:
        logger.exception("%s failed; the other steps go on", step.__name__)
        return step is not _hand_out_suggestions  # without them no heartbeat may say that all is well
    return True


def _hand_out_suggestions() -> None:
    owed = batches(claim_received())
    try:
        while owed:
            triage.apply_async(args=tuple(str(suggestion.pk) for suggestion in owed[0]), retry=False)
            del owed[0]
    finally:
        release_leases(suggestion for batch in owed for suggestion in batch)


def _hand_out_articles() -> None:
    for key in articles_to_reanchor():
        if mark_handed_out(f"article {key}"):
            reanchor.apply_async(args=(key,), retry=False)


def _hand_out_echoes() -> None:
    for key in owed_echoes():
        if mark_handed_out(f"echo {key}"):
            echo.apply_async(args=(key,), retry=False)


def _hand_out_decisions() -> None:
    owed = claim_due_decisions()
    try:
        while owed:
            decide.apply_async(args=tuple(owed[0]), retry=False)
            del owed[0]
    finally:
        release_decisions(key for keys in owed for key in keys)


def _settle_proposals() -> None:
    """Proposals decided or overtaken outside the desk, or handed over and not seen in time."""
    run_each(FailedJob.Kind.PROPOSAL, overdue_articles(), send_back_overdue, key=primary_key)
    run_each(FailedJob.Kind.PROPOSAL, overtaken_proposals(), move_overtaken, key=primary_key)
    open_cases = Q(cases__state="proposed") | (Q(cases__state="handed_over") & ~Q(state=Proposal.State.HANDED_OVER))
    decided = Proposal.objects.exclude(state=Proposal.State.WAITING).filter(open_cases).distinct()
    run_each(FailedJob.Kind.PROPOSAL, decided, settle_proposal, key=primary_key)


def _hand_out_mails() -> None:
    mails = claim_due_mails()
    try:
        while mails:
            mail.apply_async(args=(str(mails[0]),), retry=False)
            del mails[0]
    finally:
        release_mails(mails)


def _hand_out_hook() -> None:
    if (hook := claim_hook()) is not None:
        tell_hook.apply_async(args=(hook,), retry=False)


def _hand_out_looks() -> None:
    for key in due_looks():
        look.apply_async(args=(key,), retry=False)


HANDING_OUT = (
    _hand_out_suggestions,
    _hand_out_articles,
    _hand_out_decisions,
    _hand_out_mails,
    _hand_out_hook,
    _hand_out_echoes,
    _hand_out_looks,
)
# Handing out comes first, suggestions before all else; mails and webhooks delay none of it.
STEPS: tuple[Callable[[], object], ...] = (
    *HANDING_OUT[:3],
    *(_settle_proposals, end_holds, blank_old_sender_hashes),
    *(queue_confirmations, queue_follower_confirmations),
    *(queue_reader_mails, queue_article_news, queue_digests, queue_notification_mails, _hand_out_mails),
    *(queue_deliveries, _hand_out_hook, _hand_out_echoes, _hand_out_looks, delete_old_deliveries),
)


@shared_task
def triage(*pks: str) -> None:
    """Place, screen and group suggestions of one article."""
    if len(pks) > 1:
        triage_batch(pks)  # one that raises is tried again in a message of its own
        return
    with attempt(FailedJob.Kind.SUGGESTION, pks[0]):
        triage_batch(pks)


@shared_task
def reanchor(article_pk: int) -> None:
    """Move an article's open cases to its current revision."""
    with attempt(FailedJob.Kind.ARTICLE, article_pk):
        reanchor_article(Article.objects.get(pk=article_pk))
    with suppress(BrokerUnavailable):
        forget_handed_out(f"article {article_pk}")


@shared_task
def echo(revision_pk: int) -> None:
    """Make fingerprints of an article's sentences, and look for the mistake that its revision put right elsewhere."""
    with attempt(FailedJob.Kind.ECHO, revision_pk):
        settle_echo(revision_pk)
    with suppress(BrokerUnavailable):
        forget_handed_out(f"echo {revision_pk}")


@shared_task
def first_look(source_pk: int, url: str, external_id: str) -> None:
    """Look at a page that a reader has open and nobody has looked at."""
    first_looks.first_look(source_pk, url, external_id)


@shared_task
def look(article_pk: int) -> None:
    """Look at the page of an article that another system publishes."""
    look_again(article_pk)


@shared_task(soft_time_limit=DECISION_SECONDS, time_limit=DECISION_SECONDS + 5)
def decide(*pks: int) -> None:
    """Execute due decisions about one article."""
    execute_decisions(pks)


@shared_task
def tell_hook(hook_pk: int) -> None:
    """Send a webhook's due deliveries."""
    deliver_due(hook_pk)


@shared_task
def mail(pk: str) -> None:
    """Send one mail."""
    send_mail(pk)


@shared_task
def forget() -> None:
    """Delete data that is needed for a day only, and close cases that were left behind."""
    delete_ended_followers()
    delete_unused_mailboxes()
    delete_stray_mail_files()
    forget_settled_jobs()
    sweep_abandoned()


@shared_task
def purge() -> None:
    """Erase personal data after the retention period; an incomplete run queues the next."""
    if not purge_personal_data(seconds=PURGE_SECONDS).is_complete:
        purge.apply_async(retry=False)
