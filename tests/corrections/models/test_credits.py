"""What the database refuses of a credit."""

import pytest
from django.db import IntegrityError, transaction

from corrections.models import Thanks
from tests.support.factories import make_article
from tests.support.suggestion_factories import make_suggestion

pytestmark = pytest.mark.django_db


def test_nobody_is_thanked_without_a_name_or_twice() -> None:
    article = make_article()
    suggestion, other = make_suggestion(article), make_suggestion(article)
    Thanks.objects.create(suggestion=suggestion, name="Ada")
    with pytest.raises(IntegrityError, match="thanks_has_a_name"), transaction.atomic():
        Thanks.objects.create(suggestion=other, name="")
    with pytest.raises(IntegrityError, match="suggestion_id"), transaction.atomic():
        Thanks.objects.create(suggestion=suggestion, name="Bob")
    assert str(Thanks.objects.get()) == "Ada"
