"""Flags in words, as the desk shows them."""

import pytest

from corrections.desk.flag_labels import FlaggedChange, change_labels
from corrections.screening.flags import find_flags
from tests.support.admin_page import tree
from tests.support.desk_page import LIST, Desk, make_case
from tests.support.factories import make_article

pytestmark = pytest.mark.django_db


def test_flags_and_the_place_are_told_in_words() -> None:
    make_case(make_article(), "14", "15", category="fact")
    facts = tree(Desk().client.get(LIST)).xpath("//ul[@class='case-facts']")[0].text_content()
    assert "Changes a number" in facts
    assert "Where the reader saw it" not in facts  # that goes without saying


def labels(
    old: str, new: str, *, category: str = "fact", before: str = "It counts ", after: str = " today."
) -> list[str]:
    change = FlaggedChange(old, new, before, after, category, "en")
    flags = find_flags(old, new, prefix=before, suffix=after, category=category, language="en")
    return [str(label.words) for label in change_labels(flags, change)]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("67", "57", ["67 → 57 is a number"]),
        ("22:40", "22:10", ["22:40 → 22:10 is a number"]),
        ("Ana Lopez and 14 boats", "Ana Lopes and 15 boats", ["Lopez → Lopes is a name", "14 → 15 is a number"]),
        ("Tuesday", "Wednesday", ["Tuesday → Wednesday is a day, a month or a sum"]),
        ("not here", "here", ["not (taken out) reverses the meaning"]),
        ("here", "here in 2021", ["in 2021 (put in) is a number"]),
    ],
)
def test_a_flag_names_the_words_that_it_is_about(old: str, new: str, said: list[str]) -> None:
    assert sorted(labels(old, new)) == sorted(said)


def test_what_fits_no_list_is_named_as_well() -> None:
    assert "CYRILLIC SMALL LETTER A" in " ".join(labels("bank", "bаnk"))
    assert labels("recieve", "receive", category="typo") == ["recieve → receive: the word list agrees"]
    [large] = labels("a", "b " * 90, category="typo")
    assert large == "Larger than “Spelling or grammar” suggests"


def test_what_a_kind_makes_void_says_with_which_kinds_it_matters() -> None:
    page = tree(Desk().open(make_case(make_article(), "14", "15", category="fact")))
    flags = page.xpath("//ul[@class='desk-flags']/li")
    assert [flag.text_content() for flag in flags] == [
        "14 → 15 is a number",
        "So it needs a public note and a second editor",
    ]
    assert flags[0].get("data-kinds") is None
    assert flags[1].get("data-kinds").split() == ["update", "typo", "clarification"]
