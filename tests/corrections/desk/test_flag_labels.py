"""Flags in words, as the desk shows them."""

import pytest

from tests.support.admin_page import tree
from tests.support.desk_page import LIST, Desk, make_case
from tests.support.factories import make_article

pytestmark = pytest.mark.django_db


def test_flags_and_the_place_are_told_in_words() -> None:
    make_case(make_article(), "14", "15", category="fact")
    facts = tree(Desk().client.get(LIST)).xpath("//ul[@class='case-facts']")[0].text_content()
    assert "Changes a number" in facts
    assert "Where the reader saw it" in facts
