"""Passages that differ between two wordings, widened to the whole words that make sense in a note."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby, pairwise

from newsroom.diffs.dates import date_of
from newsroom.diffs.names import LOOK_BACK, Usage, is_name
from newsroom.diffs.words import word_diff
from newsroom.notes.widening import (
    NUMERIC,
    WORD,
    Change,
    says_little,
    trimmed,
    whole_tokens,
    with_names,
    with_neighbours,
    with_unit,
)
from newsroom.text.canonical import Wording, canonical_text

SENTENCE_START = re.compile(r"(?:^|[.!?؟…]\s+)$")
MOST_BLANKS = 8  # looked at before a sentence
MOST_SHARED = 200  # characters with which two neighbouring sentences may both begin
NEAR = 10  # characters between two changes of one line that are told as one


class Shape(StrEnum):
    """What a passage's change is."""

    NUMBER = "number"
    NAME = "name"
    WORDS = "words"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Passage:
    """Old and new words, whole ones; empty where words only came or only went."""

    old: str
    new: str
    shape: Shape


def changed_passages(old: Wording, new: Wording, *, language: str) -> list[Passage]:
    """In the order of the article, each different one once; none where only markup or white space changed."""
    fields = [(old.headline, new.headline), (old.standfirst, new.standfirst), (old.byline, new.byline)]
    fields.append((canonical_text(old.body), canonical_text(new.body)))
    base = language.lower().partition("-")[0]
    found = [_passage(change, base) for pair in fields if pair[0] != pair[1] for change in _changes(*pair)]
    return list(dict.fromkeys(passage for passage in found if passage.old != passage.new))


def _changes(old: str, new: str) -> Iterator[Change]:
    """Changes of two texts; those that stand near each other in one line as one."""
    same, changed = [""], list[tuple[str, str]]()  # one equal text more than changes: before, between and after them
    for is_same, group in groupby(word_diff(old, new), key=lambda piece: piece.op == "equal"):
        pieces = list(group)
        if is_same:
            same[-1] = pieces[0].text
            continue
        change = tuple("".join(piece.text for piece in pieces if piece.op == op) for op in ("delete", "insert"))
        if changed and _is_near(same[-1]):
            between = same.pop()
            gone, come = changed.pop()
            change = gone + between + change[0], come + between + change[1]
        changed.append((change[0], change[1]))
        same.append("")
    for (before, after), (gone, come) in zip(pairwise(same), changed, strict=True):
        yield Change(before.rpartition("\n")[2], gone, come, after.partition("\n")[0])


def _is_near(same: str) -> bool:
    return len(same) <= NEAR and not re.search(r"[.!?؟…\n]", same)


def _passage(change: Change, language: str) -> Passage:
    change = _from_sentence_start(change)
    shape = _shape(change, language)
    change = whole_tokens(change)
    if shape is Shape.NUMBER:
        counted = with_unit(change)
        shape = shape if counted.before == change.before else Shape.WORDS
        change = counted
    elif shape is Shape.NAME:
        change = with_names(change, language)
    elif says_little(change):
        change = with_neighbours(change)
    old, new = trimmed(change)
    if not WORD.search(old) or not WORD.search(new):
        old, new = (text if WORD.search(text) else "" for text in (old, new))
    if not old or not new:
        shape = Shape.REMOVED if old else Shape.ADDED
    elif shape in (Shape.REMOVED, Shape.ADDED):
        shape = Shape.WORDS
    return Passage(old, new, shape)


def _from_sentence_start(change: Change) -> Change:
    """Words that only came or went: a whole sentence rather than all but its first words and those of the next."""
    text = change.old or change.new
    if change.old and change.new:
        return change
    for size in range(min(len(text), len(change.before), MOST_SHARED) + 1):
        start = len(change.before) - size
        if size and change.before[start] != text[len(text) - size]:
            break
        if SENTENCE_START.search(change.before, max(0, start - MOST_BLANKS), start):
            before, moved = change.before[:start], change.before[start:]
            text = moved + text[: len(text) - size]
            return Change(before, text * bool(change.old), text * bool(change.new), moved + change.after)
    return change


def _shape(change: Change, language: str) -> Shape:
    old, new = WORD.findall(change.old), WORD.findall(change.new)
    if not old or not new:
        return Shape.REMOVED if old else Shape.ADDED
    sides = ((change.old, old), (change.new, new))
    if all(NUMERIC.fullmatch(text) or all(date_of(word, language) for word in words) for text, words in sides):
        return Shape.NUMBER
    if any(NUMERIC.fullmatch(text) for text, _words in sides) and len(old) == len(new) == 1:
        return Shape.NUMBER  # "14" became "fourteen"
    # German writes every noun with a capital.
    return (
        Shape.NAME
        if language != "de" and all(_names(change.before, *side, language) for side in sides)
        else Shape.WORDS
    )


def _names(before: str, text: str, words: list[str], language: str) -> bool:
    usage = Usage(language, frozenset(), frozenset())
    return all(
        is_name(match[0], (before + text[: match.start()])[-LOOK_BACK:], usage) for match in WORD.finditer(text)
    ) and any(len(word) > 1 for word in words)
