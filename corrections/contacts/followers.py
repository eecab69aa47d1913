"""Life cycle of following an article: asked for, confirmed (double opt-in), told of corrections, stopped, deleted."""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.core import signing
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from corrections.contacts.confirmation_limits import DAY, may_be_asked_to_follow
from corrections.contacts.hashed_mailboxes import MAX_EMAIL, get_or_create_mailbox, lock_mailbox
from corrections.contacts.outbox import queue_mail
from corrections.jobs.failures import primary_key, resting_keys, run_each
from corrections.models import Contact, FailedJob, Follower, Mail, Mailbox
from newsroom.models import Article, Revision
from newsroom.operations.mail_files import delete_files
from newsroom.publishing.policy import LISTED_KINDS

BATCH = 100
UNCONFIRMED_PERIOD = timedelta(days=7)
KINDS = (Mail.Kind.FOLLOW, Mail.Kind.CORRECTED)
FOLLOWING = signing.Signer(sep=".", salt="corrigenda follow v1")
UNFOLLOWING = signing.Signer(sep=".", salt="corrigenda unfollow v1")
UNSETTLED = (Mail.State.OWED, Mail.State.CLAIMED, Mail.State.DOUBTFUL, Mail.State.FAILED)


# Asking and confirming ------------------------------------------------------------------------------------------------
def follower_address_error(address: str) -> str:
    """The validation error as a translated sentence; empty for a valid address."""
    try:
        validate_email(address)
    except ValidationError:
        return _("Enter an e-mail address like name@example.org.")
    return "" if len(address) <= MAX_EMAIL else _("The address has more than 254 characters.")


def follow_article(article: Article, *, address: str) -> None:
    """Ask a validated address whether it wants to follow an article, with `current` prefetched; idempotent.

    Runs the same statements whether an address follows already or not: who asks learns nothing of who follows.
    """
    number, now = article.current.number if article.current else 0, timezone.now()
    with transaction.atomic():
        mailbox = get_or_create_mailbox(address)
        follower = Follower(article=article, mailbox=mailbox, address=address, given_at=now, told=number)
        Follower.objects.bulk_create([follower], ignore_conflicts=True)
        unconfirmed = Follower.objects.filter(article=article, mailbox=mailbox).exclude(state=Follower.State.CONFIRMED)
        unconfirmed.update(state=Follower.State.ASKED, given_at=now, told=number)


def queue_follower_confirmations() -> None:
    """Queue the confirmation mails that were asked for, within the limits."""
    resting = resting_keys(FailedJob.Kind.CONFIRMATION)
    asked = Follower.objects.filter(state=Follower.State.ASKED).exclude(pk__in=resting).order_by("given_at")
    run_each(FailedJob.Kind.CONFIRMATION, asked[:BATCH], _queue_confirmation, key=primary_key)


def _queue_confirmation(follower: Follower) -> None:
    """Idempotent, also for two dispatchers at once."""
    with transaction.atomic():
        mailbox = lock_mailbox(follower.mailbox_id)
        is_allowed = may_be_asked_to_follow(mailbox, Q(follower=follower))
        state = Follower.State.WAITING if is_allowed else Follower.State.UNASKED
        asked = Follower.objects.filter(pk=follower.pk, state=Follower.State.ASKED)
        if asked.update(state=state) and is_allowed:
            about = str(Mail.objects.filter(follower=follower, kind=Mail.Kind.FOLLOW).count())
            queue_mail(Mail.Kind.FOLLOW, follower=follower.pk, mailbox=mailbox.pk, about=about)


def confirm_follower(follower: Follower) -> None:
    """Opt in for this article, and lift an unsubscribe of the mailbox; idempotent."""
    with transaction.atomic():
        lock_mailbox(follower.mailbox_id)
        waiting = Follower.objects.filter(pk=follower.pk).exclude(state=Follower.State.CONFIRMED)
        waiting.update(state=Follower.State.CONFIRMED, confirmed_at=timezone.now())
        Mailbox.objects.filter(pk=follower.mailbox_id).update(stopped_at=None)
        ask_again(follower.mailbox_id)


