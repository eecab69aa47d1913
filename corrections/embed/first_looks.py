"""The first look at a page that a reader has open and nobody looked at: asked for by the widget or the plain link."""

import hashlib
import logging
from contextlib import suppress

import redis
from kombu.exceptions import OperationalError

from newsroom.celery import app
from newsroom.models import Source
from newsroom.operations.environment import BROKER_PREFIX
from newsroom.operations.heartbeat import broker_client
from newsroom.sources.addresses import BadAddress, clean_url, is_within
from newsroom.sources.reading import NoSnapshot
from newsroom.sources.watching import look_at

TASK = "corrections.tasks.first_look"
EACH = 60  # seconds between two first looks at one address
AFTER_NONE = 3600  # seconds after a look that found no article
MOST_ID = 200  # characters
MOST = 30  # pages of one Source in a minute, whoever asks
logger = logging.getLogger(__name__)


def ask_for_first_look(source: Source, url: str, *, external_id: str = "") -> bool:
    """Queue a look at a page of the Source. False where it is none, or looked at just now, or too many are asked for.

    Nothing is promised: without a broker the next reader asks again.
    """
    try:
        page = clean_url(url)
    except BadAddress:
        return False
    if not is_within(source, page) or not _is_free(source, page):
        return False
    with suppress(OperationalError):
        app.send_task(TASK, args=(source.pk, page, external_id[:MOST_ID]), retry=False)
        return True
    return False


def first_look(source_pk: int, url: str, external_id: str = "") -> None:
    """Look at it, if it can be read; what keeps it from being read is told by the Source's test."""
    source = Source.objects.filter(pk=source_pk, is_active=True).first()
    if source is None:
        return
    try:
        look_at(source, url, external_id=external_id)
    except (NoSnapshot, BadAddress) as problem:
        with suppress(redis.RedisError):  # such as the site's front page, which carries the widget too
            broker_client().set(_asked_key(source, url), 1, ex=AFTER_NONE)
        logger.info("no first look at a page of %s: %s", source.key, type(problem).__name__)


def _asked_key(source: Source, page: str) -> str:
    return f"{BROKER_PREFIX}first-look:{source.pk}:{hashlib.sha256(page.encode()).hexdigest()[:32]}"


def _is_free(source: Source, page: str) -> bool:
    counted = f"{BROKER_PREFIX}first-looks:{source.pk}"
    try:
        client = broker_client()
        if not client.set(_asked_key(source, page), 1, nx=True, ex=EACH):
            return False
        # In one transaction: a counter that ran out in between would be made anew without an end.
        both = client.pipeline(transaction=True)
        both.set(counted, 0, nx=True, ex=EACH)
        both.incr(counted)
        return int(both.execute()[-1]) <= MOST
    except redis.RedisError:
        return False
