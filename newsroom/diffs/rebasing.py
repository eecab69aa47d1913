"""Carry a change over to a later text, as long as the two touch different words: a strict three-way merge.

A change is carried over only if it can be carried back, so that whoever has the three texts can check it at any time.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
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


@dataclass(frozen=True, slots=True)
class _Nesting:
    """The lowest depth that tags reach, below zero where an element ends that began before; and that at the end."""

    lowest: int
    last: int

    def __add__(self, other: "_Nesting") -> "_Nesting":
        return _Nesting(min(self.lowest, self.last + other.lowest), self.last + other.last)


@dataclass(frozen=True, slots=True)
class _Group:
    """The hunks with the indexes `first` to `last`, within [start, end) of the old text; nesting of old and new."""

    first: int
    last: int
    start: int
    end: int
    sides: tuple[_Nesting, _Nesting]

    def back_to(self, start: int, before: _Nesting) -> "_Group":
        return replace(self, start=start, sides=(before + self.sides[0], before + self.sides[1]))

    def up_to(self, end: int, behind: _Nesting) -> "_Group":
        return replace(self, end=end, sides=(self.sides[0] + behind, self.sides[1] + behind))


def rebase(old: Wording, new: Wording, onto: Wording) -> Wording:
    """The change from `old` to `new`, made to `onto` instead. Raises ChangesOverlap."""
    moved = _rebased(old, new, onto)
    if _rebased(onto, moved, old) != new:
        raise ChangesOverlap
    return moved


def rebase_over(old: Wording, new: Wording, onto: Wording) -> Wording:
    """As `rebase`, but words that both changed are those of `new`: for a writer who sees both and decides."""
    was, wanted, stands = old.as_dict(), new.as_dict(), onto.as_dict()
    return Wording(**{name: _merged_over(was[name], wanted[name], stands[name], name == "body") for name in was})


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
    return Wording(**{name: _merged(was[name], wanted[name], stands[name], is_html=name == "body") for name in was})


def _merged(old: str, new: str, onto: str, *, is_html: bool) -> str:
    if old == onto:
        return new
    if old == new:
        return onto
    ours, theirs = _hunks(old, new, is_html=is_html), _hunks(old, onto, is_html=is_html)
    if _touch(ours, theirs):
        raise ChangesOverlap
    return _with_both(old, ours, theirs)


def _merged_over(old: str, new: str, onto: str, is_html: bool) -> str:
    try:
        ours, theirs = _hunks(old, new, is_html=is_html), _hunks(old, onto, is_html=is_html)
    except ChangesOverlap:
        return new
    return _with_both(old, ours, [hunk for hunk in theirs if not _touch(ours, [hunk])])


def _with_both(old: str, ours: Sequence[_Hunk], theirs: Sequence[_Hunk]) -> str:
    parts, at = list[str](), 0
    for hunk in sorted((*ours, *theirs), key=lambda hunk: hunk.start):
        parts += [old[at : hunk.start], hunk.new]
        at = hunk.end
    return "".join([*parts, old[at:]])


def _touch(ours: Sequence[_Hunk], theirs: Sequence[_Hunk]) -> bool:
    """Whether one overlaps or meets one of the other side; both are in order."""
    mine = other = 0
    while mine < len(ours) and other < len(theirs):
        one, two = ours[mine], theirs[other]
        if one.start <= two.end and two.start <= one.end:
            return True
        if one.end < two.end:
            mine += 1
        else:
            other += 1
    return False


def _hunks(old: str, new: str, *, is_html: bool) -> list[_Hunk]:
    """What differs, each hunk with whole elements only, so that hunks of two changes can be made in any order.

    A plain line that writes about "</div>" ends no element.
    """
    hunks, at = list[_Hunk](), 0
    for before, after in aligned(old, new, (_blocks, _tokens)):
        if before != after:
            hunks.append(_Hunk(at, at + len(before), after))
        at += len(before)
    if not is_html:
        return hunks
    return [_filled(old, hunks[group.first : group.last + 1], group) for group in _balanced(old, hunks)]


def _balanced(old: str, hunks: Sequence[_Hunk]) -> list[_Group]:
    """Widened by one tag at a time, and joined with what stands there. Raises ChangesOverlap where no tag is left.

    The nesting is added up, so that each tag is read once, however many a hunk takes in.
    """
    tags = [match.span() for match in TAG.finditer(old)]
    done, waiting = list[_Group](), list[_Group]()
    for index, hunk in reversed(list(enumerate(hunks))):
        sides = _nesting(old[hunk.start : hunk.end]), _nesting(hunk.new)
        waiting.append(_Group(index, index, hunk.start, hunk.end, sides))
    while waiting:
        group = waiting.pop()
        if any(side.lowest < 0 for side in group.sides):
            place = bisect_right(tags, group.start, key=lambda tag: tag[1]) - 1
            if place < 0:
                raise ChangesOverlap  # not the sanitiser's HTML
            start = tags[place][0]
            if done and done[-1].end > start:
                waiting.append(_joined(old, done.pop(), group))
            else:
                waiting.append(group.back_to(start, _nesting(old[start : group.start])))
        elif any(side.last > 0 for side in group.sides):
            place = bisect_left(tags, group.end, key=lambda tag: tag[0])
            if place == len(tags):
                raise ChangesOverlap
            end = tags[place][1]
            if waiting and waiting[-1].start < end:
                waiting.append(_joined(old, group, waiting.pop()))
            else:
                waiting.append(group.up_to(end, _nesting(old[group.end : end])))
        else:
            done.append(group)
    return done


def _joined(old: str, one: _Group, other: _Group) -> _Group:
    between = _nesting(old[one.end : other.start])
    sides = [side + between + beside for side, beside in zip(one.sides, other.sides, strict=True)]
    return _Group(one.first, other.last, one.start, other.end, (sides[0], sides[1]))


def _filled(old: str, hunks: Sequence[_Hunk], group: _Group) -> _Hunk:
    """One hunk of those of a group, with the old text around and between them."""
    parts, at = list[str](), group.start
    for hunk in hunks:
        parts += [old[at : hunk.start], hunk.new]
        at = hunk.end
    return _Hunk(group.start, group.end, "".join([*parts, old[at : group.end]]))


def _nesting(html: str) -> _Nesting:
    depth = lowest = 0
    for match in TAG.finditer(html):
        if match[2].lower() not in VOID:
            depth += -1 if match[1] else 1
            lowest = min(lowest, depth)
    return _Nesting(lowest, depth)


def _blocks(html: str) -> list[str]:
    ends = [0, *(match.end() for match in BLOCK_END.finditer(html)), len(html)]
    return [html[start:end] for start, end in pairwise(ends) if start < end]


def _tokens(html: str) -> list[str]:
    return [match[0] for match in TOKEN.finditer(html)]
