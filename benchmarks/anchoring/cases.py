"""Texts, edits and the truth: 22 kinds of edit, each with a passage whose new place is known by construction.

Offsets are code points. The same seed gives the same cases.
"""

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

from benchmarks.anchoring import edits, twins
from benchmarks.anchoring.drafts import Draft, Edited
from benchmarks.anchoring.marks import Span, cut, mark_somewhere, unmark
from benchmarks.anchoring.words import TYPEWRITTEN, UNICODE, Writer

CONTEXT = 32  # code points of surroundings that a browser sends along
LENGTHS = [(20, 45), (45, 120), (120, 400)]  # of passages
TRIES = 500
PER_KIND: Mapping[int, int] = {5_000: 40, 50_000: 20, 500_000: 3}  # cases of each kind by the size of their text

EDITS: dict[str, Callable[[Draft], Edited]] = {
    "unchanged": edits.unchanged,
    "insert_before": edits.insert_before,
    "typo_in_quote": edits.typo_in_quote,
    "words_in_quote": edits.words_in_quote,
    "para_moved": edits.para_moved,
    "moved_and_typo": edits.moved_and_typo,
    "context_rewritten": edits.context_rewritten,
    "repeated_shift": twins.repeated_shift,
    "repeated_trap": twins.repeated_trap,
    "repeated_words": twins.repeated_words,
    "grow_inside": edits.grow_inside,
    "unicode_shift": edits.insert_before,
    "unicode_typo": edits.typo_in_quote,
    "nfc_to_nfd": edits.nfc_to_nfd,
    "typographer": edits.typographer,
    "whitespace": edits.whitespace,
    "mixed": edits.mixed,
    "deleted": edits.deleted,
    "deleted_lookalike": twins.deleted_lookalike,
    "deleted_copy": twins.deleted_copy,
    "word_corrected": twins.word_corrected,
    "heavy_rewrite": edits.heavy_rewrite,
}
SPICE = {"unicode_shift": UNICODE, "unicode_typo": UNICODE, "nfc_to_nfd": UNICODE, "typographer": TYPEWRITTEN}


@dataclass(frozen=True, slots=True)
class Case:
    """old[start:end] stands at `expected` in `new`, None where it is gone; `also_ok` are answers as good as that."""

    id: str
    kind: str
    size: int
    old: str
    new: str
    start: int
    end: int
    expected: Span | None
    also_ok: tuple[Span, ...]

    @property
    def exact(self) -> str:
        return self.old[self.start : self.end]

    @property
    def prefix(self) -> str:
        return self.old[max(0, self.start - CONTEXT) : self.start]

    @property
    def suffix(self) -> str:
        return self.old[self.end : self.end + CONTEXT]


def generate(seed: int, *, per_kind: Mapping[int, int] = PER_KIND) -> Iterator[Case]:
    for size, count in per_kind.items():
        for kind in EDITS:
            yield from _of_kind(kind, size, count, seed)


def _of_kind(kind: str, size: int, count: int, seed: int) -> Iterator[Case]:
    index = made = 0
    while made < count:
        identity = f"{kind}-{size}-{index}"
        index += 1
        writer = Writer(Random(f"{seed}/{identity}"), SPICE.get(kind))
        draft = _draft(kind, size, writer)
        if draft is not None:
            made += 1
            yield _judged(identity, kind, size, EDITS[kind](draft))


def _draft(kind: str, size: int, writer: Writer) -> Draft | None:
    """A text with a passage on which the kind can show; None when chance brought none."""
    paragraphs = writer.paragraphs(size)
    low, high = writer.random.choice(LENGTHS)
    for _ in range(TRIES):
        at = writer.random.randrange(1, len(paragraphs) - 1)
        marked = mark_somewhere(writer.random, paragraphs[at], low, high)
        if marked is not None and _suits(kind, cut(marked)[1]):
            return Draft(writer, paragraphs, at, marked)
    return None


def _suits(kind: str, passage: str) -> bool:
    """Whether the kind's edit touches the passage at all."""
    if kind == "nfc_to_nfd":
        return unicodedata.normalize("NFD", passage) != unicodedata.normalize("NFC", passage)
    if kind == "typographer":
        return any(sign in passage for sign in "'\"-")
    return True


def _judged(identity: str, kind: str, size: int, edited: Edited) -> Case:
    old, was = unmark(edited.old)
    new, now = unmark(edited.new)
    if was is None or (now is None and not edited.gone):
        raise ValueError(f"{kind} lost its marks")
    also_ok = (now,) if edited.gone and now else ()
    return Case(identity, kind, size, old, new, *was, None if edited.gone else now, also_ok)
