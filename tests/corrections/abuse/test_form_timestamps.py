"""A signed note of when the form was opened tells a person from a script."""

import time

import pytest
from django.test import Client

from corrections.abuse import form_timestamps as stamps
from corrections.models import Suggestion
from newsroom.models import Article
from tests.support.factories import make_article
from tests.support.sending import API, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def article() -> Article:
    return make_article(slug="bridges")


def test_a_stamp_marks_and_never_refuses(client: Client, article: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp = client.get(f"{API}/stamp").json()["stamp"]
    for offered in ("", "made up", stamp):
        assert send(client, stamp=offered).status_code == 202
    monkeypatch.setattr(stamps, "MIN_AGE", 0)
    assert send(client, stamp=stamp).status_code == 202

    marks = list(Suggestion.objects.order_by("received_at").values_list("is_stamped", flat=True))
    assert marks == [False, False, False, True]


@pytest.mark.parametrize(
    ("age", "is_plausible"),
    [(-86400, True), (-1, False), (2.9, False), (3, True), (7 * 86400, True), (7 * 86400 + 0.1, False)],
)
def test_a_form_is_filled_in_after_three_seconds_and_within_a_week(
    age: float, is_plausible: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "time", lambda: 1_800_000_000)
    stamp = stamps.sign_timestamp()
    monkeypatch.setattr(time, "time", lambda: 1_800_000_000 + age)
    assert stamps.is_plausible(stamp) == is_plausible
