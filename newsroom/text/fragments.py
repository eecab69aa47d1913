"""URL fragments for passages of a revision: #spot-<start>-<end>, in code points of the canonical text."""

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
    """URL of a passage on a revision's permanent page.

    A script needs only the fragment. The query lets the server render an element with that id, for browsers without
    scripts.
    """
    spot = Spot(start, end)
    return f"{path}?spot={start}-{end}#{spot.id}"


def parse_spot(value: str) -> Spot | None:
    """Parse the query parameter; None if malformed, since the page works without it."""
    found = SPOT.fullmatch(value)
    return Spot(int(found[1]), int(found[2])) if found else None


def with_spots(html: str, spot: Spot | None) -> str:
    """Add a spot id to every block, and an empty <span> with the requested spot's id where it starts.

    The canonical text does not change: an empty element adds no characters.
    """
    blocks = block_spans(html)
    at = bisect_right(blocks, spot.start, key=lambda block: block.start) - 1 if spot else -1
    if spot and at >= 0 and (blocks[at].start, blocks[at].end) != (spot.start, spot.end):
        anchor = f'<span id="{spot.id}"></span>'
        html = html[: blocks[at].source_start] + anchor + html[blocks[at].source_start :]
    return with_block_ids(html, PREFIX)
