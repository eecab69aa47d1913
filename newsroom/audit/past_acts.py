"""Acts as verification reads them: the payload parsed, in the chain's order."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from newsroom.models import Act, Editor


class Notice(str):
    """A line worth reading that is no break of the record."""

    __slots__ = ()


class PastAct:
    """One act of the chain; its payload is parsed when it is asked for."""

    __slots__ = ("_payload", "actor_id", "sequence", "subject", "text", "verb")

    def __init__(self, sequence: int, actor_id: int | None, verb: str, subject: str, text: str) -> None:
        self.sequence = sequence
        self.actor_id = actor_id
        self.verb = verb
        self.subject = subject
        self.text = text
        self._payload: dict[str, Any] | None = None

    @property
    def payload(self) -> dict[str, Any]:
        """Empty if unparsable, which the chain check reports."""
        if self._payload is None:
            try:
                parsed = json.loads(self.text)
            except ValueError:
                parsed = None
            self._payload = parsed if isinstance(parsed, dict) else {}
        return self._payload

    def number(self, name: str) -> int:
        """A number in the payload; 0 where a forged act has none."""
        value = self.payload.get(name)
        return value if type(value) is int else 0


class FactCheck(Protocol):
    """Compares acts with the rows that they name; settings.RECORD_CHECKS lists those of other apps."""

    verbs: frozenset[str]

    def read(self, acts: list[PastAct]) -> Iterator[str]:
        """Breaks in a run of acts with one of `verbs`, in the chain's order."""

    def finish(self) -> Iterator[str]:
        """Breaks that show only after the last act, such as a row that no act tells of."""


def acts_about(subject: str, verbs: Iterable[str]) -> Iterator[PastAct]:
    rows = Act.objects.filter(subject=subject, verb__in=list(verbs)).order_by("sequence")
    for sequence, actor_id, verb, payload in rows.values_list("sequence", "actor_id", "verb", "payload").iterator():
        yield PastAct(sequence, actor_id, verb, subject, payload)


def differing(payload: dict[str, Any], facts: dict[str, object]) -> list[str]:
    """Names of the facts that the payload tells otherwise; facts that older acts do not name are not compared."""
    return [name for name, value in facts.items() if name in payload and payload[name] != value]


def is_named(editor: Editor | None, name: str | None) -> bool:
    """Whether an act means this editor by a user name; accounts are renamed, so earlier acts of theirs count too."""
    if editor is None or name is None:
        return editor is None and name is None
    return editor.username == name or Act.objects.filter(actor_id=editor.pk, actor_name=name).exists()
