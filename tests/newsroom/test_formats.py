"""How dates are written at the desk, in each of its languages."""

from datetime import UTC, datetime

import pytest
from django.utils import translation
from django.utils.formats import date_format

MOMENT = datetime(2026, 11, 3, 22, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "long", "short"),
    [
        ("en", "3 November 2026, 22:05", "3 Nov 2026, 22:05"),
        ("de", "3. November 2026 22:05", "03.11.2026 22:05"),
        ("fr", "3 novembre 2026 22:05", "03/11/2026 22:05"),
        ("es", "3 de noviembre de 2026 a las 22:05", "03/11/2026 22:05"),
        ("uk", "03 листопада 2026 р. 22:05", "03.11.2026 22:05"),
        ("ar", "3 نوفمبر 2026، 22:05", "3 نوفمبر 2026، 22:05"),
    ],
)
def test_a_date_with_its_time_is_written_as_in_the_language(language: str, long: str, short: str) -> None:
    with translation.override(language):
        shown = [date_format(MOMENT, name) for name in ("DATETIME_FORMAT", "SHORT_DATETIME_FORMAT")]
    assert shown == [long, short]
