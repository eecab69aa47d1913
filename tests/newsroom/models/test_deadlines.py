"""Deadlines by a clock that may jump: each row is over or runs, never both and never neither."""

from datetime import timedelta

import pytest
from django.utils import timezone

from newsroom.models import KnownNetwork
from newsroom.models.deadlines import is_over, is_running, within
from tests.support.factories import make_editor

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
LONGEST = timedelta(seconds=30)


@pytest.mark.parametrize(
    ("ahead", "runs"), [(-86_400, False), (0, False), (1, True), (90, True), (91, False), (86_400, False)]
)
def test_a_deadline_runs_for_as_long_as_one_can_be_set(ahead: int, runs: bool) -> None:
    now = timezone.now()
    KnownNetwork.objects.create(editor=make_editor(), network="fd00::1", seen_at=now + timedelta(seconds=ahead))
    assert KnownNetwork.objects.filter(is_running("seen_at", now, longest=LONGEST)).exists() is runs
    assert KnownNetwork.objects.filter(is_over("seen_at", now, longest=LONGEST)).exists() is not runs


@pytest.mark.parametrize(("ahead", "counts"), [(-31, False), (-29, True), (60, True), (61, False)])
def test_a_time_far_ahead_of_the_clock_counts_for_nothing(ahead: int, counts: bool) -> None:
    now = timezone.now()
    KnownNetwork.objects.create(editor=make_editor(), network="fd00::1", seen_at=now + timedelta(seconds=ahead))
    assert KnownNetwork.objects.filter(within("seen_at", now, last=LONGEST)).exists() is counts
