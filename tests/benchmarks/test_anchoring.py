"""The cases of the anchoring benchmark say the truth about their texts, and the judge keeps to it."""

import pytest

from benchmarks.anchoring.cases import EDITS, Case, generate
from benchmarks.anchoring.judging import Verdict, judge, overlap
from benchmarks.anchoring.marks import END, START, Span
from benchmarks.anchoring.peer import Peer

SAME_WORDS = ("unchanged", "insert_before", "para_moved", "context_rewritten", "repeated_shift", "repeated_trap")
GONE = ("deleted", "deleted_lookalike", "deleted_copy", "word_corrected", "heavy_rewrite")


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return list(generate(5, per_kind={5_000: 2}))


def case_with(*, expected: Span | None, also_ok: tuple[Span, ...] = ()) -> Case:
    return Case("id", "kind", 0, "old", "new", 0, 3, expected, also_ok)


def test_the_same_seed_gives_the_same_cases(cases: list[Case]) -> None:
    assert list(generate(5, per_kind={5_000: 2})) == cases
    assert [case.kind for case in cases] == [kind for kind in EDITS for _ in range(2)]


def test_no_mark_is_left_in_a_text(cases: list[Case]) -> None:
    assert not [case.id for case in cases for mark in (START, END) if mark in case.old + case.new]


def test_the_truth_of_an_untouched_passage_is_the_passage(cases: list[Case]) -> None:
    for case in cases:
        if case.kind in SAME_WORDS:
            assert case.expected is not None
            assert case.new[slice(*case.expected)] == case.exact


def test_a_passage_is_gone_in_the_kinds_that_take_it_away(cases: list[Case]) -> None:
    assert {case.kind for case in cases if case.expected is None} == set(GONE)


@pytest.mark.parametrize(
    ("case", "answer", "verdict"),
    [
        (case_with(expected=(10, 20)), (10, 20), Verdict.right),
        (case_with(expected=(10, 20)), (10, 18), Verdict.right),
        (case_with(expected=(10, 20)), (10, 17), Verdict.ragged),
        (case_with(expected=(10, 20)), (20, 30), Verdict.wrong),
        (case_with(expected=(10, 20)), None, Verdict.missed),
        (case_with(expected=None), None, Verdict.right),
        (case_with(expected=None), (10, 20), Verdict.wrong),
        (case_with(expected=None, also_ok=((10, 20),)), (10, 20), Verdict.right),
    ],
)
def test_an_answer_is_judged_by_what_it_shares_with_the_truth(
    case: Case, answer: Span | None, verdict: Verdict
) -> None:
    assert judge(case, answer).verdict is verdict


def test_overlap_counts_the_code_points_of_both_over_those_of_either() -> None:
    assert overlap((0, 10), (5, 15)) == pytest.approx(1 / 3)
    assert overlap((0, 10), (10, 15)) == 0


def test_the_peer_answers_in_code_points() -> None:
    old, new = "\U0001f600 One quiet lantern stood here.", "\U0001f600\U0001f600 One quiet lantarn stood here."
    with Peer() as peer:
        assert peer.relocate(Case("id", "kind", 0, old, new, 2, 19, None, ())) == (3, 20)
        assert peer.relocate(Case("id", "kind", 0, old, "Nothing.", 2, 19, None, ())) is None
