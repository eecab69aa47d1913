"""The middle one of several durations, in both databases."""

from datetime import timedelta

import pytest

from corrections.models import Case
from tests.corrections.statistics.settled_cases import hours, numbers_of, settled
from tests.support.factories import make_article

pytestmark = pytest.mark.django_db


@pytest.mark.both_databases
@pytest.mark.parametrize(
    ("looks", "middle"), [([], None), ([2], hours(2)), ([9, 1, 2], hours(2)), ([1, 2, 4, 50], hours(3))]
)
def test_the_time_to_first_look_is_the_median(looks: list[float], middle: timedelta | None) -> None:
    article = make_article()
    for look in looks:
        settled(article, Case.State.DECLINED, reported=hours(90), look=hours(look), decided=hours(60))
    settled(article, Case.State.DECLINED, reported=hours(90), decided=hours(1))
    assert numbers_of().total.to_first_look == middle