def ask_again(mailbox: str) -> None:
    """The limits protect strangers; the confirmed owner now gets the mails that they suppressed."""
    Contact.objects.filter(mailbox=mailbox, state=Contact.State.UNASKED).update(state=Contact.State.ASKED)
    Follower.objects.filter(mailbox=mailbox, state=Follower.State.UNASKED).update(state=Follower.State.ASKED)


# Telling of corrections -----------------------------------------------------------------------------------------------
def queue_article_news() -> None:
    """Queue a mail for each follower and each listed revision that is newer than what they were told of."""
    behind = Follower.objects.filter(state=Follower.State.CONFIRMED, told__lt=F("article__current__number"))
    behind = behind.exclude(pk__in=resting_keys(FailedJob.Kind.NEWS)).order_by("confirmed_at")
    run_each(FailedJob.Kind.NEWS, behind[:BATCH], _queue_news, key=primary_key)


def _queue_news(follower: Follower) -> None:
    with transaction.atomic():
        newer = Revision.objects.filter(article=follower.article_id, number__gt=follower.told).order_by("number")
        revisions = list(newer.values_list("number", "kind"))
        for number, kind in revisions:
            if kind in LISTED_KINDS:
                queue_mail(Mail.Kind.CORRECTED, follower=follower.pk, mailbox=follower.mailbox_id, about=str(number))
        if revisions:
            Follower.objects.filter(pk=follower.pk).update(told=revisions[-1][0])


# Links in mails -------------------------------------------------------------------------------------------------------
def following_token(follower: Follower) -> str:
    """Token of the link that confirms."""
    return FOLLOWING.sign(follower.pk.hex)


def unfollowing_token(follower: Follower) -> str:
    """Token of the link that stops the mails about this article."""
    return UNFOLLOWING.sign(follower.pk.hex)


def follower_to_confirm(token: str) -> Follower | None:
    return _follower(FOLLOWING, token)


def follower_to_stop(token: str) -> Follower | None:
    """None where the row was deleted. Raises Follower.DoesNotExist for a token that is not ours."""
    if not _is_signed(UNFOLLOWING, token):
        raise Follower.DoesNotExist
    return _follower(UNFOLLOWING, token)


def _is_signed(signer: signing.Signer, token: str) -> bool:
    try:
        signer.unsign(token)
    except signing.BadSignature:
        return False
    return True


def _follower(signer: signing.Signer, token: str) -> Follower | None:
    if not _is_signed(signer, token):
        return None
    rows = Follower.objects.select_related("mailbox", "article__current__stored_text")
    return rows.filter(pk=signer.unsign(token)).first()


# Deleting -------------------------------------------------------------------------------------------------------------
def delete_followers(keys: Iterable[UUID]) -> int:
    """Delete these rows with the addresses, their queued mails and mail files; call in a transaction."""
    keys = list(keys)
    mails = Mail.objects.filter(follower__in=keys)
    mails.filter(state=Mail.State.OWED).update(state=Mail.State.DROPPED)
    names = mails.message_ids()
    Follower.objects.filter(pk__in=keys).delete()
    delete_files(names)
    return len(keys)


def stop_following(follower: Follower) -> None:
    """Idempotent."""
    with transaction.atomic():
        delete_followers([follower.pk])


def delete_ended_followers() -> int:
    """Delete addresses that nobody confirmed within a week, and those that were told of a retraction."""
    unsettled = Q(state__in=UNSETTLED) | Q(within__state__in=UNSETTLED)
    owed = Mail.objects.filter(unsettled, follower=OuterRef("pk"))
    unconfirmed = Q(given_at__lt=timezone.now() - UNCONFIRMED_PERIOD) & ~Q(state=Follower.State.CONFIRMED)
    over = Q(article__state=Article.State.RETRACTED, told=F("article__current__number")) & ~Exists(owed)
    ended, deleted = Follower.objects.filter(unconfirmed | over), 0
    while keys := list(ended.values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            deleted += delete_followers(keys)
    return deleted


def is_about_deleted_follower() -> Q:
    """Mails of KINDS that have lost their row."""
    return Q(kind__in=KINDS, follower=None)


def stray_mails() -> set[str]:
    """Message-IDs of the last day's mails of deleted followers: a worker may have written a file after the deletion."""
    return Mail.objects.filter(is_about_deleted_follower(), tried_at__gt=timezone.now() - DAY).message_ids()
