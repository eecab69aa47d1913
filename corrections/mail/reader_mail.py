"""Words each mail to a reader from the rows as they stand when it is sent."""

from django.conf import settings
from django.utils.translation import gettext as _

from corrections.contacts.hashed_mailboxes import refusal_token
from corrections.mail.blocks import Block, Letter, Link, NotWanted, Paragraph
from corrections.mail.texts import LETTERS
from corrections.models import Contact, Mail, Mailbox
from newsroom.http.links import absolute
from newsroom.languages import speaking, spoken_for


def letter_for(mail: Mail) -> tuple[str, Letter]:
    """The address it goes to, and what it says. Raises NotWanted."""
    if mail.kind == Mail.Kind.TOGETHER:
        return _together(mail)
    contact = _contact(mail)
    return contact.address, _letter(mail, contact)


def refusal_address(mailbox: Mailbox) -> str:
    """Where a mailbox's owner, or their mail program, stops all mail."""
    return absolute("mail-stop", refusal_token(mailbox))


def _contact(mail: Mail) -> Contact:
    """Whom the mail is for. Raises NotWanted when nothing may be written to them any more."""
    rows = Contact.objects.select_related(
        *("mailbox", "suggestion__article", "suggestion__read_in__content"),
        *("suggestion__case__published_in__article", "suggestion__case__published_in__based_on"),
        *("suggestion__case__anchored_in__article", "suggestion__case__anchored_in__content"),
    )
    contact = rows.filter(suggestion__mails=mail).first()
    if contact is None or contact.mailbox.stopped_at or contact.mailbox_id != mail.mailbox_id:
        raise NotWanted
    # Only a confirmation may go to an address that nobody confirmed, and nothing else needs one.
    if contact.is_confirmed == (mail.kind == Mail.Kind.CONFIRM):
        raise NotWanted
    return contact


def _letter(mail: Mail, contact: Contact) -> Letter:
    language = spoken_for(contact.suggestion.article.language)
    with speaking(language):
        said = LETTERS[Mail.Kind(mail.kind)](contact.suggestion)
        return Letter(_one_line(said.subject), said.blocks, language, _closing(contact))


def _together(mail: Mail) -> tuple[str, Letter]:
    blocks, address, last = list[Block](), "", None
    for part in mail.parts.order_by("owed_at"):
        try:
            contact = _contact(part)
            letter = _letter(part, contact)
        except NotWanted:
            continue
        blocks += [Paragraph(letter.subject, heading=True), *letter.blocks]
        address, last = contact.address, contact
    if last is None:
        raise NotWanted
    language = spoken_for(last.suggestion.article.language)
    with speaking(language):
        subject = _("News of your suggestions to %(site)s") % {"site": settings.SITE_NAME}
        return address, Letter(_one_line(subject), blocks, language, _closing(last))


def _closing(contact: Contact) -> list[Block]:
    stop = Link(_("Stop all mail from us to this address"), refusal_address(contact.mailbox))
    if not contact.is_confirmed:
        return [stop]
    return [Paragraph(_("You get this mail because you confirmed this address.")), stop]


def _one_line(subject: str) -> str:
    """A header ends where its line does; nothing in it may begin another."""
    return " ".join("".join(char if char.isprintable() else " " for char in subject).split())
