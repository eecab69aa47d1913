"""Sentences of any language."""

import pytest

from corrections.echoes.sentences import LONGEST, sentence_spans


@pytest.mark.parametrize(
    "sentences",
    [
        ["It opened.", "Mr. Lee came at 10 a.m. and left.", "“Why?” he asked.", "Nobody knew!"],
        ["Er kam am 14. Mai an.", "Es regnete."],
        ["لن يغلق المجلس الجسر.", "لماذا؟", "لا أحد يعرف."],
        ["議会は橋を閉鎖しない。", "市長は言った。"],
        ["¿Por qué?", "Nadie lo sabe."],
    ],
)
def test_a_text_is_parted_at_the_ends_of_sentences(sentences: list[str]) -> None:
    text = ("" if "。" in sentences[0] else " ").join(sentences)
    assert [text[span.start : span.end] for span in sentence_spans(text)] == sentences


def test_a_line_end_parts_and_what_never_ends_is_cut() -> None:
    assert [(span.start, span.end) for span in sentence_spans("one\n\n two ")] == [(0, 3), (6, 9)]
    assert all(span.end - span.start <= LONGEST for span in sentence_spans("word " * 1000))
