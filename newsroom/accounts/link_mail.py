"""The mail with a link to choose a password, sent at once: the editor who presses the button hears if it fails."""

import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from newsroom.accounts.password_links import PasswordLink, Purpose
from newsroom.languages import override_language


def mail_link(link: PasswordLink) -> None:
    """Raises OSError where the mail server cannot be used or refuses."""
    editor, is_invitation = link.editor, link.purpose is Purpose.INVITATION
    with override_language(editor.language or settings.LANGUAGE_CODE):
        names = {"site": settings.SITE_NAME}
        subject = _("Your account at the desk of %(site)s") if is_invitation else _("A new password for %(site)s")
        context = {"link": link, "is_invitation": is_invitation, "site_name": settings.SITE_NAME}
        text = render_to_string("newsroom/accounts/password_link.txt", context)
        # The name of the file, where mails are kept as files.
        message_id = f"<{uuid.uuid4()}@{urlsplit(settings.SITE_URL).hostname}>"
        headers = {"Message-ID": message_id, "Auto-Submitted": "auto-generated"}
        EmailMessage(subject % names, text, to=[editor.email], headers=headers).send()
