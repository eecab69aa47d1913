"""Webhooks are set up, changed and given new secrets; each change leaves an Act, which names no secret."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from corrections.models import Hook
from corrections.webhooks.signing_keys import SecretLost, known_secret, new_secret, secret_digest
from corrections.webhooks.url_policy import Allowed, read_allowed
from newsroom.audit.log import append_act
from newsroom.models import Editor
from newsroom.publishing.publish import NotPermitted

ADD, CHANGE = "corrections.add_hook", "corrections.change_hook"
BOTH_SIGN = timedelta(hours=24)  # time enough to give a receiver the new secret


def allowed() -> Allowed:
    """The inner receivers that the operator listed."""
    return read_allowed(settings.WEBHOOK_ALLOW)


def create_hook(hook: Hook, *, by: Editor) -> None:
    """Store a new webhook. Raises NotPermitted."""
    refuse_stranger(by, ADD)
    hook.secret_digest = secret_digest(new_secret(hook.uid, hook.generation))
    hook.listens_since = hook.told_until = timezone.now()
    with transaction.atomic():
        hook.save(force_insert=True)
        record("add_webhook", hook, by=by)


def change_hook(hook: Hook, *, by: Editor, changed: Iterable[str]) -> None:
    """Store the `changed` fields: name, url, events, form, enabled. Raises NotPermitted.

    One that is enabled again is told what happens from now on; what it was owed before is still delivered.
    """
    refuse_stranger(by, CHANGE)
    fields = set(changed)
    if "url" in fields:
        hook.rests_until = None
        fields |= {"rests_until"}
    if "enabled" in fields and hook.enabled:
        hook.listens_since = hook.told_until = timezone.now()
        hook.failures, hook.rests_until, hook.disabled_why = 0, None, ""
        fields |= {"listens_since", "told_until", "failures", "rests_until", "disabled_why"}
    with transaction.atomic():
        hook.save(update_fields=fields)
        record("change_webhook", hook, by=by, changed=sorted(changed))


def rotate_secret(hook: Hook, *, by: Editor) -> Hook:
    """Give a webhook a new secret; the one before signs beside it for BOTH_SIGN.

    Done twice, the first secret is out at once. Raises NotPermitted.
    """
    refuse_stranger(by, CHANGE)
    with transaction.atomic():
        locked = Hook.objects.select_for_update(no_key=True).get(pk=hook.pk)
        locked.generation += 1
        locked.earlier_digest = locked.secret_digest
        locked.secret_digest = secret_digest(new_secret(locked.uid, locked.generation))
        locked.rotated_at = timezone.now()
        locked.save(update_fields=["generation", "earlier_digest", "secret_digest", "rotated_at"])
        record("rotate_webhook_secret", locked, by=by)
    return locked


def disable_hook(hook: Hook, *, why: str) -> None:
    """By the machine, inside the caller's transaction."""
    hook.enabled, hook.disabled_why = False, why
    hook.save(update_fields=["enabled", "disabled_why"])
    record("disable_webhook", hook, by=None, why=why)


def newest_secret(hook: Hook) -> str:
    """To be told when it was just made, and never again. Raises SecretLost."""
    return known_secret(hook.uid, hook.generation, hook.secret_digest)


def secrets_of(hook: Hook, *, now: datetime) -> list[str]:
    """Those that sign a message now, the newest first. Raises SecretLost when that one is."""
    secrets = [newest_secret(hook)]
    if hook.earlier_digest and hook.rotated_at and now < hook.rotated_at + BOTH_SIGN:
        with suppress(SecretLost):  # what was lost signs nothing any more; a new secret is the remedy
            secrets.append(known_secret(hook.uid, hook.generation - 1, hook.earlier_digest))
    return secrets


def receiver(hook: Hook) -> str:
    """The host alone: the rest of a chat tool's address is a key."""
    return urlsplit(hook.url).hostname or ""


def refuse_stranger(by: Editor, permission: str) -> None:
    """Raises NotPermitted."""
    if not by.has_perm(permission):
        raise NotPermitted


def record(verb: str, hook: Hook, *, by: Editor | None, **payload: Any) -> None:
    """Last in the transaction."""
    facts = {"name": hook.name, "receiver": receiver(hook), "events": hook.events, "form": hook.form}
    append_act(verb, subject=f"webhook:{hook.pk}", by=by, payload={**facts, "enabled": hook.enabled, **payload})
