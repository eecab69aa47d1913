"""What two lists of words have in common, in order."""

from corrections.anchoring.sequences import (
    EqualRun,
    best_pairs,
    drop_weak_runs,
    join_scattered_runs,
    match_runs,
    shift_to_boundaries,
    word_runs,
)
from corrections.anchoring.tokens import tokenise


def test_common_ends_and_unique_lines_are_matched() -> None:
    assert match_runs(list("abcd"), list("axcd")) == [EqualRun(0, 0, 1), EqualRun(2, 2, 2)]
    assert match_runs(list("xab"), list("abx")) == [EqualRun(1, 0, 1), EqualRun(2, 1, 1)]
    assert match_runs(list("ab"), list("cd")) == []


def test_common_words_are_matched_as_one_run() -> None:
    assert word_runs(list("abc"), list("bcd")) == [EqualRun(1, 0, 2)]


def test_an_inserted_sentence_is_told_as_a_whole() -> None:
    torn = [EqualRun(0, 0, 1), EqualRun(1, 3, 1)]
    assert shift_to_boundaries(["one", "."], ["one", ".", "two", "."], torn) == [EqualRun(0, 0, 2)]


def test_a_scattered_word_joins_its_neighbour() -> None:
    torn = [EqualRun(0, 0, 1), EqualRun(1, 3, 1)]
    assert join_scattered_runs(["a", "b"], ["a", "x", "a", "b"], torn) == [EqualRun(0, 2, 2)]


def test_a_chance_word_between_long_edits_is_no_match() -> None:
    old, new = "the long beginning of it a the long end of it", "quite other words there a something else entirely"
    a, b = tokenise(old, 0, len(old)), tokenise(new, 0, len(new))
    runs = word_runs(a.keys, b.keys)
    assert len(runs) == 1
    assert drop_weak_runs(a, b, runs) == []
    assert drop_weak_runs(a, a, [EqualRun(0, 0, 11)]) == [EqualRun(0, 0, 11)]


def test_pairs_rise_on_both_sides_with_the_highest_weight() -> None:
    assert best_pairs([[1.0, 0.0], [5.0, 2.0]]) == [(1, 0)]
    assert best_pairs([[3.0, 0.0], [5.0, 3.0]]) == [(0, 0), (1, 1)]
    assert best_pairs([]) == []
