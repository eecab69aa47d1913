"""Growth: CPU time for twice the input against once, where a slip would make it quadratic (2 is linear, 4 squared)."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from time import process_time

from benchmarks.rows import Row, ratio_in_turns
from corrections.screening.flags import find_flags
from newsroom.api.strict_json import BadJson, parse_object
from newsroom.text.canonical import canonical_text
from newsroom.text.splicing import splice

TARGET = 3.0
LEAST = 0.2  # seconds; below, the clock and the scheduler would be measured


def rows() -> Iterator[Row]:
    for name, work, size in (
        ("splice_growth", _splice, 5_000),
        ("strict_json_growth", _parse, 3_500),
        ("screening_growth", _screen, 1_000),
    ):
        value = ratio_in_turns(partial(_seconds, work(2 * size)), partial(_seconds, work(size)))
        yield Row(name, value, "ratio", TARGET, "lower")


def _splice(blocks: int) -> Callable[[], object]:
    html = "".join(f"<pre>a{number}</pre>" for number in range(blocks))
    length = len(canonical_text(html))
    return lambda: splice(html, 1, length, "\na")


def _parse(names: int) -> Callable[[], object]:
    listed = [f'"{number:x}":1' for number in range(names)]
    raw = ("{" + ",".join([*listed, listed[-1]]) + "}").encode()

    def parse() -> None:
        with suppress(BadJson):
            parse_object(raw)

    return parse


def _screen(length: int) -> Callable[[], object]:
    texts = [text * (length // len(text)) for text in ("recieve ", "a1", "www.", "ж\u0061", "ا\u200c", "a@b.")]

    def screen() -> None:
        for text in texts:
            find_flags(text[:900], text, prefix="", suffix="", category="typo", language="en", note=text)

    screen()  # loads the word list
    return screen


def _seconds(work: Callable[[], object]) -> float:
    """CPU seconds of one turn, of as many as make LEAST."""
    turns, began = 0, process_time()
    while (spent := process_time() - began) < LEAST:
        work()
        turns += 1
    return spent / turns
