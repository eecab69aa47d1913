"""A signed note of when the form was opened tells a person from a script."""

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
