"""Links to choose a password: an invitation for a week, a reset for an hour, each good for one use.

Nothing is stored: the signature covers password, last log-in and address of the account, so a change of any of them
voids every link made before.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from django.contrib.auth.hashers import make_password
from django.core.signing import BadSignature, Signer
from django.db import transaction
from django.utils import timezone

from newsroom.audit.account_acts import MAKE_LINK, SET_PASSWORD, append_account_act
from newsroom.http.links import absolute
from newsroom.models import Editor

SEPARATOR = "."  # no character of the signature
CLOCKS_DIFFER = 60  # seconds; a link from further in the future was made under a wrong clock


class Purpose(StrEnum):
    INVITATION = "invitation"
    RESET = "reset"


LIFETIMES = {Purpose.INVITATION: timedelta(days=7), Purpose.RESET: timedelta(hours=1)}


class VoidLink(Exception):
    """The link was used, is too old, or the account changed since."""


class NoAddress(Exception):
    """The account has no e-mail address to which a link could go."""


@dataclass(frozen=True, slots=True)
class PasswordLink:
    """To be mailed to the account's address, and shown to nobody else."""

    editor: Editor
    purpose: Purpose
    url: str
    expires_at: datetime


def make_link(editor: Editor, *, by: Editor | None) -> PasswordLink:
    """An invitation for an account without a password, else a reset; an act says who made it. Raises NoAddress."""
    with transaction.atomic():
        fresh = Editor.objects.get(pk=editor.pk)
        if not fresh.email:
            raise NoAddress
        purpose = Purpose.RESET if fresh.has_usable_password() else Purpose.INVITATION
        made = int(timezone.now().timestamp())
        token = _signer(fresh, purpose).sign(f"{fresh.pk}{SEPARATOR}{made}")
        append_account_act(MAKE_LINK, fresh, by=by, purpose=purpose)
    expires_at = datetime.fromtimestamp(made, UTC) + LIFETIMES[purpose]
    return PasswordLink(fresh, purpose, absolute("desk_choose_password", token), expires_at)


def account_of(token: str) -> Editor:
    """The account whose password the link opens. Raises VoidLink."""
    pk, _dot, rest = token.partition(SEPARATOR)
    made = rest.partition(SEPARATOR)[0]
    if not all(part.isascii() and part.isdecimal() and len(part) < 19 for part in (pk, made)):
        raise VoidLink
    editor = Editor.objects.filter(pk=pk, is_active=True).first()
    if editor is None or not any(_opens(token, editor, purpose, int(made)) for purpose in Purpose):
        raise VoidLink
    return editor


def choose_password(token: str, *, password: str) -> Editor:
    """Set the validated password, which voids the link. Raises VoidLink."""
    pk, hashed = account_of(token).pk, make_password(password)  # slow, so before the transaction
    with transaction.atomic():
        # Locked, so that of two requests with one link the second finds it used.
        Editor.objects.select_for_update(no_key=True).get(pk=pk)
        editor = account_of(token)
        editor.password = hashed
        editor.save(update_fields=["password"])
        append_account_act(SET_PASSWORD, editor, by=editor, how="link")
    return editor


def _opens(token: str, editor: Editor, purpose: Purpose, made: int) -> bool:
    age = timezone.now().timestamp() - made
    if not -CLOCKS_DIFFER <= age < LIFETIMES[purpose].total_seconds():
        return False
    try:
        _signer(editor, purpose).unsign(token)
    except BadSignature:
        return False
    return True


def _signer(editor: Editor, purpose: Purpose) -> Signer:
    last_login = editor.last_login.isoformat() if editor.last_login else ""
    state = f"{editor.pk}:{editor.password}:{last_login}:{editor.email}"
    return Signer(sep=SEPARATOR, salt=f"{__name__}:{purpose}:{state}")
