"""The record of who did what has one head, and its acts name themselves."""

import pytest
from django.db import IntegrityError, transaction

from newsroom.models import Act, AuditHead

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def test_the_chain_has_one_head() -> None:
    assert [head.pk for head in AuditHead.objects.all()] == [1]
    with pytest.raises(IntegrityError, match="audit_head_is_one_row"), transaction.atomic():
        AuditHead.objects.create(pk=2, hash="0" * 64)


def test_heads_and_acts_are_named_by_their_place() -> None:
    assert str(AuditHead(sequence=7, hash="ab")) == "7:ab"
    assert str(Act(sequence=7, verb="publish", subject="article:bridges")) == "7 publish article:bridges"
