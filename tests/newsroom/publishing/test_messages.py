"""Every refusal has one sentence."""

import re

import pytest

from newsroom.models import Refused
from newsroom.publishing.drafts import DeadLinks
from newsroom.publishing.messages import explain
from newsroom.publishing.policy import NoteRequired, NoteSaysTooLittle
from newsroom.text.canonical import NotCanonical
from newsroom.text.forbidden_characters import ControlCharacters
from newsroom.text.sanitizer import Limit, TooLong


def kinds_of(kind: type[Exception]) -> list[type[Exception]]:
    return [each for below in kind.__subclasses__() for each in (below, *kinds_of(below))]


MADE: dict[type[Exception], Exception] = {
    DeadLinks: DeadLinks(["pool.html"])
}  # others are made with what their sentence does not name


@pytest.mark.parametrize(
    "refusal", [*(kind for kind in kinds_of(Refused) if kind.__module__.startswith("newsroom.")), NotCanonical]
)
def test_each_refusal_of_the_newsroom_is_explained_in_one_sentence(refusal: type[Exception]) -> None:
    told = explain(MADE.get(refusal) or refusal.__new__(refusal))

    assert told.endswith((".", "”"))
    assert "\n" not in told


def test_a_note_that_says_too_little_is_told_otherwise_than_none() -> None:
    assert explain(NoteRequired()) == (
        "This kind of change needs a public note that says what was wrong and what is right."
    )
    assert explain(NoteSaysTooLittle()).startswith("The note does not say what changed")


@pytest.mark.parametrize("limit", Limit)
def test_what_is_too_long_is_told_the_number_that_it_crossed(limit: Limit) -> None:
    [number] = re.findall(r"\d[\d,]*", limit)
    assert number in explain(TooLong(limit))


def test_control_characters_are_named() -> None:
    assert explain(ControlCharacters(["U+0007", "U+0085"])) == "Remove the control characters U+0007, U+0085."


def test_what_is_no_refusal_is_not_explained_away() -> None:
    with pytest.raises(KeyError):
        explain(ValueError())
