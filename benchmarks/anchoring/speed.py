"""What one of a hundred passages costs on a prepared pair of revisions, against `str.find` over the same text.

Outside the clock: `Relocation(old, new)`, and the first hundred passages, which have it compare words where they lie.
Inside: a hundred other passages, with the words that nobody had compared before. CPU time, so that whatever else the
machine does counts for neither side.
"""

import time
from collections.abc import Iterator
from random import Random

from benchmarks.anchoring.cases import LENGTHS
from benchmarks.anchoring.marks import Paragraphs, Span, join
from benchmarks.anchoring.rewriting import misspell, reword
from benchmarks.anchoring.words import Writer
from benchmarks.rows import Row, ratio_in_turns
from corrections.anchoring.relocation import Relocation

TARGETS = {"5k": (5_000, 20.0), "50k": (50_000, 5.0), "500k": (500_000, 2.0)}
# What becomes of a paragraph, in per cent.
FATES = {"kept": 84, "misspelt": 4, "reworded": 4, "grown": 4, "moved": 2, "deleted": 2}
SEED = 66
QUOTES = 100
FIND_SECONDS = 0.02  # looks for the quote again and again for about so long
TURNS = 15


def rows() -> Iterator[Row]:
    for name, (size, target) in TARGETS.items():
        yield Row(f"relocate_{name}_ratio", _ratio(size), "ratio", target, "lower")


def _ratio(size: int) -> float:
    """Each turn has an article of its own: where the edits fall decides how many passages lie among them."""
    writer = Writer(Random(SEED))
    articles = [edited_article(writer, size) for _turn in range(TURNS)]
    ours, yardstick = iter(articles), iter(articles)
    return ratio_in_turns(
        lambda: _per_quote(writer.random, *next(ours)),
        lambda: _per_find(next(yardstick)[1]),
        turns=TURNS,
    )


def edited_article(writer: Writer, size: int) -> tuple[str, str]:
    """An article before and after a moderate edit: about one paragraph in six is not as it was, or not where it was."""
    paragraphs = writer.paragraphs(size)
    old = new = join(paragraphs)
    while new == old:  # a short article may have been spared
        new = join(_edited(writer, [" ".join(paragraph) for paragraph in paragraphs]))
    return old, new


def _edited(writer: Writer, paragraphs: list[str]) -> Paragraphs:
    random, kept, moved = writer.random, Paragraphs(), Paragraphs()
    for paragraph in paragraphs:
        fate = random.choices(list(FATES), weights=list(FATES.values()))[0]
        if fate == "misspelt":
            kept.append([misspell(random, paragraph, 2)])
        elif fate == "reworded":
            kept.append([reword(writer, paragraph, 5)])
        elif fate == "grown":
            kept.append([paragraph, writer.sentence()])
        elif fate == "moved":
            moved.append([paragraph])
        elif fate == "kept":
            kept.append([paragraph])
    for page in moved:
        kept.insert(random.randrange(len(kept) + 1), page)
    return kept


def _per_quote(random: Random, old: str, new: str) -> float:
    """CPU seconds for one passage."""
    relocation = Relocation(old, new)
    for start, end in _passages(random, old):
        relocation.relocate(start, end)
    passages = _passages(random, old)
    started = time.process_time()
    for start, end in passages:
        relocation.relocate(start, end)
    return (time.process_time() - started) / QUOTES


def _passages(random: Random, text: str) -> list[Span]:
    """Whole words, as long as readers mark them."""
    passages = []
    for _ in range(QUOTES):
        start = text.index(" ", random.randrange(len(text) - 500)) + 1
        passages.append((start, text.index(" ", start + random.randint(*random.choice(LENGTHS)) - 1)))
    return passages


def _per_find(text: str) -> float:
    """CPU seconds of one search for a quote that stands at the end."""
    quote = text[-80:-20]
    turns = 1
    while True:
        started = time.process_time()
        for _ in range(turns):
            text.find(quote)
        spent = time.process_time() - started
        if spent >= FIND_SECONDS:
            return spent / turns
        turns *= 2
