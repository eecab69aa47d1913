"""Nearly equal sentences with the same mistake, made from real texts beside as many lookalikes."""

from benchmarks.echo_pairs import made_pairs
from corrections.anchoring.spans import Span
from corrections.echoes.fingerprints import fingerprints
from corrections.echoes.matching import Mistake, fit, in_whole_words
from corrections.echoes.sentences import sentence_spans


def is_shown(text: str, start: int, end: int, right: str, other: str) -> bool:
    """As a look-up does: a sentence that shares a fingerprint, and then the match."""
    mistake = in_whole_words(Mistake(text, Span(start, end), right))
    [sentence] = [span for span in sentence_spans(text) if span.start <= mistake.span.start < span.end]
    ours = set(fingerprints(text[sentence.start : sentence.end]))
    return any(
        ours.intersection(fingerprints(other[span.start : span.end])) and fit(mistake, sentence, other, span)
        for span in sentence_spans(other)
    )


def test_nearly_equal_sentences_are_found_and_lookalikes_are_not() -> None:
    pairs = made_pairs(seed=7)
    shown = [is_shown(each.ours.text, each.ours.start, each.ours.end, each.ours.right, each.other) for each in pairs]
    echoes = sum(each.is_echo for each in pairs)
    found = sum(is_it and each.is_echo for is_it, each in zip(shown, pairs, strict=True))
    wrong = sum(is_it and not each.is_echo for is_it, each in zip(shown, pairs, strict=True))
    assert echoes * 2 == len(pairs) > 500
    assert found >= 0.95 * echoes
    assert wrong <= 0.01 * (found + wrong)


def test_the_change_is_fitted_in_whole_words() -> None:
    text, other = "It opened in Mai 1967, they say.", "Well, it opened in Mai 1967, they say."
    mistake = in_whole_words(Mistake(text, Span(15, 16), "y"))
    assert (mistake.span, mistake.replacement) == (Span(13, 16), "May")
    fitted = fit(mistake, Span(0, len(text)), other, Span(0, len(other)))
    assert fitted
    assert (other[fitted.span.start : fitted.span.end], fitted.replacement) == ("Mai", "May")


def test_an_insertion_takes_the_word_beside_it_and_is_not_made_twice() -> None:
    text = "The council did vote for the wall on Monday night."
    mistake = in_whole_words(Mistake(text, Span(16, 16), "not "))
    whole = Span(0, len(text))
    assert fit(mistake, whole, text, whole)
    right = "The council did not vote for the wall on Monday night."
    assert fit(mistake, whole, right, Span(0, len(right))) is None
