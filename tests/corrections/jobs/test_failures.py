"""A row that raises keeps no other waiting: it is retried with backoff, then set aside with its error."""

from datetime import timedelta

import pytest
from celery.exceptions import SoftTimeLimitExceeded
from django.utils import timezone

from corrections.jobs import failures
from corrections.jobs.failures import (
    RETRY_DELAYS,
    attempt,
    forget_settled_jobs,
    resting_keys,
    retry_set_aside,
    run_each,
    set_aside_jobs,
)
from corrections.models import FailedJob

pytestmark = pytest.mark.django_db
HOLD, ARTICLE, SUGGESTION = FailedJob.Kind.HOLD, FailedJob.Kind.ARTICLE, FailedJob.Kind.SUGGESTION


def fail(kind: FailedJob.Kind, key: object, words: str = "no such room") -> None:
    with attempt(kind, key):
        raise LookupError(words)


def the_delay_passes() -> None:
    FailedJob.objects.exclude(retry_at=None).update(retry_at=timezone.now() - timedelta(seconds=1))


@pytest.mark.both_databases
def test_a_row_that_raises_is_recorded_and_the_others_are_done() -> None:
    done: list[int] = []

    def work(number: int) -> None:
        if number == 1:
            raise LookupError("line one\nline two")
        done.append(number)

    assert run_each(HOLD, [1, 2, 3], work, key=int) == 2
    assert done == [2, 3]
    job = FailedJob.objects.get()
    assert (job.kind, job.key, job.attempts, job.error) == ("hold", "1", 1, "LookupError: line one line two")

    assert run_each(HOLD, [1, 4], work, key=int) == 1  # the first rests
    assert done == [2, 3, 4]


@pytest.mark.both_databases
def test_a_job_is_tried_five_times_with_growing_pauses_and_then_set_aside() -> None:
    for number, delay in enumerate(RETRY_DELAYS, start=1):
        fail(HOLD, 7)
        job = FailedJob.objects.get()
        assert job.retry_at is not None
        assert (job.attempts, job.retry_at - job.failed_at) == (number, delay)
        assert resting_keys(HOLD) == {"7"}
        the_delay_passes()
        assert resting_keys(HOLD) == set()
    fail(HOLD, 7)

    [job] = set_aside_jobs(10)
    assert (job.attempts, job.retry_at) == (5, None)
    assert (resting_keys(HOLD), resting_keys(ARTICLE)) == ({"7"}, set())


def test_success_forgets_the_failures_of_that_row_alone() -> None:
    for kind, key in ((HOLD, 1), (HOLD, 2), (ARTICLE, 1)):
        fail(kind, key)
    with attempt(HOLD, 1):
        pass
    assert list(FailedJob.objects.order_by("kind").values_list("kind", "key")) == [("article", "1"), ("hold", "2")]


def test_trying_again_starts_anew_and_leaves_what_is_retried_anyway_and_suggestions() -> None:
    for _turn in range(5):
        fail(HOLD, 1)
        fail(SUGGESTION, 1)
    fail(ARTICLE, 1)

    assert (retry_set_aside(), retry_set_aside()) == (1, 0)
    assert [job.kind for job in FailedJob.objects.set_aside()] == [SUGGESTION]
    assert resting_keys(HOLD) == set()
    assert (resting_keys(ARTICLE), FailedJob.objects.get(kind=HOLD).attempts) == ({"1"}, 0)


def test_a_task_that_is_out_of_time_ends_and_its_row_is_recorded() -> None:
    with pytest.raises(SoftTimeLimitExceeded), attempt(HOLD, 1):
        raise SoftTimeLimitExceeded
    assert FailedJob.objects.get().error.startswith("SoftTimeLimitExceeded")


def test_a_long_error_is_cut() -> None:
    fail(HOLD, 1, "x" * 5000)
    assert len(FailedJob.objects.get().error) == 300


def test_a_kind_of_work_ends_with_its_share_of_the_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(100))
    monkeypatch.setattr(failures, "monotonic", lambda: 0.4 * next(clock))
    done: list[int] = []
    assert run_each(HOLD, range(50), done.append, key=int) == len(done) == 3


def test_what_other_work_settled_is_forgotten_after_a_day() -> None:
    event = FailedJob.Kind.EVENT
    for kind, key in ((HOLD, 1), (HOLD, 2), (event, 3)):
        fail(kind, key)
    FailedJob.objects.exclude(key="2").update(retry_at=timezone.now() - timedelta(days=1, minutes=1))
    assert forget_settled_jobs() == 1
    assert set(FailedJob.objects.values_list("kind", "key")) == {("hold", "2"), ("event", "3")}
