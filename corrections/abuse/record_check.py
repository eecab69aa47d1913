"""Check quarantined suggestions against the acts that let them in or threw them out; one of settings.RECORD_CHECKS."""

from collections.abc import Iterator
from uuid import UUID

from corrections.models import Suggestion
from newsroom.audit.past_acts import PastAct

LET_IN, THROW_OUT = "let_in_suggestions", "throw_out_suggestions"
Status = Suggestion.Status


class QuarantineCheck:
    """An act names its first hundred suggestions, so the others are not compared."""

    verbs = frozenset({LET_IN, THROW_OUT})

    def read(self, acts: list[PastAct]) -> Iterator[str]:
        for act in acts:
            keys = _keys(act)
            rows = dict(Suggestion.objects.filter(pk__in=keys).values_list("pk", "status"))
            for key in keys:
                status = rows.get(key, "gone")
                if status in ("gone", Status.HELD) or (status == Status.SPAM) != (act.verb == THROW_OUT):
                    yield f"suggestion {key}: is {status}, and act {act.sequence} says otherwise ({act.verb})"

    def finish(self) -> Iterator[str]:
        yield from ()


def _keys(act: PastAct) -> list[UUID]:
    named = act.payload.get("first")
    try:
        return [UUID(key) for key in named] if isinstance(named, list) else []
    except (AttributeError, TypeError, ValueError):
        return []  # a forged act, which the chain check reports
