"""Holds an answer against the truth of its case."""

from dataclasses import dataclass
from enum import StrEnum

from benchmarks.anchoring.cases import Case
from benchmarks.anchoring.marks import Span

NEAR_ENOUGH = 0.8  # of the code points in either span, so many are in both


class Verdict(StrEnum):
    """How an answer did; `ragged` is a span that touches the right place with other bounds than it should."""

    right = "right"
    wrong = "wrong"
    ragged = "ragged"
    missed = "missed"


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, and whether the bounds are those of the truth to the letter."""

    verdict: Verdict
    exact: bool


def judge(case: Case, answer: Span | None) -> Judged:
    return Judged(_verdict(case, answer), answer == case.expected)


def _verdict(case: Case, answer: Span | None) -> Verdict:
    if answer is None:
        return Verdict.right if case.expected is None else Verdict.missed
    truths = case.also_ok if case.expected is None else (case.expected, *case.also_ok)
    shared = max((overlap(answer, truth) for truth in truths), default=0.0)
    if shared >= NEAR_ENOUGH:
        return Verdict.right
    return Verdict.ragged if shared else Verdict.wrong


def overlap(one: Span, other: Span) -> float:
    """The share of code points in either span that are in both."""
    both = min(one[1], other[1]) - max(one[0], other[0])
    return both / (max(one[1], other[1]) - min(one[0], other[0])) if both > 0 else 0.0
