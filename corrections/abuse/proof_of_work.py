"""Proof of work (ALTCHA) that a suggestion costs its sender while the site is flooded. No third party is involved."""

import base64
import json
from datetime import timedelta

import altcha.v1 as altcha
from django.conf import settings
from django.utils import timezone
from django.utils.crypto import salted_hmac

from corrections.abuse.redis_counters import RedisUnavailable, counters

MAX_NUMBER = 50_000  # hashes at most: a second or two on a phone, half of that on average
VALID = timedelta(hours=1)
LONGEST_SOLUTION = 1000  # characters


def is_required(*, busy: bool) -> bool:
    """Whether work is required now: always or never by setting, else while the site is busy."""
    return bool(settings.PROOF_OF_WORK == "on" or (settings.PROOF_OF_WORK == "auto" and busy))


def create_challenge() -> dict[str, object]:
    """A challenge for the browser: find the number that, appended to the salt, hashes to `challenge`."""
    options = altcha.ChallengeOptions(hmac_key=_key(), max_number=MAX_NUMBER, expires=timezone.now() + VALID)
    return dict(altcha.create_challenge(options).to_dict())


def is_solved(solution: str) -> bool:
    """Whether it solves a challenge of ours that is neither expired nor used before."""
    payload = _payload(solution)
    if payload is None or not altcha.verify_solution(payload, _key(), check_expires=True)[0]:
        return False
    try:
        return counters().once(f"solved:{payload['challenge']}", seconds=int(VALID.total_seconds()))
    except RedisUnavailable:
        return True  # a replayed solution does less harm than refusing a reader who did the work


def _payload(solution: str) -> altcha.PayloadType | None:
    """The parsed solution; None for anything malformed, as it is untrusted input."""
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
