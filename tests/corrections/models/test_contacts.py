"""What the database refuses of a reader's address."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from corrections.models import Contact
from tests.support.factories import make_article
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"state": "confirmed"}, "contact_confirmed_says_when"),
        ({"confirmed_at": timezone.now()}, "contact_confirmed_says_when"),
        ({"address": ""}, "contact_has_address"),
    ],
)
def test_the_database_refuses_half_a_confirmation(change: dict[str, Any], constraint: str) -> None:
    make_suggestion(make_article(), email="ada@example.org")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Contact.objects.update(**change)


def test_a_confirmed_address_says_so() -> None:
    make_suggestion(make_article(), email="ada@example.org")
    assert Contact.objects.get().is_confirmed is False
    Contact.objects.update(state="confirmed", confirmed_at=timezone.now())
    assert Contact.objects.get().is_confirmed is True
