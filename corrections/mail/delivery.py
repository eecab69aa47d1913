"""Send one mail from the outbox over SMTP and record the result."""

import logging
import smtplib
from contextlib import suppress
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import Q
from django.template.loader import render_to_string

from corrections.contacts.followers import is_about_deleted_follower
from corrections.contacts.outbox import (
    claim_mail,
    drop_mail,
    mark_doubtful,
    mark_refused,
    mark_sent,
    pause_sending,
    start_attempt,
)
from corrections.mail.blocks import MailContent, NothingToSend
from corrections.mail.notification_mail import compose_editor_mail
from corrections.mail.reader_mail import compose_reader_mail
from corrections.models import Mail, Suggestion
from newsroom.http.links import absolute
from newsroom.languages import override_language
from newsroom.operations.mail_files import delete_file

logger = logging.getLogger(__name__)


def send_mail(pk: UUID | str) -> None:
    """Compose a mail and send it at most once, also when two workers run the task.

    A worker that dies before the claim leaves the mail owed, to be retried. One that dies after it may have sent it:
    the outbox marks the mail doubtful, and an editor decides whether to resend it.
    """
    mail = start_attempt(pk)
    if mail is None:
        return
    try:
        message = _message(mail)
    except NothingToSend:
        drop_mail(mail)
        return
    message.connection = get_connection()
    try:
        message.connection.open()
    except OSError as error:  # smtplib's exceptions derive from it
        logger.warning("the mail server cannot be used (%s); mails wait in the database", type(error).__name__)
        pause_sending(mail)
        return
    if claim_mail(mail):
        _send_claimed(mail, message)
    with suppress(OSError):
        message.connection.close()


def _send_claimed(mail: Mail, message: EmailMultiAlternatives) -> None:
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
        if _is_for_erased_reader(mail):
            delete_file(mail.message_id)  # the reader erased the data while the mail was being sent


def _is_for_erased_reader(mail: Mail) -> bool:
    """Whether this mail, or one bundled in it, is about a suggestion without a contact or a deleted follower."""
    about = Q(mails=mail) | Q(mails__within=mail)
    if Suggestion.objects.filter(about, contact=None).exists():
        return True
    return Mail.objects.filter(Q(pk=mail.pk) | Q(within=mail), is_about_deleted_follower()).exists()


def _message(mail: Mail) -> EmailMultiAlternatives:
    """Raises NothingToSend."""
    if mail.editor:
        with override_language(mail.editor.language or settings.LANGUAGE_CODE):
            address, content = mail.editor.email, compose_editor_mail(mail, mail.editor)
    else:
        address, content = compose_reader_mail(mail)
    if not address:
        raise NothingToSend
    with override_language(content.language):
        context = _context(content)
        text, html = (render_to_string(f"corrections/mail/message.{kind}", context) for kind in ("txt", "html"))
    message = EmailMultiAlternatives(content.subject, text, to=[address], headers=_headers(mail, content))
    message.attach_alternative(html, "text/html")
    message.message()  # fail on an invalid message before the mail is claimed
    return message


def _context(content: MailContent) -> dict[str, object]:
    parts = [[(type(block).__name__, block) for block in blocks] for blocks in (content.blocks, content.closing)]
    return {"letter": content, "blocks": parts[0], "closing": parts[1], "site_name": settings.SITE_NAME}


def _headers(mail: Mail, content: MailContent) -> dict[str, str]:
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    if content.unsubscribe:
        # RFC 8058: one-click unsubscribe by a POST, without a page or a cookie.
        headers["List-Unsubscribe"] = f"<{content.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    else:
        headers["List-Unsubscribe"] = f"<{absolute('desk_profile')}>"  # needs a log-in, so no one-click
    return headers
