"""Second factor: an authenticator app and recovery codes (django-otp); the devices are in newsroom.models.factors."""

from django.conf import settings
from django.db import transaction
from django_otp import devices_for_user

from newsroom.audit.account_acts import REMOVE_FACTOR, SET_FACTOR, append_account_act
from newsroom.models import AppFactor, Editor, RecoveryFactor

NAME = "app"
RECOVERY = "recovery"
CODES = 10
SHORTEST_RECOVERY = 8  # characters, in version 0.1


class WrongCode(Exception):
    """The code is wrong, was used before, or came too soon after wrong ones."""


class TooSoon(WrongCode):
    """Codes are looked at again in `seconds`, after wrong ones."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class FactorUnreadable(WrongCode):
    """The key of the app is encrypted under a SECRET_KEY that is lost. Recovery codes still work."""


class SecondFactorNeeded(Exception):
    """The editor's group requires a second factor."""


def has_second_factor(editor: Editor) -> bool:
    """Also one whose key is lost: it opens nothing, but is asked for."""
    return bool(AppFactor.objects.filter(user=editor, confirmed=True).exists())


def needs_second_factor(editor: Editor) -> bool:
    """Whether REQUIRE_SECOND_FACTOR applies: to editors who may approve."""
    return bool(settings.REQUIRE_SECOND_FACTOR == "yes" and editor.has_perm("newsroom.approve_revision"))


def begin(editor: Editor) -> AppFactor:
    """The unconfirmed factor, shown for set-up until a first code confirms it."""
    factor: AppFactor
    factor, _made = AppFactor.objects.get_or_create(user=editor, name=NAME, confirmed=False)
    if not factor.is_readable:
        factor.delete()
        factor = AppFactor.objects.create(user=editor, name=NAME, confirmed=False)
    return factor


def confirm(editor: Editor, *, code: str) -> tuple[AppFactor, list[str]]:
    """Enable the factor; returns it and the recovery codes, shown this once. Raises WrongCode."""
    factor = begin(editor)
    if not factor.verify_token(code):
        raise WrongCode
    with transaction.atomic():
        for old in devices_for_user(editor):
            old.delete()
        factor.confirmed = True
        factor.save(update_fields=["confirmed"])
        codes = RecoveryFactor.objects.create(user=editor, name=RECOVERY).new_codes(CODES)
        append_account_act(SET_FACTOR, editor, by=editor)
    return factor, codes


def check(editor: Editor, *, code: str) -> AppFactor | RecoveryFactor:
    """The factor of a code, which is then used up. Digits are the app's, mistyped or not; the rest are recovery codes.

    Wrong codes of one kind make no code of the other wait; a right one ends the wait of both.
    Raises WrongCode, TooSoon, FactorUnreadable.
    """
    typed = code.replace(" ", "").lower()
    if not typed:
        raise _refusal(editor)
    is_of_app = typed.isdigit() or len(typed) < SHORTEST_RECOVERY
    kind: type[AppFactor | RecoveryFactor] = AppFactor if is_of_app else RecoveryFactor
    with transaction.atomic():  # locked, so that one code opens one door
        factors: list[AppFactor | RecoveryFactor]
        factors = list(kind.objects.select_for_update().filter(user=editor, confirmed=True))
        wait = max((each.wait() for each in factors), default=0)
        factor = None if wait else next((each for each in factors if each.verify_token(typed)), None)
        if factor:
            _end_waits(editor)
    if wait:
        raise TooSoon(wait)
    if factor is None:
        raise _refusal(editor)
    return factor


def _refusal(editor: Editor) -> WrongCode:
    apps = AppFactor.objects.filter(user=editor, confirmed=True)
    return WrongCode() if all(app.is_readable for app in apps) else FactorUnreadable()


def _end_waits(editor: Editor) -> None:
    for kind in (AppFactor, RecoveryFactor):
        kind.objects.filter(user=editor).update(throttling_failure_timestamp=None, throttling_failure_count=0)


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
