"""The second factor of an editor's log-in: a code of six digits from an app, or one of ten written down."""

from django.conf import settings
from django.db import transaction
from django_otp import devices_for_user, match_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from newsroom.audit.log import append_act
from newsroom.models import Editor

NAME = "app"
RECOVERY = "recovery"
CODES = 10


class WrongCode(Exception):
    """The code is not the one that counts now, was used before, or came too soon after others that were wrong."""


class SecondFactorNeeded(Exception):
    """The editor's group may not work without it."""


def has_second_factor(editor: Editor) -> bool:
    return bool(TOTPDevice.objects.filter(user=editor, confirmed=True).exists())


def needs_second_factor(editor: Editor) -> bool:
    """Whether the site demands it of this editor: of everyone who approves what others propose, when it is set so."""
    return bool(settings.REQUIRE_SECOND_FACTOR == "yes" and editor.has_perm("newsroom.approve_revision"))


def begin(editor: Editor) -> TOTPDevice:
    """The device that is being set up: shown to the app, and worth nothing until a code of it has been entered."""
    device, _made = TOTPDevice.objects.get_or_create(user=editor, name=NAME, confirmed=False)
    return device


def confirm(editor: Editor, *, code: str) -> tuple[TOTPDevice, list[str]]:
    """Switch it on. Gives the device, and the recovery codes, which are shown this once. Raises WrongCode."""
    device = begin(editor)
    if not device.verify_token(code):
        raise WrongCode
    with transaction.atomic():
        for old in devices_for_user(editor):
            old.delete()
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        recovery = StaticDevice.objects.create(user=editor, name=RECOVERY)
        codes = [StaticToken.random_token() for _turn in range(CODES)]
        for each in codes:
            recovery.token_set.create(token=each)
        append_act("set_second_factor", subject=f"editor:{editor.pk}", by=editor, payload={})
    return device, codes


def check(editor: Editor, *, code: str) -> TOTPDevice | StaticDevice:
    """The device that the code belongs to; each code counts once. Raises WrongCode."""
    device = match_token(editor, code.replace(" ", ""))
    if device is None:
        raise WrongCode
    return device


def remove(editor: Editor, *, code: str, by: Editor) -> None:
    """Switch it off, by one more code. Raises WrongCode, SecondFactorNeeded."""
    if needs_second_factor(editor):
        raise SecondFactorNeeded
    check(editor, code=code)
    _forget(editor, by=by)


def reset(editor: Editor, *, by: Editor) -> None:
    """A chief switches it off for an editor who lost everything; they set it up anew."""
    _forget(editor, by=by)


def _forget(editor: Editor, *, by: Editor) -> None:
    with transaction.atomic():
        for device in devices_for_user(editor, confirmed=None):
            device.delete()
        append_act("remove_second_factor", subject=f"editor:{editor.pk}", by=by, payload={})
