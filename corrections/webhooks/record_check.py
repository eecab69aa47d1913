"""Check webhooks against the last act about each; one of settings.RECORD_CHECKS."""

from collections.abc import Iterator

from corrections.models import Hook
from corrections.webhooks.endpoints import act_facts
from newsroom.audit.past_acts import PastAct, differing
from newsroom.encryption import Unreadable


class HookCheck:
    """Holds the last act about each webhook."""

    verbs = frozenset(
        {
            *("add_webhook", "change_webhook", "rotate_webhook_secret", "disable_webhook"),
            *("test_webhook", "replay_webhook"),
        }
    )

    def __init__(self) -> None:
        self._last: dict[str, PastAct] = {}

    def read(self, acts: list[PastAct]) -> Iterator[str]:
        self._last.update((act.subject, act) for act in acts)
        yield from ()

    def finish(self) -> Iterator[str]:
        for hook in Hook.objects.order_by("pk"):
            act = self._last.pop(f"webhook:{hook.pk}", None)
            if act is None:
                yield f"webhook {hook.pk}: no act added it"
            elif changed := differing(act.payload, _readable_facts(hook)):
                yield f"webhook {hook.pk}: its {', '.join(changed)} differ from what act {act.sequence} says"
        yield from (f"{gone}: is gone, and act {act.sequence} names it" for gone, act in self._last.items())


def _readable_facts(hook: Hook) -> dict[str, object]:
    """Without its address where the key is lost, of which `check --deploy` tells; then the secret is unreadable too."""
    is_lost = isinstance(hook.url, Unreadable) and isinstance(hook.secret, Unreadable)
    hidden = ("receiver", "address") if is_lost else ()
    return {name: value for name, value in act_facts(hook).items() if name not in hidden}
