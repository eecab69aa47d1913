"""A passage copied into the plain form is found whatever white space it was copied with, and at a bounded cost."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corrections.anchoring.quote_search import QuoteSearch
from corrections.suggestions.quote_lookup import MAX_OCCURRENCES, Ambiguous, NotFound, find_quote
from corrections.suggestions.validation import MAX_EXACT
from newsroom.models import Revision, RevisionText

BLANK = "[ \\t\\r\\n]+"


def revision(text: str, **lines: str) -> Revision:
    """An unsaved one, with a text."""
    unsaved = Revision(number=1)
    RevisionText(revision=unsaved, text=text, **lines)
    return unsaved


def spans(text: str, exact: str) -> list[tuple[int | None, int | None]]:
    """Every place that the form would offer."""
    found: list[tuple[int | None, int | None]] = []
    for number in range(MAX_OCCURRENCES):
        try:
            quote = find_quote(revision(text), exact, occurrence=str(number))
        except (Ambiguous, NotFound):
            break
        if (quote.start, quote.end) in found:
            break
        assert text[quote.start : quote.end] == quote.exact
        found.append((quote.start, quote.end))
    return found


@given(st.text(alphabet="ab. \n\t", max_size=40), st.text(alphabet="ab. \n\t", min_size=1, max_size=6))
@example("a\n\na  a", "a a")
def test_a_passage_is_found_where_a_pattern_of_its_words_finds_it(text: str, exact: str) -> None:
    words = exact.strip() or "a"
    pattern = re.compile(BLANK.join(map(re.escape, re.split(BLANK, words))))

    assert spans(text, words) == [match.span() for match in pattern.finditer(text)][:MAX_OCCURRENCES]


@pytest.mark.parametrize("exact", ["a" * (MAX_EXACT + 1), "a " * 1_000_000 + "b"])
def test_more_than_a_passage_is_not_looked_for(exact: str) -> None:
    with pytest.raises(NotFound):
        find_quote(revision(exact), exact)


@given(st.lists(st.sampled_from("abc"), max_size=30), st.lists(st.sampled_from("abc"), min_size=1, max_size=4))
def test_words_in_other_letters_are_found_at_their_places(words: list[str], wanted: list[str]) -> None:
    text, exact = " ".join(words), " ".join(wanted).upper()
    places = [at for at in range(len(words)) if words[at : at + len(wanted)] == wanted]

    found = sorted(place.start for place in QuoteSearch(text, exact, "", "").folded())
    assert found == [2 * at for at in places]


PARTS = {"headline": "The bridge is closed", "standfirst": "It is closed until May.", "body": "It is closed."}


def in_parts(exact: str) -> tuple[str, int | None, int | None]:
    article = revision(PARTS["body"], headline=PARTS["headline"], standfirst=PARTS["standfirst"])
    found = find_quote(article, exact)
    return found.field, found.start, found.end


def test_a_passage_is_found_in_the_field_that_holds_all_of_it() -> None:
    assert in_parts("The bridge") == ("headline", 0, 10)
    assert in_parts("closed until") == ("standfirst", 6, 18)
    assert in_parts("closed.") == ("body", 6, 13)


@pytest.mark.parametrize("blank", [" ", "\n", "\n\n", ""])
@pytest.mark.parametrize("parts", [("headline", "body"), ("headline", "standfirst"), ("standfirst", "body")])
def test_words_of_two_fields_are_found_in_none(parts: tuple[str, str], blank: str) -> None:
    first, second = (PARTS[name] for name in parts)
    with pytest.raises(NotFound):
        in_parts(f"{first[-6:]}{blank}{second[:5]}")


def test_words_that_stand_in_two_fields_are_offered_in_both() -> None:
    with pytest.raises(Ambiguous) as several:
        in_parts("It is closed")
    assert [each["after"] for each in several.value.occurrences] == [" until May.", "."]
