"""Check accounts against the last acts about each; one of settings.RECORD_CHECKS."""

from collections.abc import Iterator
from dataclasses import asdict

from newsroom.audit.account_acts import (
    ADD,
    CHANGE,
    LOCK,
    REMOVE_FACTOR,
    SET_FACTOR,
    UNLOCK,
    Rights,
    account_subject,
)
from newsroom.audit.past_acts import PastAct, differing
from newsroom.models import AppFactor, Editor

# By what an act tells: what the account may do, whether it is open, whether it has a second factor.
TELLS = {
    **dict.fromkeys((ADD, CHANGE), "rights"),
    **dict.fromkeys((LOCK, UNLOCK), "lock"),
    **dict.fromkeys((SET_FACTOR, REMOVE_FACTOR), "factor"),
}


class AccountCheck:
    """Holds the last act of each kind about each account. Accounts of earlier versions have none."""

    verbs = frozenset(TELLS)

    def __init__(self) -> None:
        self._last: dict[tuple[str, str], PastAct] = {}

    def read(self, acts: list[PastAct]) -> Iterator[str]:
        self._last.update(((act.subject, TELLS[act.verb]), act) for act in acts)
        yield from ()

    def finish(self) -> Iterator[str]:
        protected = set(AppFactor.objects.filter(confirmed=True).values_list("user", flat=True))
        editors = Editor.objects.prefetch_related("groups", "user_permissions__content_type").order_by("pk")
        for editor in editors.iterator(100):
            subject = account_subject(editor.pk)
            rights, lock, factor = (self._last.get((subject, told)) for told in ("rights", "lock", "factor"))
            if rights and (changed := differing(rights.payload, asdict(_rights(editor)))):
                yield f"{subject}: its {', '.join(changed)} differ from what act {rights.sequence} says"
            if lock and editor.is_active != (lock.verb == UNLOCK):
                state = "open" if editor.is_active else "locked"
                yield f"{subject}: is {state}, and act {lock.sequence} says otherwise"
            has_factor = editor.pk in protected
            if has_factor != (factor is not None and factor.verb == SET_FACTOR):
                told = f"act {factor.sequence} says otherwise" if factor else "no act set it"
                yield f"{subject}: has {'a' if has_factor else 'no'} second factor, and {told}"


def _rights(editor: Editor) -> Rights:
    return Rights(
        groups=sorted(group.name for group in editor.groups.all()),
        permissions=sorted(f"{each.content_type.app_label}.{each.codename}" for each in editor.user_permissions.all()),
        is_staff=editor.is_staff,
        is_superuser=editor.is_superuser,
    )
