"""Second factor: TOTP devices and recovery codes (django-otp)."""

from django.conf import settings
from django.db import transaction
from django_otp import devices_for_user, match_token
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from newsroom.audit.account_acts import REMOVE_FACTOR, SET_FACTOR, append_account_act
from newsroom.models import Editor

NAME = "app"
RECOVERY = "recovery"
CODES = 10


class WrongCode(Exception):
    """The code is wrong, was used before, or came too soon after wrong ones."""


class SecondFactorNeeded(Exception):
    """The editor's group requires a second factor."""


def has_second_factor(editor: Editor) -> bool:
    return bool(TOTPDevice.objects.filter(user=editor, confirmed=True).exists())


def needs_second_factor(editor: Editor) -> bool:
    """Whether REQUIRE_SECOND_FACTOR applies: to editors who may approve."""
    return bool(settings.REQUIRE_SECOND_FACTOR == "yes" and editor.has_perm("newsroom.approve_revision"))


def begin(editor: Editor) -> TOTPDevice:
    """The unconfirmed device, shown for set-up until a first code confirms it."""
    device, _made = TOTPDevice.objects.get_or_create(user=editor, name=NAME, confirmed=False)
    return device


def confirm(editor: Editor, *, code: str) -> tuple[TOTPDevice, list[str]]:
    """Enable the device; returns it and the recovery codes, shown this once. Raises WrongCode."""
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
        append_account_act(SET_FACTOR, editor, by=editor)
    return device, codes


def check(editor: Editor, *, code: str) -> TOTPDevice | StaticDevice:
    """The device of a code, which is then used up. Raises WrongCode."""
    device = match_token(editor, code.replace(" ", ""))
    if device is None:
        raise WrongCode
    return device


def remove(editor: Editor, *, code: str, by: Editor) -> None:
    """Disable, with a code. Raises WrongCode, SecondFactorNeeded."""
    if needs_second_factor(editor):
        raise SecondFactorNeeded
    check(editor, code=code)
    _forget(editor, by=by)


def reset(editor: Editor, *, by: Editor) -> None:
    """Disable for an editor who lost phone and codes."""
    _forget(editor, by=by)


def _forget(editor: Editor, *, by: Editor) -> None:
    with transaction.atomic():
        for device in devices_for_user(editor, confirmed=None):
            device.delete()
        append_account_act(REMOVE_FACTOR, editor, by=by)
