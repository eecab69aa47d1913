"""The public record: word diffs against a diff in C++ over the same words, and changelogs long and short."""

import random
import re
from collections.abc import Callable, Iterator
from functools import partial
from time import perf_counter

import fast_diff_match_patch

from benchmarks.load import Request
from benchmarks.rows import Row, ratio_in_turns
from benchmarks.site import seeded_site
from newsroom.diffs.words import word_diff

SEED = 20_260_801
WORDS = re.compile(r"\w+|\s+|.", re.DOTALL)
SHORT, LONG = 10, 1000  # revisions
HISTORIES = "import django; django.setup(); from benchmarks.histories import main; main()"
LEAST = 0.05  # seconds; below, the clock and the scheduler would be measured


def rows() -> Iterator[Row]:
    yield from _diffs()
    yield from _changelogs()


def _diffs() -> Iterator[Row]:
    """Every paragraph was edited in one to three places: the most work that a real revision makes."""
    for name, size in (("diff_30k_ratio", 30_000), ("diff_300k_ratio", 300_000)):
        old, new = texts(size)
        value = ratio_in_turns(partial(_seconds, word_diff, old, new), partial(_seconds, yardstick, old, new))
        yield Row(name, value, "ratio", 1.5, "lower")


def _changelogs() -> Iterator[Row]:
    with seeded_site() as site:
        site.run("-c", HISTORIES)

        def wait(revisions: int) -> float:
            # Not the cached page, which costs the same for any: the view behind it.
            request = Request(f"/bare/changes/history-{revisions}/")
            return site.measure(request, connections=1, seconds=1.5).expect(200).median_ms

        for revisions in (LONG, SHORT):
            wait(revisions)  # warm
        value = ratio_in_turns(lambda: wait(LONG), lambda: wait(SHORT))
        yield Row("changelog_1000_ratio", value, "ratio", 2, "lower")


def texts(size: int) -> tuple[str, str]:
    """A text of made-up words in paragraphs of an article's length, and the same text edited."""
    chance = random.Random(SEED)
    vocabulary = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 9))) for _ in range(3000)]
    old, new, length = list[str](), list[str](), 0
    while length < size:
        words = chance.choices(vocabulary, k=chance.randint(30, 90))
        old.append(" ".join(words))
        for _edit in range(chance.randint(1, 3)):
            at = chance.randrange(len(words))
            words[at : at + chance.randint(0, 2)] = chance.choices(vocabulary, k=chance.randint(0, 3))
        new.append(" ".join(words))
        length += len(old[-1])
    return "\n\n".join(old), "\n\n".join(new)


def yardstick(old: str, new: str) -> list[tuple[str, int]]:
    """fast-diff-match-patch over words, each of which stands as one character."""
    numbers: dict[str, int] = {}
    one, two = (
        "".join(chr(numbers.setdefault(word, len(numbers))) for word in WORDS.findall(text)) for text in (old, new)
    )
    changes: list[tuple[str, int]] = fast_diff_match_patch.diff(one, two, timelimit=0, checklines=False)
    return changes


def _seconds(diff: Callable[[str, str], object], old: str, new: str) -> float:
    """For one diff, over as many as make a measurable time."""
    started, turns = perf_counter(), 0
    while perf_counter() - started < LEAST:
        diff(old, new)
        turns += 1
    return (perf_counter() - started) / turns
