"""Celery tasks; each takes a key, calls one function, and is idempotent."""

import logging

from celery import shared_task

from corrections.abuse.senders import blank_old_sender_hashes
from corrections.contacts.addresses import delete_stray_mail_files, delete_unused_mailboxes, queue_confirmations
from corrections.contacts.outbox import claim_due_mails, release_mails
from corrections.decisions.approvals import settle_proposal
from corrections.decisions.outcomes import end_holds
from corrections.decisions.pending import due_decisions, execute_decision
from corrections.mail.delivery import send_mail
from corrections.mail.due import queue_digests, queue_reader_mails
from corrections.privacy.retention import purge_personal_data
from corrections.triage.pipeline import batches, claim_received, release_leases, triage_batch
from corrections.triage.reanchoring import articles_to_reanchor, reanchor_article
from corrections.webhooks.deliveries import claim_hook, delete_old_deliveries, deliver_due
from corrections.webhooks.enqueue import queue_deliveries
from newsroom.models import Article, Proposal
from newsroom.operations.heartbeat import BrokerUnavailable, write_heartbeat
from newsroom.publishing.proposals import expire_proposals

logger = logging.getLogger(__name__)

PURGE_SECONDS = 8.0  # a last batch on top stays below the tasks' soft time limit


@shared_task
def dispatch() -> None:
    """Queue all due work, found in the database alone (outbox). Runs each second; two at once do no harm."""
    expire_proposals()
    for proposal in Proposal.objects.exclude(state=Proposal.State.WAITING).filter(cases__state="proposed").distinct():
        settle_proposal(proposal)
    for decision in due_decisions():
        execute_decision(decision)
    end_holds()
    blank_old_sender_hashes()
    owed = batches(claim_received())
    try:
        for key in articles_to_reanchor():
            reanchor.apply_async(args=(key,), expires=30, retry=False)
        while owed:
            triage.apply_async(args=tuple(str(suggestion.pk) for suggestion in owed[0]), retry=False)
            del owed[0]
        # Last, so that mails and webhooks never delay suggestions.
        _hand_out_mails()
        queue_deliveries()
        delete_old_deliveries()
        if (hook := claim_hook()) is not None:
            tell_hook.apply_async(args=(hook,), expires=30, retry=False)
        write_heartbeat()
    except (triage.OperationalError, BrokerUnavailable):
        waiting = [suggestion for batch in owed for suggestion in batch]
        logger.warning("the broker takes no messages; %d suggestions wait in the database", len(waiting))
        release_leases(waiting)


def _hand_out_mails() -> None:
    """Raises OperationalError when the broker takes no messages."""
    queue_confirmations()
    queue_reader_mails()
    queue_digests()
    mails = claim_due_mails()
    try:
        while mails:
            mail.apply_async(args=(str(mails[0]),), retry=False)
            del mails[0]
    except mail.OperationalError:
        release_mails(mails)
        raise


@shared_task
def triage(*pks: str) -> None:
    """Place, screen and group suggestions of one article."""
    triage_batch(pks)


@shared_task
def reanchor(article_pk: int) -> None:
    """Move an article's open cases to its current revision."""
    reanchor_article(Article.objects.get(pk=article_pk))


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
    """Delete data that is needed for a day only."""
    delete_unused_mailboxes()
    delete_stray_mail_files()


@shared_task
def purge() -> None:
    """Erase personal data after the retention period; an incomplete run queues the next."""
    if not purge_personal_data(seconds=PURGE_SECONDS).is_complete:
        purge.apply_async(retry=False)
