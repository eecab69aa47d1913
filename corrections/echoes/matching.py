"""Whether another sentence has the same mistake in the same surroundings, and what would put it right there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from rapidfuzz.distance import Indel

from corrections.anchoring.spans import Span, changed_span
from corrections.anchoring.tokens import Tokens, fold, inside_word, tokenise

MOST_DIFFERENCES = 2  # places that differ, as a clause between commas makes two
MOST_FACTS = 1  # of them with another name or number
LEAST_CONTEXT = 3  # words beside the mistake that both sentences have …
OF_LONGER, OF_SHORTER = 0.35, 0.75  # … and their share of all words beside it
LEAST_ALONE = 5  # words of a mistake that is nearly its whole sentence


@dataclass(frozen=True, slots=True)
class Mistake:
    """Wrong words of a text at `span`, and the right ones."""

    text: str
    span: Span
    replacement: str


@dataclass(frozen=True, slots=True)
class Fitted:
    """Where the wrong words stand in another text, and what replaces them there."""

    span: Span
    replacement: str


def in_whole_words(mistake: Mistake) -> Mistake:
    """As few words as possible, but whole ones; of an insertion the word beside it."""
    text = mistake.text
    change = changed_span(text, mistake.span, mistake.replacement)
    start, end = change.start, change.end
    if start == end:
        words = tokenise(text, max(0, start - 60), min(len(text), end + 60))
        before = [first for first, last in zip(words.starts, words.ends, strict=True) if last <= start]
        after = [last for first, last in zip(words.starts, words.ends, strict=True) if first >= start]
        start, end = (before[-1], end) if before else (start, after[0] if after else end)
    while inside_word(text, start):
        start -= 1
    while inside_word(text, end):
        end += 1
    corrected = text[: mistake.span.start] + mistake.replacement + text[mistake.span.end :]
    return Mistake(text, Span(start, end), corrected[start : end + len(corrected) - len(text)])


def fit(mistake: Mistake, sentence: Span, text: str, other: Span) -> Fitted | None:
    """The mistake, in whole words, of `sentence` in another text's sentence; None where it is not there."""
    ours = tokenise(mistake.text, sentence.start, sentence.end)
    theirs = tokenise(text, other.start, other.end)
    wrong = [i for i, start in enumerate(ours.starts) if mistake.span.start <= start < mistake.span.end]
    matched = _matched(ours, theirs)
    places = [matched.get(index) for index in wrong]
    if not places or any(place != (places[0] or 0) + step for step, place in enumerate(places)):
        return None
    first, last = places[0] or 0, places[-1] or 0
    if not _is_alike(_Pair(text_of(mistake.text, ours), ours, text_of(text, theirs), theirs, matched), wrong):
        return None
    found = Span(theirs.starts[first], theirs.ends[last])
    return None if _reads_right(text, found, mistake.replacement) else Fitted(found, mistake.replacement)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two sentences: their words as written, their tokens, and which token of the first is which of the second."""

    our_words: Sequence[str]
    ours: Tokens
    their_words: Sequence[str]
    theirs: Tokens
    matched: Mapping[int, int]


def text_of(text: str, tokens: Tokens) -> list[str]:
    return [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)]


def _matched(ours: Tokens, theirs: Tokens) -> dict[int, int]:
    return {
        code.src_start + step: code.dest_start + step
        for code in Indel.opcodes(ours.keys, theirs.keys)
        if code.tag == "equal"
        for step in range(code.src_end - code.src_start)
    }


def _is_alike(pair: _Pair, wrong: Sequence[int]) -> bool:
    beside = [i for i, word in enumerate(pair.our_words) if i not in wrong and _is_word(word)]
    same = [i for i in beside if i in pair.matched]
    their_words = sum(map(_is_word, pair.their_words)) - sum(_is_word(pair.our_words[i]) for i in wrong)
    longer, shorter = max(len(beside), their_words), min(len(beside), their_words)
    if longer < LEAST_CONTEXT:
        return len(same) == longer and len(wrong) + len(same) >= LEAST_ALONE
    if len(same) < max(LEAST_CONTEXT, OF_LONGER * longer, OF_SHORTER * shorter):
        return False
    if not _touches_same(pair, wrong):
        return False
    places = _differences(pair)
    return len(places) <= MOST_DIFFERENCES and sum(places) <= MOST_FACTS


def _touches_same(pair: _Pair, wrong: Sequence[int]) -> bool:
    """Whether the word before or behind the mistake is the same."""
    first, last = wrong[0], wrong[-1]
    before, behind = pair.matched[first] - 1, pair.matched[last] + 1
    return pair.matched.get(first - 1) == before or pair.matched.get(last + 1) == behind


def _differences(pair: _Pair) -> list[bool]:
    """The places that differ; for each whether a name or a number stands in it."""
    places = list[bool]()
    codes = Indel.opcodes(pair.ours.keys, pair.theirs.keys)

    def is_kept(code: Any) -> bool:
        """Whether the same words stand there, and not only punctuation between two that differ: "2,316"."""
        return code.tag == "equal" and any(map(_is_word, pair.our_words[code.src_start : code.src_end]))

    for is_same, group in groupby(codes, key=is_kept):
        if is_same:
            continue
        run = list(group)
        old = pair.our_words[run[0].src_start : run[-1].src_end]
        new = pair.their_words[run[0].dest_start : run[-1].dest_end]
        if any(map(_is_word, [*old, *new])):
            places.append(any(map(_is_fact, [*old, *new])))
    return places


def _is_word(word: str) -> bool:
    return word[0].isalnum()


def _is_fact(word: str) -> bool:
    return word[0].isupper() or word[0].isdecimal()


def _reads_right(text: str, found: Span, replacement: str) -> bool:
    """Whether the right words stand there already, around the wrong ones."""
    wrong = text[found.start : found.end]
    at = replacement.find(wrong)
    if at < 0:
        return False
    start = found.start - at
    return start >= 0 and fold(text[start : start + len(replacement)]) == fold(replacement)
