"""Each refusal is told in a sentence, beside the field that it is about."""

import pytest

from corrections.decisions.compose import PassageLost
from corrections.decisions.messages import blamed_field, explain_decision
from corrections.screening.hidden_characters import HiddenCharacters
from newsroom.publishing.policy import NoteRequired
from newsroom.text.canonical import NotCanonical


def test_a_refusal_is_told_with_what_it_names() -> None:
    assert explain_decision(HiddenCharacters(["U+202E"])) == "Remove the hidden characters U+202E."
    assert explain_decision(PassageLost()) == (
        "The passage is not in the current version; edit the whole article instead."
    )


@pytest.mark.parametrize(
    ("refusal", "blamed", "field"),
    [
        (NoteRequired(), ("reason",), "reason"),
        (NoteRequired(), ("wording",), "note"),
        (HiddenCharacters(["U+202E"]), ("wording", "note"), "wording"),
        (NotCanonical(), (), None),
        (PassageLost(), ("wording",), None),
    ],
)
def test_a_refusal_stands_beside_its_field(refusal: Exception, blamed: tuple[str, ...], field: str | None) -> None:
    assert blamed_field(refusal, blamed) == field
