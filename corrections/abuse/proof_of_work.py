"""Proof of work: a small sum that a suggestion costs its sender's machine while the site is being flooded.

The puzzle is ALTCHA's, made and checked here: nobody else is asked.
"""

import base64
import json
from datetime import timedelta

import altcha.v1 as altcha
from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from corrections.abuse.redis_counters import NoRedis, counters

HARDEST = 50_000  # hashes at most: a second or two on a phone, half of that on average
VALID = timedelta(hours=1)
LONGEST_SOLUTION = 1000  # characters


def is_wanted(*, busy: bool) -> bool:
    """Whether work is asked for now: always or never by setting, else while the site is busy."""
    return bool(settings.PROOF_OF_WORK == "on" or (settings.PROOF_OF_WORK == "auto" and busy))


def make_puzzle() -> dict[str, object]:
    """What the reader's browser has to solve: the number that, behind the salt, gives the hash `challenge`."""
    options = altcha.ChallengeOptions(hmac_key=_key(), max_number=HARDEST, expires=timezone.now() + VALID)
    return dict(altcha.create_challenge(options).to_dict())


def is_solved(solution: str) -> bool:
    """Whether it solves a puzzle of ours that has not expired and was not used before."""
    payload = _payload(solution)
    if payload is None or not altcha.verify_solution(payload, _key(), check_expires=True)[0]:
        return False
    try:
        return counters().once(f"solved:{payload['challenge']}", seconds=int(VALID.total_seconds()))
    except NoRedis:
        return True  # better one solution used twice than a reader turned away who did the work


def _payload(solution: str) -> altcha.PayloadType | None:
    """The solution as its parts, None when it is no such thing: a stranger wrote it."""
    if not solution or len(solution) > LONGEST_SOLUTION:
        return None
    try:
        parts = json.loads(base64.b64decode(solution, validate=True))
        texts = {name: parts[name] for name in ("algorithm", "challenge", "salt", "signature")}
        number = parts["number"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if not all(isinstance(text, str) for text in texts.values()) or type(number) is not int:
        return None
    if texts["algorithm"] != "SHA-256":
        return None
    return altcha.PayloadType(
        algorithm="SHA-256",
        challenge=texts["challenge"],
        number=number,
        salt=texts["salt"],
        signature=texts["signature"],
    )


def _key() -> str:
    return salted_hmac("corrigenda work v1", "key").hexdigest()
