"""Sends one mail that is owed, and notes what became of it."""

import logging
import smtplib
from contextlib import suppress
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import Q
from django.template.loader import render_to_string

from corrections.contacts.outbox import begin, claim, drop, mark_doubtful, mark_refused, mark_sent, pause
from corrections.mail.blocks import Letter, NotWanted
from corrections.mail.editor_digest import digest_letter
from corrections.mail.reader_mail import letter_for, refusal_address
from corrections.models import Mail, Suggestion
from newsroom.http.links import absolute
from newsroom.languages import speaking
from newsroom.operations.mail_files import forget_file

logger = logging.getLogger(__name__)


def send_mail(pk: UUID | str) -> None:
    """Word a mail and send it; safe to run twice, and by two workers at once.

    A worker that dies before the claim leaves it owed. One that dies after leaves it claimed, and nobody can tell
    whether the server has it: the outbox then says so to the desk, and nothing is sent again by itself.
    """
    mail = begin(pk)
    if mail is None:
        return
    try:
        message = _message(mail)
    except NotWanted:
        drop(mail)
        return
    message.connection = get_connection()
    try:
        message.connection.open()
    except OSError as error:  # smtplib's own are among them
        logger.warning("the mail server cannot be used (%s); mails wait in the database", type(error).__name__)
        pause(mail)
        return
    if claim(mail):
        _hand_over(mail, message)
    with suppress(OSError):
        message.connection.close()


def _hand_over(mail: Mail, message: EmailMultiAlternatives) -> None:
    try:
        message.send()
    except smtplib.SMTPRecipientsRefused as refused:
        mark_refused(mail, code=max(code for code, _words in refused.recipients.values()))
    except smtplib.SMTPResponseException as refused:
        mark_refused(mail, code=refused.smtp_code)
    except OSError as broken:
        mark_doubtful(mail, trouble=type(broken).__name__)
    else:
        mark_sent(mail)
        if _is_about_erased(mail):
            forget_file(mail.message_id)  # the reader had it erased while the mail was under way


def _is_about_erased(mail: Mail) -> bool:
    """Whether it, or one of the mails that it holds, is about a suggestion whose address is gone."""
    about = Q(mails=mail) | Q(mails__within=mail)
    return Suggestion.objects.filter(about, contact=None).exists()


def _message(mail: Mail) -> EmailMultiAlternatives:
    """Raises NotWanted."""
    if mail.editor:
        with speaking(mail.editor.language or settings.LANGUAGE_CODE):
            address, letter = mail.editor.email, digest_letter(mail.editor)
    else:
        address, letter = letter_for(mail)
    if not address:
        raise NotWanted
    with speaking(letter.language):
        text, html = (render_to_string(f"corrections/mail.{kind}", _context(letter)) for kind in ("txt", "html"))
    message = EmailMultiAlternatives(letter.subject, text, to=[address], headers=_headers(mail))
    message.attach_alternative(html, "text/html")
    message.message()  # what cannot be a mail fails here, before it is claimed
    return message


def _context(letter: Letter) -> dict[str, object]:
    parts = [[(type(block).__name__, block) for block in blocks] for blocks in (letter.blocks, letter.closing)]
    return {"letter": letter, "blocks": parts[0], "closing": parts[1], "site_name": settings.SITE_NAME}


def _headers(mail: Mail) -> dict[str, str]:
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    if mail.mailbox:
        # RFC 8058: a mail program may stop all mail by one POST, which needs no page and no cookie.
        headers["List-Unsubscribe"] = f"<{refusal_address(mail.mailbox)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    else:
        headers["List-Unsubscribe"] = f"<{absolute('desk_profile')}>"  # behind the log-in, so never by one click
    return headers
