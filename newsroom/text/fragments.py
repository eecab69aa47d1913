"""Gives a passage of a revision's body an address: #spot-<start>-<end>, in code points of its canonical text."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from newsroom.text.canonical import block_spans, with_block_ids

PREFIX = "spot-"
SPOT = re.compile("([0-9]{1,9})-([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Spot:
    start: int
    end: int

    @property
    def id(self) -> str:
        return f"{PREFIX}{self.start}-{self.end}"


def spot_address(path: str, *, start: int, end: int) -> str:
    """The address of a passage on a revision's permanent page.

    A script finds the passage by the fragment alone. The query lets the server put an element of that very id in
    front of the enclosing block, because without a script a browser looks for nothing else.
    """
    spot = Spot(start, end)
    return f"{path}?spot={start}-{end}#{spot.id}"


def parse_spot(value: str) -> Spot | None:
    """A spot as the query names it; None for anything else, which is no reason to refuse the page."""
    found = SPOT.fullmatch(value)
    return Spot(int(found[1]), int(found[2])) if found else None


def with_spots(html: str, spot: Spot | None) -> str:
    """The body with an id on every block, the block's own spot, and the asked spot's id in the block where it begins.

    The canonical text stays as it is: an empty element adds no character to it.
    """
    blocks = block_spans(html)
    at = bisect_right(blocks, spot.start, key=lambda block: block.start) - 1 if spot else -1
    if spot and at >= 0 and (blocks[at].start, blocks[at].end) != (spot.start, spot.end):
        anchor = f'<span id="{spot.id}"></span>'
        html = html[: blocks[at].source_start] + anchor + html[blocks[at].source_start :]
    return with_block_ids(html, PREFIX)
