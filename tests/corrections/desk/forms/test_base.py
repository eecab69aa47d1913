"""What every form of a decision asks for and refuses."""

import pytest

from tests.support.desk_page import Desk, make_case, told
from tests.support.factories import make_article

pytestmark = pytest.mark.django_db


def test_declining_needs_a_reason() -> None:
    case = make_case(make_article())
    page = Desk().decide(case, "decline", reason="  ")
    assert page.status_code == 422
    assert "Reason for declining" in told(page)
    case.refresh_from_db()
    assert case.state == "open"
