"""Signed timestamps of when a form was opened: one sent within seconds was filled in by a script."""

import time

from django.core import signing

SALT = "corrigenda stamp v1"
MIN_AGE = 3  # seconds; no person corrects a sentence faster
CLOCKS_DIFFER = 60  # seconds, between two web servers
MAX_AGE = 7 * 24 * 60 * 60  # a tab may stay open for days


def sign_timestamp() -> str:
    """The current time, signed by this site."""
    return signing.dumps(int(time.time()), salt=SALT)


def is_plausible(stamp: str) -> bool:
    """Whether the stamp is ours and its age plausible for a person. Only flags: nobody is refused."""
    if not stamp or len(stamp) > 200:
        return False
    try:
        made = signing.loads(stamp, salt=SALT)
    except signing.BadSignature:
        return False
    if not isinstance(made, int):
        return False
    age = time.time() - made
    # Far ahead of the clock: ours all the same, made before the clock was set back.
    return age < -CLOCKS_DIFFER or MIN_AGE <= age <= MAX_AGE
