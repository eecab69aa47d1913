"""The yardstick of triage: a task that does nothing, for the same worker."""

from celery import shared_task


@shared_task
def noop() -> None:
    pass
