"""Compose a mail to a reader at the moment it is sent: recipient, content, unsubscribe link."""

from django.conf import settings
from django.utils.translation import gettext as _

from corrections.contacts.hashed_mailboxes import unsubscribe_token
from corrections.mail.blocks import Block, Link, MailContent, NothingToSend, Paragraph
from corrections.mail.texts import READER_MAILS
from corrections.models import Contact, Mail, Mailbox
from newsroom.http.links import absolute
from newsroom.languages import override_language, supported_language


def compose_reader_mail(mail: Mail) -> tuple[str, MailContent]:
    """The recipient's address and the content. Raises NothingToSend."""
    if mail.kind == Mail.Kind.TOGETHER:
        return _compose_bundle(mail)
    contact = _recipient(mail)
    return contact.address, _compose_single(mail, contact)


def unsubscribe_url(mailbox: Mailbox) -> str:
    """The URL that unsubscribes a mailbox from all mail."""
    return absolute("mail-stop", unsubscribe_token(mailbox))


def _recipient(mail: Mail) -> Contact:
    """Raises NothingToSend when the address was deleted, changed or unsubscribed."""
    rows = Contact.objects.select_related(
        *("mailbox", "suggestion__article", "suggestion__read_in__stored_text"),
        *("suggestion__case__published_in__article", "suggestion__case__published_in__based_on"),
        *("suggestion__case__anchored_in__article", "suggestion__case__anchored_in__stored_text"),
    )
    contact = rows.filter(suggestion__mails=mail).first()
    if contact is None or contact.mailbox.stopped_at or contact.mailbox_id != mail.mailbox_id:
        raise NothingToSend
    # Double opt-in: an unconfirmed address gets the confirmation mail only, a confirmed one everything else.
    if contact.is_confirmed == (mail.kind == Mail.Kind.CONFIRM):
        raise NothingToSend
    return contact


def _compose_single(mail: Mail, contact: Contact) -> MailContent:
    language = supported_language(contact.suggestion.article.language)
    with override_language(language):
        composed = READER_MAILS[Mail.Kind(mail.kind)](contact.suggestion)
        return MailContent(_as_header(composed.subject), composed.blocks, language, _closing(contact))


def _compose_bundle(mail: Mail) -> tuple[str, MailContent]:
    blocks, address, last = list[Block](), "", None
    for part in mail.parts.order_by("owed_at"):
        try:
            contact = _recipient(part)
            content = _compose_single(part, contact)
        except NothingToSend:
            continue
        blocks += [Paragraph(content.subject, heading=True), *content.blocks]
        address, last = contact.address, contact
    if last is None:
        raise NothingToSend
    language = supported_language(last.suggestion.article.language)
    with override_language(language):
        subject = _("News of your suggestions to %(site)s") % {"site": settings.SITE_NAME}
        return address, MailContent(_as_header(subject), blocks, language, _closing(last))


def _closing(contact: Contact) -> list[Block]:
    stop = Link(_("Stop all mail from us to this address"), unsubscribe_url(contact.mailbox))
    if not contact.is_confirmed:
        return [stop]
    return [Paragraph(_("You get this mail because you confirmed this address.")), stop]


def _as_header(subject: str) -> str:
    """One line without control characters, against header injection."""
    return " ".join("".join(char if char.isprintable() else " " for char in subject).split())
