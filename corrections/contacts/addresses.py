"""Life cycle of a reader's e-mail address: stored, confirmed (double opt-in), unsubscribed, deleted."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from corrections.contacts.confirmation_limits import DAY, may_be_asked
from corrections.contacts.followers import ask_again, delete_followers, stray_mails
from corrections.contacts.hashed_mailboxes import MAX_EMAIL, get_or_create_mailbox, lock_mailbox, normalise_address
from corrections.contacts.outbox import queue_mail
from corrections.jobs.failures import primary_key, resting_keys, run_each
from corrections.models import OPEN_STATES, Contact, FailedJob, Follower, Mail, Mailbox, Suggestion
from newsroom.operations.mail_files import delete_files


class InvalidAddress(Exception):
    """Not an e-mail address; the message is shown to the reader."""


class AlreadyConfirmed(Exception):
    """The suggestion already has a confirmed address."""


class AlreadyErased(Exception):
    """The suggestion's personal data was erased, so none may be added."""


def address_error(address: str) -> str:
    """The validation error as a translated sentence; empty for a valid address."""
    try:
        validate_email(address)
    except ValidationError:
        return _("Enter an e-mail address like name@example.org, or leave it empty.")
    return "" if len(address) <= MAX_EMAIL else _("The address has more than 254 characters.")


def create_contact(suggestion: Suggestion, address: str) -> Contact:
    """Store a validated address for a suggestion without one; its state makes a confirmation mail due."""
    return Contact.objects.create(suggestion=suggestion, mailbox=get_or_create_mailbox(address), address=address)


def contact_for(suggestion: Suggestion) -> Contact | None:
    return Contact.objects.select_related("mailbox").filter(suggestion=suggestion).first()


def set_address(suggestion: Suggestion, *, address: str) -> None:
    """Add or replace a suggestion's address; the same address again requests another confirmation mail.

    Raises InvalidAddress, AlreadyConfirmed, AlreadyErased.
    """
    address = address.strip()
    if error := address_error(address):
        raise InvalidAddress(error)
    with transaction.atomic():
        locked = Suggestion.objects.select_for_update(of=("self",), no_key=True).get(pk=suggestion.pk)
        if locked.erased_at:
            raise AlreadyErased
        contact = Contact.objects.filter(suggestion=locked).first()
        if contact and contact.is_confirmed:
            raise AlreadyConfirmed
        if contact and normalise_address(contact.address) == normalise_address(address):
            Contact.objects.filter(pk=contact.pk).update(state=Contact.State.ASKED)
            return
        if contact:
            contact.delete()
        create_contact(locked, address)


def queue_confirmations(most: int = 100) -> None:
    """Queue the confirmation mails of new addresses, within the rate limits."""
    asked = Contact.objects.filter(state=Contact.State.ASKED).exclude(pk__in=resting_keys(FailedJob.Kind.CONFIRMATION))
    run_each(FailedJob.Kind.CONFIRMATION, asked.order_by("given_at")[:most], queue_confirmation, key=primary_key)


def queue_confirmation(contact: Contact) -> None:
    """Idempotent, also for two dispatchers at once."""
    with transaction.atomic():
        mailbox = lock_mailbox(contact.mailbox_id)
        is_allowed = may_be_asked(mailbox, Q(suggestion_id=contact.suggestion_id))
        state = Contact.State.WAITING if is_allowed else Contact.State.UNASKED
        asked = Contact.objects.filter(pk=contact.pk, state=Contact.State.ASKED)
        if asked.update(state=state) and is_allowed:
            earlier = Mail.objects.filter(suggestion_id=contact.suggestion_id, kind=Mail.Kind.CONFIRM).count()
            about = f"{contact.pk.hex}.{earlier}"
            queue_mail(Mail.Kind.CONFIRM, suggestion=contact.suggestion_id, mailbox=mailbox.pk, about=about)


def confirm_contact(contact: Contact, *, wants_receipt: bool) -> None:
    """Opt in for this suggestion only, and lift an unsubscribe of the mailbox; idempotent.

    Where it is decided already, the outcome is the one mail that follows, and holds the private link too.
    """
    with transaction.atomic():
        lock_mailbox(contact.mailbox_id)
        waiting = Contact.objects.filter(pk=contact.pk).exclude(state=Contact.State.CONFIRMED)
        waiting.update(state=Contact.State.CONFIRMED, confirmed_at=timezone.now())
        Mailbox.objects.filter(pk=contact.mailbox_id).update(stopped_at=None)
        ask_again(contact.mailbox_id)
        undecided = Q(suggestion__case=None) | Q(suggestion__case__state__in=OPEN_STATES)
        if wants_receipt and Contact.objects.filter(undecided, pk=contact.pk).exists():
            queue_mail(Mail.Kind.RECEIVED, suggestion=contact.suggestion_id, mailbox=contact.mailbox_id)


def stop_mail(mailbox: Mailbox) -> None:
    """Unsubscribe a mailbox from all mail, also when its address is submitted again; idempotent.

    It then follows no article any more.
    """
    with transaction.atomic():
        Mailbox.objects.update_or_create(hash=mailbox.pk, defaults={"stopped_at": timezone.now()})
        delete_followers(Follower.objects.filter(mailbox=mailbox.pk).values_list("pk", flat=True))


def allow_mail(mailbox: Mailbox) -> None:
    Mailbox.objects.filter(pk=mailbox.pk).update(stopped_at=None)


def delete_contact(suggestion: Suggestion) -> None:
    """Delete a suggestion's address, its queued mails and its mail files; call in a transaction."""
    Contact.objects.filter(suggestion=suggestion).delete()
    mails = Mail.objects.filter(suggestion=suggestion)
    mails.filter(state=Mail.State.OWED).update(state=Mail.State.DROPPED)
    delete_files(mails.message_ids())


def delete_stray_mail_files() -> None:
    """Delete mail files that a worker wrote while their reader was being erased, then died before deleting them."""
    erased = Mail.objects.filter(suggestion__erased_at__gt=timezone.now() - DAY)
    delete_files(erased.message_ids() | stray_mails())


def delete_unused_mailboxes() -> None:
    """Delete mailbox hashes that no rate limit, contact, follower or unsubscribe needs any more."""
    with transaction.atomic():
        old = Mail.objects.filter(owed_at__lt=timezone.now() - DAY, mailbox__isnull=False)
        done = old.exclude(state__in=[Mail.State.OWED, Mail.State.CLAIMED]).filter(
            mailbox__contacts=None, mailbox__followers=None
        )
        done.update(mailbox=None)
        Mailbox.objects.filter(contacts=None, followers=None, mails=None, stopped_at=None).delete()
