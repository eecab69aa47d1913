"""A passage grows to the sentences and then to the paragraph around it."""

import pytest

from corrections.anchoring.spans import Span
from corrections.desk.forms.widening import Width, parse_width, widened, widths
from tests.support.admin_page import form_of
from tests.support.desk_page import Desk, make_case, typing_in
from tests.support.factories import current_revision, make_article

TEXT = "Dr. J. Ng said “No.” It counts 14.5 bridges! Are 3 closed? Yes\n\nNext one. 橋は十四。三つは。\n\nEnd"


def around(words: str, width: Width) -> str:
    at = TEXT.index(words)
    span = widened(TEXT, Span(at, at + len(words)), width)
    return TEXT[span.start : span.end]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("said", "Dr. J. Ng said “No.”"),
        ("14.5", "It counts 14.5 bridges!"),
        ("bridges! Are", "It counts 14.5 bridges! Are 3 closed?"),
        ("Yes", "Yes"),
        ("十四", "橋は十四。"),
        ("Yes\n\nNext", "Yes\n\nNext one."),
        ("End", "End"),
    ],
)
def test_the_sentences_that_a_passage_touches(words: str, sentence: str) -> None:
    assert around(words, Width.SENTENCE) == sentence


def test_the_paragraph_and_each_width_once() -> None:
    assert around("14.5", Width.PARAGRAPH) == TEXT.split("\n\n")[0]
    assert around("Yes\n\nNext", Width.PARAGRAPH) == TEXT.rpartition("\n\n")[0]
    assert widths(TEXT, Span(len(TEXT) - 3, len(TEXT))) == [Span(len(TEXT) - 3, len(TEXT))]
    assert (parse_width("sentence"), parse_width("x")) == (Width.SENTENCE, Width.PASSAGE)


@pytest.mark.django_db
def test_without_scripts_the_sentence_is_edited_through_a_link() -> None:
    article = make_article(body="<p>It is shut. The council will recieve the report on Tuesday. It is long.</p>")
    desk, case = Desk(), make_case(article)
    page = desk.open(case, "?width=sentence")
    assert typing_in(page, "edit", "wording") == "The council will receive the report on Tuesday."
    assert "?width=paragraph" in form_of(page, "edit").xpath(".//a/@href")
    desk.send(page, "edit", wording="The council gets the report on Tuesday.", kind="typo", note="")
    assert current_revision(article).require_content().text == (
        "It is shut. The council gets the report on Tuesday. It is long."
    )
