"""What a reader may not send is refused with a sentence for each field."""

from dataclasses import replace

import pytest

from corrections.models import Suggestion
from corrections.suggestions.submit import submit_suggestion
from corrections.suggestions.validation import InvalidInput, SuggestionInput
from newsroom.models import Revision
from tests.support.factories import current_revision, make_article
from tests.support.suggestion_factories import make_quote

pytestmark = pytest.mark.django_db


@pytest.fixture
def revision() -> Revision:
    return current_revision(make_article())


@pytest.fixture
def sent(revision: Revision) -> SuggestionInput:
    return SuggestionInput(quote=make_quote(revision, "recieve"), replacement="receive", category="typo")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"replacement": "recieve"}, "replacement"),
        ({"replacement": "x" * 2001}, "replacement"),
        ({"replacement": "rec\u202eeive"}, "replacement"),
        ({"replacement": "rec\U000e0041eive"}, "replacement"),
        ({"replacement": "rec\x07eive"}, "replacement"),
        ({"replacement": None}, "note"),
        ({"replacement": None, "note": "  "}, "note"),
        ({"note": "x" * 2001}, "note"),
        ({"category": "rant"}, "category"),
        ({"evidence_url": "javascript:alert(1)"}, "evidence_url"),
        ({"evidence_url": "https://[broken"}, "evidence_url"),
        ({"evidence_url": "https://example.org/" + "x" * 500}, "evidence_url"),
        ({"evidence_url": "https://example.org/a https://example.org/b"}, "evidence_url"),
        ({"evidence_url": "nowhere"}, "evidence_url"),
        ({"email": "nobody"}, "email"),
        ({"quote": None}, "replacement"),
        ({"name": "x" * 101}, "name"),
    ],
)
def test_each_field_is_refused_with_a_sentence(
    revision: Revision, sent: SuggestionInput, change: dict[str, str | None], field: str
) -> None:
    with pytest.raises(InvalidInput) as invalid:
        submit_suggestion(revision, sent=replace(sent, **change))  # type: ignore[arg-type]

    assert list(invalid.value.errors) == [field]
    assert invalid.value.errors[field][0].endswith(".")
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"exact": "   "}, "quote.exact"),
        ({"exact": "x" * 1001}, "quote.exact"),
        ({"exact": "a\0"}, "quote.exact"),
        ({"field": "footer"}, "quote.field"),
        ({"start": 9, "end": 9}, "quote.start"),
        ({"start": -1}, "quote.start"),
        ({"prefix": "x" * 33}, "quote.prefix"),
    ],
)
def test_a_quote_is_refused_with_a_sentence(
    revision: Revision, sent: SuggestionInput, change: dict[str, str | int], field: str
) -> None:
    assert sent.quote
    with pytest.raises(InvalidInput) as invalid:
        submit_suggestion(revision, sent=replace(sent, quote=replace(sent.quote, **change)))  # type: ignore[arg-type]

    assert list(invalid.value.errors) == [field]


@pytest.mark.parametrize("words", ["می‌خواهم", "👩‍🔬", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "дошка оголошень", "soft\u00adhyphen"])
def test_spelling_that_uses_joiners_passes(revision: Revision, sent: SuggestionInput, words: str) -> None:
    assert submit_suggestion(revision, sent=replace(sent, replacement=words)).replacement == words


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" \u200bhttps://example.org/a\u00a0\n", "https://example.org/a"),
        ("\ufeffwww.example.org", "https://www.example.org"),
        ("example.org/page?a=1#b", "https://example.org/page?a=1#b"),
        ("http://example.org", "http://example.org"),
        ("\u200b ", ""),
    ],
)
def test_a_link_is_taken_as_people_paste_it(revision: Revision, sent: SuggestionInput, typed: str, stored: str) -> None:
    assert submit_suggestion(revision, sent=replace(sent, evidence_url=typed)).evidence_url == stored


def test_a_note_loses_what_nobody_sees_and_keeps_flags(revision: Revision, sent: SuggestionInput) -> None:
    flag = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"
    note = f"a\0b\r\n\u202e{flag}\u200b\u200dc"
    assert submit_suggestion(revision, sent=replace(sent, note=note)).note == f"ab\n{flag}\u200dc"


def test_a_note_of_nothing_that_is_seen_is_no_note(revision: Revision, sent: SuggestionInput) -> None:
    with pytest.raises(InvalidInput) as invalid:
        submit_suggestion(revision, sent=replace(sent, replacement=None, note="\u200b"))
    assert list(invalid.value.errors) == ["note"]


def test_hidden_characters_are_named(revision: Revision, sent: SuggestionInput) -> None:
    with pytest.raises(InvalidInput) as invalid:
        submit_suggestion(revision, sent=replace(sent, replacement="re\u202eceive\u2066"))

    assert invalid.value.errors["replacement"] == ["Remove the hidden characters U+202E, U+2066."]


def test_a_quote_of_the_readers_own_making_lets_nothing_hidden_in(revision: Revision, sent: SuggestionInput) -> None:
    assert sent.quote
    forged = replace(sent, quote=replace(sent.quote, exact="recieve\u202e"), replacement="receive\u202e")
    with pytest.raises(InvalidInput) as invalid:
        submit_suggestion(revision, sent=forged)

    assert invalid.value.errors == {"replacement": ["Remove the hidden characters U+202E."]}


def test_what_the_article_hides_itself_may_stay(sent: SuggestionInput) -> None:
    article = make_article(body="<p>They will recieve\u200b the report.</p>")
    assert sent.quote
    marked = replace(sent, quote=replace(sent.quote, exact="recieve\u200b"), replacement="receive\u200b")

    assert submit_suggestion(current_revision(article), sent=marked).replacement == "receive\u200b"
