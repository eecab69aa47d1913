"""Carry a change over to a later text, as long as the two touch different words: a strict three-way merge.

A change is carried over only if it can be carried back, so that whoever has the three texts can check it at any time.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise

from newsroom.diffs.words import WORD, aligned
from newsroom.text.canonical import Wording

TAG = re.compile(r'<(/?)([a-zA-Z][^\s<>/]*)[^<>"]*(?:"[^"]*"[^<>"]*)*>')
TOKEN = re.compile(rf"{TAG.pattern.replace('(', '(?:', 2)}|&#?\w+;|{WORD}", re.DOTALL)
BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|t[dhr]|d[dt]|figure|figcaption|blockquote|pre|[uo]l|table)>")
VOID = frozenset({"br", "hr", "img", "wbr", "col", "source", "track"})


class ChangesOverlap(Exception):
    """Both changes touch the same words, or words beside each other without a space between."""


@dataclass(frozen=True, slots=True)
class _Hunk:
    """Replaces code points [start, end) of the old text."""

    start: int
    end: int
    new: str


def rebase(old: Wording, new: Wording, onto: Wording) -> Wording:
    """The change from `old` to `new`, made to `onto` instead. Raises ChangesOverlap."""
    moved = _rebased(old, new, onto)
    if _rebased(onto, moved, old) != new:
        raise ChangesOverlap
    return moved


def map_span(old: str, new: str, start: int, end: int) -> tuple[int, int]:
    """Where code points [start, end) of a text stand in its later version; what was changed in them counts to them."""
    at = shift = grown = 0
    first: int | None = None
    for before, after in aligned(old, new):
        stop = at + len(before)
        if before != after and stop > start and at < end:
            first = min(at, start) + shift if first is None else first
            grown += len(after) - len(before)
            at = stop
            continue
        if before != after and stop <= start:
            shift += len(after) - len(before)
        at = stop
    low = start + shift if first is None else first
    return low, max(low, end + shift + grown)


def _rebased(old: Wording, new: Wording, onto: Wording) -> Wording:
    was, wanted, stands = old.as_dict(), new.as_dict(), onto.as_dict()
    return Wording(**{name: _merged(was[name], wanted[name], stands[name]) for name in was})


def _merged(old: str, new: str, onto: str) -> str:
    if old == onto:
        return new
    if old == new:
        return onto
    ours, theirs = _hunks(old, new), _hunks(old, onto)
    if any(mine.start <= other.end and other.start <= mine.end for mine in ours for other in theirs):
        raise ChangesOverlap
    parts, at = list[str](), 0
    for hunk in sorted((*ours, *theirs), key=lambda hunk: hunk.start):
        parts += [old[at : hunk.start], hunk.new]
        at = hunk.end
    return "".join([*parts, old[at:]])


def _hunks(old: str, new: str) -> list[_Hunk]:
    """What differs, each hunk with whole elements only, so that hunks of two changes can be made in any order."""
    hunks, at = list[_Hunk](), 0
    for before, after in aligned(old, new, (_blocks, _tokens)):
        if before != after:
            hunks.append(_Hunk(at, at + len(before), after))
        at += len(before)
    tags = [match.span() for match in TAG.finditer(old)]
    return _balanced(old, hunks, tags)


def _balanced(old: str, hunks: list[_Hunk], tags: list[tuple[int, int]]) -> list[_Hunk]:
    done, waiting = list[_Hunk](), hunks[::-1]
    while waiting:
        hunk = waiting.pop()
        sides = _depths(old[hunk.start : hunk.end]), _depths(hunk.new)
        if any(lowest < 0 for lowest, _left_open in sides):
            place = bisect_right(tags, hunk.start, key=lambda tag: tag[1]) - 1
            start = tags[place][0] if place >= 0 else 0
            if done and done[-1].end > start:
                hunk = _joined(old, done.pop(), hunk)
            else:
                hunk = _Hunk(start, hunk.end, old[start : hunk.start] + hunk.new)
            waiting.append(hunk)
        elif any(left_open for _lowest, left_open in sides):
            place = bisect_left(tags, hunk.end, key=lambda tag: tag[0])
            end = tags[place][1] if place < len(tags) else len(old)
            if waiting and waiting[-1].start < end:
                hunk = _joined(old, hunk, waiting.pop())
            else:
                hunk = _Hunk(hunk.start, end, hunk.new + old[hunk.end : end])
            waiting.append(hunk)
        else:
            done.append(hunk)
    return done


def _joined(old: str, one: _Hunk, other: _Hunk) -> _Hunk:
    return _Hunk(one.start, other.end, one.new + old[one.end : other.start] + other.new)


def _depths(html: str) -> tuple[int, int]:
    """The lowest depth that tags reach, below zero where an element ends that began before; and that at the end."""
    depth = lowest = 0
    for match in TAG.finditer(html):
        if match[2].lower() not in VOID:
            depth += -1 if match[1] else 1
            lowest = min(lowest, depth)
    return lowest, depth - lowest


def _blocks(html: str) -> list[str]:
    ends = [0, *(match.end() for match in BLOCK_END.finditer(html)), len(html)]
    return [html[start:end] for start, end in pairwise(ends) if start < end]


def _tokens(html: str) -> list[str]:
    return [match[0] for match in TOKEN.finditer(html)]
