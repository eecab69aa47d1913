"""How often a passage is found again, beside the peer on the same cases; the table goes to the screen."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from benchmarks.anchoring.cases import EDITS, Case, generate
from benchmarks.anchoring.judging import Judged, Verdict, judge
from benchmarks.anchoring.marks import Span
from benchmarks.anchoring.peer import Peer
from benchmarks.rows import Row
from corrections.anchoring.relocation import Relocation

# Nothing is tuned on these.
SEEDS = [11, 22, 33, 44, 55]
# Kinds that anything should find: no edit of these takes the passage away or leaves a choice.
PLAIN = (
    "unchanged insert_before typo_in_quote words_in_quote para_moved moved_and_typo repeated_shift repeated_words "
    "unicode_shift unicode_typo nfc_to_nfd typographer whitespace"
)
SHOWN = 40  # ids of cases that failed


@dataclass(frozen=True, slots=True)
class Outcome:
    """Both answers to one case."""

    name: str
    kind: str
    is_span: bool  # the truth is a place, not that the passage is gone
    ours: Judged
    peer: Judged


def rows() -> Iterator[Row]:
    # The seeds share nothing, and most of the time goes into writing their texts.
    with ProcessPoolExecutor() as pool:
        outcomes = [outcome for found in pool.map(_outcomes, SEEDS) for outcome in found]
    _print_table(outcomes)
    _print_failures(outcomes)
    yield Row("relocate_right", _share(outcomes, _has(Verdict.right, _ours)), "share", 0.995, "higher")
    yield Row("relocate_wrong", _share(outcomes, _has(Verdict.wrong, _ours)), "share", 0.0005, "lower")


def _outcomes(seed: int) -> list[Outcome]:
    with Peer() as peer:
        return [
            Outcome(
                name=f"{seed}/{case.id}",
                kind=case.kind,
                is_span=case.expected is not None,
                ours=judge(case, _relocate(case)),
                peer=judge(case, peer.relocate(case)),
            )
            for case in generate(seed)
        ]


def _relocate(case: Case) -> Span | None:
    anchor = Relocation(case.old, case.new).relocate(case.start, case.end)
    return None if anchor.start is None or anchor.end is None else (anchor.start, anchor.end)


def _ours(outcome: Outcome) -> Judged:
    return outcome.ours


def _peer(outcome: Outcome) -> Judged:
    return outcome.peer


def _has(verdict: Verdict, whose: Callable[[Outcome], Judged]) -> Callable[[Outcome], bool]:
    return lambda outcome: whose(outcome).verdict is verdict


def _share(outcomes: Sequence[Outcome], counts: Callable[[Outcome], bool]) -> float:
    return sum(map(counts, outcomes)) / len(outcomes)


def _print_table(outcomes: Sequence[Outcome]) -> None:
    """In per cent of the cases; exact bounds in per cent of those whose truth is a span."""
    columns = " ".join(f"{verdict.value:>6}" for verdict in Verdict) + "  exact"
    print(f"{'in %':20} {'cases':>6}   {'ours':{len(columns)}}   peer")
    print(f"{'':20} {'':>6}   {columns}   {columns}")
    for kind in EDITS:
        _print_line(kind, [outcome for outcome in outcomes if outcome.kind == kind])
    _print_line("all", outcomes)


def _print_line(name: str, outcomes: Sequence[Outcome]) -> None:
    print(f"{name:20} {len(outcomes):>6}   {_figures(outcomes, _ours)}   {_figures(outcomes, _peer)}")


def _figures(outcomes: Sequence[Outcome], whose: Callable[[Outcome], Judged]) -> str:
    spans = [outcome for outcome in outcomes if outcome.is_span]
    exact = f"{100 * _share(spans, lambda outcome: whose(outcome).exact):6.2f}" if spans else f"{'–':>6}"
    return " ".join(f"{100 * _share(outcomes, _has(verdict, whose)):6.2f}" for verdict in Verdict) + " " + exact


def _print_failures(outcomes: Sequence[Outcome]) -> None:
    plain = PLAIN.split()
    lost = [
        outcome.name
        for outcome in outcomes
        if outcome.kind in plain and outcome.peer.verdict is Verdict.right and outcome.ours.verdict is not Verdict.right
    ]
    _print_names("plain findable edits that the peer got right and we did not", lost)
    for verdict in (Verdict.wrong, Verdict.ragged, Verdict.missed):
        _print_names(f"ours {verdict.value}", [outcome.name for outcome in outcomes if outcome.ours.verdict is verdict])


def _print_names(heading: str, names: Sequence[str]) -> None:
    more = f" … and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    print(f"{heading}: {len(names)}  {' '.join(names[:SHOWN])}{more}")
