"""The usual reasons for declining: once for each language, in the order that the chief gave them."""

import pytest
from django.db import IntegrityError, transaction

from corrections.models import Reason

pytestmark = pytest.mark.django_db


def test_a_reason_stands_once_in_a_language() -> None:
    Reason.objects.create(language="en", text="As it should be.")
    Reason.objects.create(language="uk", text="As it should be.")
    with pytest.raises(IntegrityError, match="reason_once_per_language"), transaction.atomic():
        Reason.objects.create(language="en", text="As it should be.")


def test_reasons_stand_by_position_and_then_by_age() -> None:
    Reason.objects.all().delete()
    for text, position in (("third", 2), ("first", 1), ("second", 1)):
        Reason.objects.create(text=text, position=position)
    assert [str(reason) for reason in Reason.objects.all()] == ["first", "second", "third"]
