"""Second factors, devices of django-otp: the key of an authenticator app, encrypted, and hashed recovery codes."""

import re
import secrets
from base64 import b32encode
from binascii import unhexlify
from datetime import datetime
from math import ceil
from time import time
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_otp.models import Device, ThrottlingMixin, TimestampMixin
from django_otp.oath import TOTP

from newsroom.encryption import EncryptedTextField, Unreadable, hash_recovery_code, new_app_key, new_salt
from newsroom.models.editors import Editor

STEP = 30  # seconds; with six digits and SHA-1 what every authenticator app takes for granted
TOLERANCE = 1  # steps before and after
CODE = re.compile("[0-9]{6}")
MOST_DOUBLINGS = 6  # of the wait after a wrong code: 1, 2, 4 … 64 seconds
CODE_BYTES = 10  # of a recovery code: nobody guesses 80 bits from a hash


class Factor(TimestampMixin, ThrottlingMixin, Device):  # type: ignore[misc]  # the package has no types
    user: models.ForeignKey[Editor, Editor] = models.ForeignKey(Editor, models.CASCADE, related_name="+")

    class Meta:
        abstract = True
        default_permissions = ()  # nobody looks at them in the admin

    def __str__(self) -> str:
        return str(self.user.get_username())

    def get_throttle_factor(self) -> int:
        return 1

    def verify_is_allowed(self) -> tuple[bool, dict[str, object] | None]:
        now = timezone.now()
        failed_at: datetime | None = getattr(self, "throttling_failure_timestamp", None)
        # A failure of the future was noted by a clock that was wrong; the wait begins now.
        self.throttling_failure_timestamp = min(failed_at, now) if failed_at else None
        allowed: tuple[bool, dict[str, object] | None] = super().verify_is_allowed()
        return allowed

    def wait(self) -> int:
        """Seconds until a code is looked at again after wrong ones; 0 for at once."""
        is_allowed, refusal = self.verify_is_allowed()
        until = (refusal or {}).get("locked_until")
        if is_allowed or not isinstance(until, datetime):
            return 0
        return ceil((until - timezone.now()).total_seconds())

    def throttle_increment(self, commit: bool = True) -> None:
        self.throttling_failure_count: int = min(self.throttling_failure_count, MOST_DOUBLINGS)
        super().throttle_increment(commit=commit)


class AppFactor(Factor):
    """An authenticator app that shows a code each half minute (TOTP, RFC 6238)."""

    key = EncryptedTextField(default=new_app_key)  # hexadecimal
    drift: models.SmallIntegerField[int, int] = models.SmallIntegerField(
        default=0
    )  # steps by which the phone's clock is known to be off
    last_t: models.BigIntegerField[int, int] = models.BigIntegerField(
        default=-1
    )  # step of the last code; a code counts once

    class Meta(Factor.Meta):
        verbose_name = _("second factor")
        verbose_name_plural = _("second factors")

    @property
    def is_readable(self) -> bool:
        return not isinstance(self.key, Unreadable)

    @property
    def bin_key(self) -> bytes:
        return unhexlify(self.key)

    def verify_token(self, token: str) -> bool:
        is_allowed, _wait = self.verify_is_allowed()
        if not is_allowed or not self.is_readable:
            return False
        totp = TOTP(self.bin_key, STEP, drift=self.drift)
        totp.time = time()
        # A code of a step that is far ahead was entered while the clock was wrong, and must not lock out those of now.
        used = self.last_t if self.last_t <= totp.t() + 2 * TOLERANCE else -1
        if not (CODE.fullmatch(token) and totp.verify(int(token), TOLERANCE, used + 1)):
            self.throttle_increment()
            return False
        self.last_t, self.drift = totp.t(), totp.drift
        self.throttle_reset(commit=False)
        self.set_last_used_timestamp(commit=False)
        self.save()  # encrypts the key anew, if an earlier one opened it
        return True

    @property
    def config_url(self) -> str:
        """What a QR code tells the app."""
        issuer = str(settings.OTP_TOTP_ISSUER).replace(":", "")
        asked = {"secret": b32encode(self.bin_key), "algorithm": "SHA1", "digits": 6, "period": STEP}
        # quote, since apps show a plus sign of urlencode as one
        return f"otpauth://totp/{quote(f'{issuer}:{self}')}?{urlencode(asked)}&issuer={quote(issuer)}"


class RecoveryFactor(Factor):
    """Codes for the day the phone is lost."""

    salt: models.CharField[str, str] = models.CharField(max_length=32, default=new_salt)

    def new_codes(self, number: int) -> list[str]:
        """Store that many fresh codes, hashed; returns them."""
        codes = [b32encode(secrets.token_bytes(CODE_BYTES)).decode().lower() for _turn in range(number)]
        RecoveryCode.objects.bulk_create(RecoveryCode(factor=self, digest=self.digest(code)) for code in codes)
        return codes

    def digest(self, code: str) -> str:
        return hash_recovery_code(code, salt=self.salt)

    def verify_token(self, token: str) -> bool:
        is_allowed, _wait = self.verify_is_allowed()
        if not is_allowed:
            return False
        if not self.codes.filter(digest=self.digest(token)).delete()[0]:
            self.throttle_increment()
            return False
        self.throttle_reset(commit=False)
        self.set_last_used_timestamp(commit=False)
        self.save()
        return True


class RecoveryCode(models.Model):
    factor = models.ForeignKey(RecoveryFactor, models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.factor)
