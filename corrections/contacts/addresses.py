"""A reader's e-mail address: given with a suggestion, confirmed by a click, refused, erased."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from corrections.contacts.hashed_mailboxes import folded, mailbox_known
from corrections.contacts.outbox import owe
from corrections.models import Contact, Mail, Mailbox, Suggestion
from newsroom.operations.mail_files import forget_files

MAX_EMAIL = 254
CONFIRMATIONS_A_DAY = 2  # to an address that nobody confirmed yet, and about one suggestion
DAY = timedelta(days=1)


class BadAddress(Exception):
    """This is no e-mail address; the message says what would be one."""


class AlreadyConfirmed(Exception):
    """The suggestion has a confirmed address already."""


class AlreadyErased(Exception):
    """What the suggestion said about its reader is gone, and nothing is added to it any more."""


def address_error(address: str) -> str:
    """What is wrong with it in a sentence; empty when it is an address."""
    try:
        validate_email(address)
    except ValidationError:
        return _("Enter an e-mail address like name@example.org, or leave it empty.")
    return "" if len(address) <= MAX_EMAIL else _("The address has more than 254 characters.")


def keep_address(suggestion: Suggestion, address: str) -> Contact:
    """Keep a valid address beside a suggestion that has none; a confirmation mail is owed."""
    return Contact.objects.create(suggestion=suggestion, mailbox=mailbox_known(address), address=address)


def contact_kept(suggestion: Suggestion) -> Contact | None:
    return Contact.objects.select_related("mailbox").filter(suggestion=suggestion).first()


def give_address(suggestion: Suggestion, *, address: str) -> None:
    """Give an address afterwards, another one, or the same to be asked once more.

    Raises BadAddress, AlreadyConfirmed, AlreadyErased.
    """
    address = address.strip()
    if error := address_error(address):
        raise BadAddress(error)
    with transaction.atomic():
        locked = Suggestion.objects.select_for_update(of=("self",), no_key=True).get(pk=suggestion.pk)
        if locked.erased_at:
            raise AlreadyErased
        contact = Contact.objects.filter(suggestion=locked).first()
        if contact and contact.is_confirmed:
            raise AlreadyConfirmed
        if contact and folded(contact.address) == folded(address):
            Contact.objects.filter(pk=contact.pk).update(state=Contact.State.ASKED)
            return
        if contact:
            contact.delete()
        keep_address(locked, address)


def owe_confirmations(most: int = 100) -> None:
    """Owe every address that was given its confirmation mail, as far as the limits allow."""
    asked = Contact.objects.filter(state=Contact.State.ASKED).order_by("given_at")
    for contact in asked[:most]:
        owe_confirmation(contact)


def owe_confirmation(contact: Contact) -> None:
    """Safe to run twice, and by two dispatchers at once."""
    with transaction.atomic():
        # All who count the mails of one mailbox wait for each other here.
        mailbox = Mailbox.objects.select_for_update(no_key=True).get(pk=contact.mailbox_id)
        yesterday = timezone.now() - DAY
        sent = Mail.objects.filter(kind=Mail.Kind.CONFIRM, owed_at__gt=yesterday).exclude(state=Mail.State.DROPPED)
        is_known = mailbox.contacts.filter(state=Contact.State.CONFIRMED).exists()
        of_mailbox = 0 if is_known else sent.filter(mailbox=mailbox).count()
        of_suggestion = sent.filter(suggestion_id=contact.suggestion_id).count()
        may = max(of_mailbox, of_suggestion) < CONFIRMATIONS_A_DAY and not mailbox.stopped_at
        state = Contact.State.WAITING if may else Contact.State.UNASKED
        asked = Contact.objects.filter(pk=contact.pk, state=Contact.State.ASKED)
        if asked.update(state=state) and may:
            earlier = Mail.objects.filter(suggestion_id=contact.suggestion_id, kind=Mail.Kind.CONFIRM).count()
            about = f"{contact.pk.hex}.{earlier}"
            owe(Mail.Kind.CONFIRM, suggestion=contact.suggestion_id, mailbox=mailbox.pk, about=about)


def confirm_contact(contact: Contact, *, wants_receipt: bool) -> None:
    """The mailbox's owner said yes, for this suggestion alone; safe to run twice."""
    with transaction.atomic():
        waiting = Contact.objects.filter(pk=contact.pk).exclude(state=Contact.State.CONFIRMED)
        waiting.update(state=Contact.State.CONFIRMED, confirmed_at=timezone.now())
        Mailbox.objects.filter(pk=contact.mailbox_id).update(stopped_at=None)
        # The limit is for strangers' addresses: whoever has the mailbox is now asked about the rest, too.
        of_mailbox = Contact.objects.filter(mailbox=contact.mailbox_id, state=Contact.State.UNASKED)
        of_mailbox.update(state=Contact.State.ASKED)
        if wants_receipt and Contact.objects.filter(pk=contact.pk).exists():
            owe(Mail.Kind.RECEIVED, suggestion=contact.suggestion_id, mailbox=contact.mailbox_id)


def stop_mail(mailbox: Mailbox) -> None:
    """Write nothing to a mailbox any more, not even when somebody gives its address anew; safe to run twice."""
    Mailbox.objects.update_or_create(hash=mailbox.pk, defaults={"stopped_at": timezone.now()})


def allow_mail(mailbox: Mailbox) -> None:
    Mailbox.objects.filter(pk=mailbox.pk).update(stopped_at=None)


def forget_contact(suggestion: Suggestion) -> None:
    """Delete a suggestion's address, what is owed to it, and the files of mails to it; runs in a transaction."""
    Contact.objects.filter(suggestion=suggestion).delete()
    mails = Mail.objects.filter(suggestion=suggestion)
    mails.filter(state=Mail.State.OWED).update(state=Mail.State.DROPPED)
    forget_files(mails.message_ids())


def forget_stragglers() -> None:
    """Delete the files of mails to readers who were erased lately: a worker may have died just when it wrote one."""
    forget_files(Mail.objects.filter(suggestion__erased_at__gt=timezone.now() - DAY).message_ids())


def forget_mailboxes() -> None:
    """Let go of hashes that no limit, address or refusal needs any more."""
    with transaction.atomic():
        old = Mail.objects.filter(owed_at__lt=timezone.now() - DAY, mailbox__isnull=False)
        done = old.exclude(state__in=[Mail.State.OWED, Mail.State.CLAIMED]).filter(mailbox__contacts=None)
        done.update(mailbox=None)
        Mailbox.objects.filter(contacts=None, mails=None, stopped_at=None).delete()
