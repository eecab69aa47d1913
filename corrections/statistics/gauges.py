"""Prometheus gauges of the desk, its queues and the audit log, without labels of unbounded cardinality."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db.models import Count, Max, Min, QuerySet
from django.utils import timezone

from corrections.models import OPEN_STATES, Case, Delivery, FailedJob, Mail, Suggestion
from newsroom.models import AuditHead, Revision
from newsroom.operations.heartbeat import BrokerUnavailable, has_heartbeat, queue_depth

SAMPLE_SIZE = 100  # latest suggestions of the day, for the triage latency


@dataclass(frozen=True, slots=True)
class Gauge:
    """A gauge and its samples; `values` maps values of the `label` to samples."""

    name: str
    help: str
    values: dict[str, float]
    label: str = ""


def collect_gauges() -> Iterator[Gauge]:
    """Cheap enough for each scrape: every query uses an index or a bounded number of rows."""
    yield from _queue()
    yield from _suggestions()
    yield Gauge("cases", "Undecided cases by state.", _by_state(Case.objects.open()), "state")
    unsent = Mail.objects.filter(state__in=[Mail.State.OWED, Mail.State.CLAIMED])
    doubtful, hooks = Mail.objects.needing_review(), Delivery.objects.waiting()
    yield Gauge("mails_owed", "Mails to readers and editors that are still to be sent.", {"": unsent.count()})
    yield Gauge("mails_in_doubt", "Mails that failed, or of which nobody knows.", {"": doubtful.count()})
    yield Gauge("deliveries_waiting", "Messages to webhooks that are still to be sent.", {"": hooks.count()})
    jobs = FailedJob.objects.set_aside().count()
    yield Gauge("jobs_set_aside", "Work on rows that failed five times and waits for an editor.", {"": jobs})
    yield Gauge("revisions", "Published revisions of all articles.", {"": Revision.objects.count()})
    yield Gauge("audit_sequence", "Where the record's chain of acts ends.", {"": AuditHead.objects.get(pk=1).sequence})


def _queue() -> Iterator[Gauge]:
    try:
        depth, served = queue_depth(), has_heartbeat()
    except BrokerUnavailable:
        yield Gauge("broker_up", "1 when the broker answers.", {"": 0})
        return
    yield Gauge("broker_up", "1 when the broker answers.", {"": 1})
    yield Gauge("worker_up", "1 when a worker looked for work within the last seconds.", {"": served})
    yield Gauge("queue_depth", "Messages that no worker has taken yet.", {"": depth})


def _suggestions() -> Iterator[Gauge]:
    counted = [Suggestion.Status.RECEIVED, Suggestion.Status.HELD, Suggestion.Status.FAILED]
    of_state = {str(state): float(Suggestion.objects.filter(status=state).count()) for state in counted}
    yield Gauge("suggestions", "Suggestions without a case, by state; triaged ones have one.", of_state, "state")
    oldest = Suggestion.objects.filter(status=Suggestion.Status.RECEIVED).aggregate(at=Min("received_at"))["at"]
    yield Gauge("oldest_waiting_seconds", "Age of the oldest one that waits for triage.", {"": _age_in_seconds(oldest)})
    # address_hash is set for a day only, and has a partial index.
    recent = Suggestion.objects.exclude(address_hash="").filter(status=Suggestion.Status.TRIAGED)
    pairs = recent.order_by("-received_at").values_list("received_at", "triaged_at")[:SAMPLE_SIZE]
    waits = [(triaged - received).total_seconds() for received, triaged in pairs if triaged]
    values = {"0.5": median(waits), "1": max(waits)} if waits else {"0.5": 0.0, "1": 0.0}
    yield Gauge("triage_seconds", f"Wait for triage of the day's last {SAMPLE_SIZE}.", values, "quantile")
    newest = recent.aggregate(at=Max("received_at"))["at"]
    yield Gauge(
        "newest_triaged_seconds", "Age of the day's newest one that was triaged.", {"": _age_in_seconds(newest)}
    )


def _by_state(cases: QuerySet[Case]) -> dict[str, float]:
    counted = dict(cases.order_by().values_list("state").annotate(Count("pk")))
    return {str(state): float(counted.get(state, 0)) for state in OPEN_STATES}


def _age_in_seconds(moment: datetime | None) -> float:
    return max(0.0, (timezone.now() - moment).total_seconds()) if moment else 0.0
