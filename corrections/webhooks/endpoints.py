"""Create and change webhooks and rotate their secrets; each change writes an Act, which contains no secret."""

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from corrections.models import Hook
from corrections.webhooks.signing_keys import current_secret, new_secret
from newsroom.audit.log import append_act
from newsroom.http.guarded_client import Allowlist, parse_allowlist
from newsroom.models import Editor
from newsroom.publishing.policy import NotPermitted

ADD_HOOK, CHANGE_HOOK = "corrections.add_hook", "corrections.change_hook"
ROTATION_OVERLAP = timedelta(hours=24)  # time for the receiver to install the new secret


def load_allowlist() -> Allowlist:
    """The private receivers that the operator allows."""
    return parse_allowlist(settings.WEBHOOK_ALLOW)


def create_hook(hook: Hook, *, by: Editor) -> None:
    """Store a new webhook. Raises NotPermitted."""
    require_permission(by, ADD_HOOK)
    hook.secret = new_secret()
    hook.listens_since = hook.told_until = timezone.now()
    with transaction.atomic():
        hook.save(force_insert=True)
        record_act("add_webhook", hook, by=by)


def change_hook(hook: Hook, *, by: Editor, changed: Iterable[str]) -> None:
    """Store the `changed` fields: name, url, events, form, enabled. Raises NotPermitted.

    A webhook enabled again gets events from now on; deliveries queued before are still sent.
    """
    require_permission(by, CHANGE_HOOK)
    fields = set(changed)
    if "url" in fields or ("enabled" in fields and hook.enabled):
        hook.failures, hook.failing_since, hook.rests_until = 0, None, None
        fields |= {"failures", "failing_since", "rests_until"}
    if "enabled" in fields and hook.enabled:
        hook.listens_since = hook.told_until = timezone.now()
        hook.disabled_why = ""
        fields |= {"listens_since", "told_until", "disabled_why"}
    with transaction.atomic():
        hook.save(update_fields=fields)
        record_act("change_webhook", hook, by=by, changed=sorted(changed))


def rotate_secret(hook: Hook, *, by: Editor) -> Hook:
    """Give a webhook a new secret; the previous one also signs for ROTATION_OVERLAP.

    A second rotation ends the overlap of the first secret at once. Raises NotPermitted.
    """
    require_permission(by, CHANGE_HOOK)
    with transaction.atomic():
        locked = Hook.objects.select_for_update(no_key=True).get(pk=hook.pk)
        locked.generation += 1
        locked.earlier_secret, locked.secret = locked.secret, new_secret()
        locked.rotated_at = timezone.now()
        locked.save(update_fields=["generation", "earlier_secret", "secret", "rotated_at"])
        record_act("rotate_webhook_secret", locked, by=by)
    return locked


def disable_hook(hook: Hook, *, why: str) -> None:
    """Disable a failing webhook, in the caller's transaction."""
    hook.enabled, hook.disabled_why = False, why
    hook.save(update_fields=["enabled", "disabled_why"])
    record_act("disable_webhook", hook, by=None, why=why)


def signing_secrets(hook: Hook, *, now: datetime) -> list[str]:
    """The secrets that sign a message now, the newest first. Raises SecretLost for the newest."""
    secrets = [current_secret(hook)]
    if hook.earlier_secret and hook.rotated_at and now < hook.rotated_at + ROTATION_OVERLAP:
        secrets.append(str(hook.earlier_secret))
    return secrets


def receiver_host(hook: Hook) -> str:
    """The host only: a chat tool's URL contains a secret."""
    return urlsplit(hook.url).hostname or ""


def require_permission(by: Editor, permission: str) -> None:
    """Raises NotPermitted."""
    if not by.has_perm(permission):
        raise NotPermitted


def record_act(verb: str, hook: Hook, *, by: Editor | None, **payload: Any) -> None:
    """Append the Act; call last in the transaction, after the row was written."""
    facts = act_facts(Hook.objects.get(pk=hook.pk))  # somebody else may have changed other fields
    append_act(verb, subject=f"webhook:{hook.pk}", by=by, payload={**facts, **payload})


def act_facts(hook: Hook) -> dict[str, Any]:
    """What each act about a webhook tells of it; the address only as a digest, since it may be a key."""
    return {
        "name": hook.name,
        "receiver": receiver_host(hook),
        "address": hashlib.sha256(f"{hook.uid} {hook.url}".encode()).hexdigest(),
        "events": hook.events,
        "form": hook.form,
        "enabled": hook.enabled,
        "generation": hook.generation,
    }
