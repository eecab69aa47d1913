"""A signed note of when a reader opened the form: by its age the desk tells a person from a script."""

import time

from django.core import signing

SALT = "corrigenda stamp v1"
QUICKEST = 3  # seconds in which nobody reads, understands and mends a sentence
LONGEST = 7 * 24 * 60 * 60  # a tab may stay open for days


def make_stamp() -> str:
    """Says when it was made, and that this site made it."""
    return signing.dumps(int(time.time()), salt=SALT)


def is_plausible(stamp: str) -> bool:
    """Whether the stamp is ours, and old enough for a person to have filled in a form since. Refuses nobody."""
    if not stamp or len(stamp) > 200:
        return False
    try:
        made = signing.loads(stamp, salt=SALT)
    except signing.BadSignature:
        return False
    return isinstance(made, int) and QUICKEST <= time.time() - made <= LONGEST
