"""For the chief and the auditor: ageing against a target, load, failures, the record's last check."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone

from corrections.jobs.failures import set_aside_jobs
from corrections.models import Case, Category, Delivery, Mail
from corrections.triage.pipeline import failed_suggestions
from newsroom.models import Act, Editor
from newsroom.operations.heartbeat import BrokerUnavailable, RecordCheck, last_record_check

MOST_COUNTED = 10_000  # cases, the oldest; bounds the query
MOST_EDITORS = 20
MOST_FAILED = 100
MOST_ACTS = 10


@dataclass(frozen=True, slots=True)
class Ageing:
    """Undecided cases of one kind: how many, how many of them beyond the target, since when the oldest waits."""

    label: str
    kind: str
    target: timedelta
    waiting: int
    late: int
    oldest: timedelta | None


@dataclass(frozen=True, slots=True)
class EditorLoad:
    editor: str
    query: str
    in_hand: int


@dataclass(frozen=True, slots=True)
class Failures:
    """What could not be done; each counted up to MOST_FAILED."""

    mails: int
    deliveries: int
    suggestions: int
    jobs: int

    @property
    def any(self) -> bool:
        return bool(self.mails or self.deliveries or self.suggestions or self.jobs)


@dataclass(frozen=True, slots=True)
class Oversight:
    """`check` is None where the record was never checked, or where nobody remembers."""

    ageing: list[Ageing]
    load: list[EditorLoad]
    failures: Failures
    check: RecordCheck | None


def read_oversight() -> Oversight:
    return Oversight(_ageing(), _load() if settings.DESK_SHOWS_LOAD else [], _failures(), _check())


def latest_acts() -> list[Act]:
    return list(Act.objects.order_by("-sequence")[:MOST_ACTS])


def _ageing() -> list[Ageing]:
    now = timezone.now()
    targets = {kind: timedelta(hours=settings.DESK_TARGET_HOURS[kind.value]) for kind in Category}
    late = Q()
    for kind, target in targets.items():
        late |= Q(category=kind, first_at__lt=now - target)
    oldest = Case.objects.waiting().order_by("first_at").values("pk")[:MOST_COUNTED]
    counted = Case.objects.filter(pk__in=oldest).order_by().values("category")
    rows = {
        row["category"]: row
        for row in counted.annotate(waiting=Count("pk"), late=Count("pk", filter=late), oldest=Min("first_at"))
    }
    return [
        Ageing(str(kind.label), kind.value, target, row["waiting"], row["late"], now - row["oldest"])
        for kind, target in targets.items()
        if (row := rows.get(kind.value))
    ]


def _load() -> list[EditorLoad]:
    held = Case.objects.waiting().filter(Q(claimed_until=None) | Q(claimed_until__gt=timezone.now()))
    counted = held.exclude(assignee=None).order_by().values_list("assignee").annotate(number=Count("pk"))
    loads = dict(counted.order_by("-number")[:MOST_EDITORS])
    names = Editor.objects.in_bulk(loads)
    return [EditorLoad(str(names[key]), f"hands={key}", number) for key, number in loads.items()]


def _failures() -> Failures:
    given_up = Delivery.objects.filter(state=Delivery.State.GIVEN_UP)
    return Failures(
        mails=_capped(Mail.objects.needing_review()),
        deliveries=_capped(given_up),
        suggestions=len(failed_suggestions(MOST_FAILED)),
        jobs=len(set_aside_jobs(MOST_FAILED)),
    )


def _capped(rows: "QuerySet[Mail] | QuerySet[Delivery]") -> int:
    return rows.order_by()[:MOST_FAILED].count()


def _check() -> RecordCheck | None:
    try:
        return last_record_check()
    except BrokerUnavailable:
        return None
