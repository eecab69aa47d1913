"""Compose a mail to a reader at the moment it is sent: recipient, content, unsubscribe links."""

from django.conf import settings
from django.utils.translation import gettext as _

from corrections.contacts import followers
from corrections.contacts.hashed_mailboxes import unsubscribe_token
from corrections.mail.blocks import Block, Link, MailContent, NothingToSend, Paragraph
from corrections.mail.follower_mail import follower_mail, follower_of, unfollow_url
from corrections.mail.texts import READER_MAILS
from corrections.models import Contact, Follower, Mail, Mailbox
from newsroom.http.links import absolute
from newsroom.languages import override_language, supported_language


def compose_reader_mail(mail: Mail) -> tuple[str, MailContent]:
    """The recipient's address and the content. Raises NothingToSend."""
    return _compose_bundle(mail) if mail.kind == Mail.Kind.TOGETHER else _compose_single(mail)


def unsubscribe_url(mailbox: Mailbox) -> str:
    """The URL that unsubscribes a mailbox from all mail."""
    return absolute("mail-stop", unsubscribe_token(mailbox))


def _compose_single(mail: Mail) -> tuple[str, MailContent]:
    return _compose_for_follower(mail) if mail.kind in followers.KINDS else _compose_for_sender(mail)


def _compose_for_sender(mail: Mail) -> tuple[str, MailContent]:
    contact = _recipient(mail)
    language = supported_language(contact.suggestion.article.language)
    with override_language(language):
        composed = READER_MAILS[Mail.Kind(mail.kind)](contact.suggestion)
        closing = _closing(contact.mailbox, is_confirmed=contact.is_confirmed)
        stop = unsubscribe_url(contact.mailbox)
        return contact.address, MailContent(_as_header(composed.subject), composed.blocks, language, closing, stop)


def _compose_for_follower(mail: Mail) -> tuple[str, MailContent]:
    follower = follower_of(mail)
    language = supported_language(follower.article.language)
    with override_language(language):
        composed = follower_mail(mail, follower)
        closing = _closing_for_follower(follower)
        # A stranger whose address was given by somebody else wants to hear nothing at all.
        stop = unfollow_url(follower) if follower.is_confirmed else unsubscribe_url(follower.mailbox)
        return follower.address, MailContent(_as_header(composed.subject), composed.blocks, language, closing, stop)


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


def _compose_bundle(mail: Mail) -> tuple[str, MailContent]:
    """One mail of several; each part about a followed article keeps the link that stops those."""
    blocks, last, is_news = list[Block](), None, False
    for part in mail.parts.order_by("owed_at"):
        try:
            address, content = _compose_single(part)
        except NothingToSend:
            continue
        blocks += [Paragraph(content.subject, heading=True), *content.blocks]
        if part.kind in followers.KINDS:
            is_news = True
            blocks += content.closing[:-1]
        last = (address, content)
    if last is None or mail.mailbox is None:
        raise NothingToSend
    address, content = last
    with override_language(content.language):
        subject = _("News from %(site)s") if is_news else _("News of your suggestions to %(site)s")
        subject, stop = _as_header(subject % {"site": settings.SITE_NAME}), unsubscribe_url(mail.mailbox)
        closing = content.closing[-1:] if is_news else content.closing
        return address, MailContent(subject, blocks, content.language, closing, stop)


def _closing(mailbox: Mailbox, *, is_confirmed: bool) -> list[Block]:
    """The last link stops all mail."""
    stop = Link(_("Stop all mail from us to this address"), unsubscribe_url(mailbox))
    if not is_confirmed:
        return [stop]
    return [Paragraph(_("You get this e-mail because you confirmed this address.")), stop]


def _closing_for_follower(follower: Follower) -> list[Block]:
    stop_all = _closing(follower.mailbox, is_confirmed=False)
    if not follower.is_confirmed:
        return stop_all
    reason = Paragraph(_("You asked us to e-mail you when this article is corrected."))
    return [reason, Link(_("Stop these e-mails"), unfollow_url(follower)), *stop_all]


def _as_header(subject: str) -> str:
    """One line without control characters, against header injection."""
    return " ".join("".join(char if char.isprintable() else " " for char in subject).split())
