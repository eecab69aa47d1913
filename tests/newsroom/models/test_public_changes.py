"""One row counts what the public sees and no act records."""

import pytest
from django.db import IntegrityError, transaction

from newsroom.models import PublicChanges

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_there_is_one_row_and_the_database_takes_no_other() -> None:
    assert [row.pk for row in PublicChanges.objects.all()] == [1]
    assert str(PublicChanges(count=7)) == "7"
    with pytest.raises(IntegrityError, match="public_changes_is_one_row"), transaction.atomic():
        PublicChanges.objects.create(pk=2)
