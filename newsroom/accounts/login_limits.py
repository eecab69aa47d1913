"""Limit on failed log-ins from one network, whatever the account; checked before any password is hashed.

Accounts that logged in from the network lately have an allowance of their own there, which django-axes counts: one
attacker in the house locks no office out.
"""

from datetime import timedelta

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.utils import timezone

from newsroom.models import Editor, KnownNetwork

FAILURES_OF_A_NETWORK = 10  # within AXES_COOLOFF_TIME
KNOWN_FOR = timedelta(days=30)


def is_network_closed(network: str, *, username: str) -> bool:
    """Whether too many log-ins of strange accounts failed from there. `network` is a masked address."""
    known = KnownNetwork.objects.filter(network=network, seen_at__gt=timezone.now() - KNOWN_FOR)
    at_home = set(known.values_list("editor__username", flat=True))
    if username in at_home:
        return False
    attempts = AccessAttempt.objects.filter(
        ip_address=network, attempt_time__gt=timezone.now() - settings.AXES_COOLOFF_TIME
    ).exclude(username__in=at_home)
    failures = attempts.aggregate(sum=Sum("failures_since_start"))["sum"] or 0
    return failures >= FAILURES_OF_A_NETWORK


def correct_times_ahead() -> None:
    """Attempts of the future were noted by a clock that was wrong, and would lock accounts until then."""
    now = timezone.now()
    ahead = AccessAttempt.objects.filter(attempt_time__gt=now)
    if ahead.exists():  # asked first: on SQLite an update that changes nothing takes the lock all the same
        ahead.update(attempt_time=now)


def note_log_in(editor: Editor, *, network: str) -> None:
    """Remember the network of a log-in, and forget those of a month ago."""
    now = timezone.now()
    KnownNetwork.objects.filter(seen_at__lt=now - KNOWN_FOR).delete()
    KnownNetwork.objects.update_or_create(editor=editor, network=network, defaults={"seen_at": now})
