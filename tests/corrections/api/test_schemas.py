"""Bodies of the suggestions API: every name known, every value of its own type."""

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from corrections.anchoring.relocation import Quote
from corrections.api.schemas import AnswerIn, CreditIn, Nothing, SuggestionIn, as_sent
from corrections.suggestions.validation import SuggestionInput

QUOTE = {"field": "body", "exact": "wrogn", "prefix": "the ", "suffix": " word", "start": 4, "end": 9}
BODY = {
    "article": "bridges",
    "revision": 3,
    "quote": QUOTE,
    "replacement": "wrong",
    "category": "typo",
    "note": "A note.",
    "evidence_url": "https://example.org/",
    "email": "ada@example.org",
    "name": "Ada",
    "credit": True,
    "stamp": "stamp",
    "website": "",
    "pow": "work",
}


def test_a_body_becomes_what_the_reader_sent() -> None:
    assert as_sent(SuggestionIn.model_validate(BODY)) == SuggestionInput(
        quote=Quote("body", "wrogn", "the ", " word", 4, 9, 3),
        replacement="wrong",
        category="typo",
        note="A note.",
        evidence_url="https://example.org/",
        email="ada@example.org",
        name="Ada",
        credit=True,
        looks_automatic=False,
        stamp="stamp",
        work="work",
    )


def test_the_field_that_people_do_not_see_gives_a_script_away() -> None:
    assert as_sent(SuggestionIn.model_validate(BODY | {"website": "x"})).looks_automatic


def test_what_may_be_left_out_is_empty() -> None:
    required = {name: BODY[name] for name in ("article", "revision", "category")}
    sent = as_sent(SuggestionIn.model_validate(required | {"quote": None, "replacement": None}))
    assert sent == SuggestionInput(quote=None, replacement=None, category="typo")


@pytest.mark.parametrize("name", ["quote", "replacement", "category"])
def test_the_others_may_not(name: str) -> None:
    with pytest.raises(ValidationError) as refused:
        SuggestionIn.model_validate({key: value for key, value in BODY.items() if key != name})
    assert [error["loc"] for error in refused.value.errors()] == [(name,)]


@pytest.mark.parametrize(
    ("model", "body"),
    [
        (SuggestionIn, BODY | {"extra": 1}),
        (SuggestionIn, BODY | {"revision": "3"}),
        (SuggestionIn, BODY | {"revision": 3.0}),
        (SuggestionIn, BODY | {"credit": 1}),
        (SuggestionIn, BODY | {"note": None}),
        (SuggestionIn, BODY | {"quote": QUOTE | {"start": True}}),
        (SuggestionIn, BODY | {"quote": QUOTE | {"extra": 1}}),
        (CreditIn, {"name": "Ada"}),
        (CreditIn, {"name": "Ada", "credit": "true"}),
        (AnswerIn, {}),
        (AnswerIn, {"text": b"x"}),
        (Nothing, {"x": 1}),
    ],
)
def test_unknown_names_and_other_types_are_refused(model: type[BaseModel], body: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        model.model_validate(body)
