"""Where each character of a body's canonical text stands in its HTML."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

# The same lists stand in static/shared/canonical.js.
BLOCK_NAMES = (
    "address article aside blockquote caption dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header "
    "hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
SKIPPED_NAMES = "button noscript script select style svg template textarea"
VOID_NAMES = "area base br col embed hr img input link meta param source track wbr"
BLOCKS, SKIPPED, VOID = (frozenset(names.split()) for names in (BLOCK_NAMES, SKIPPED_NAMES, VOID_NAMES))


@dataclass(slots=True, eq=False)
class Element:
    """Source positions: `<p>` is html[start:inner], `</p>` is html[stop:end]; a void element's last three are one."""

    name: str
    start: int
    inner: int
    parent: "Element | None"
    has_id: bool
    stop: int = -1
    end: int = -1

    @property
    def is_void(self) -> bool:
        return self.inner == self.end

    def chain(self) -> "Iterator[Element]":
        """This element and its ancestors, innermost first."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent


@dataclass(slots=True, eq=False)
class Stretch:
    """Characters text[at:at + len(text)] of the canonical text, from html[start:end].

    Either both are equally long and map one to one, or the stretch is one unit (an entity, collapsed white space,
    a <br>). Its text is empty where white space is not displayed.
    """

    at: int
    text: str
    start: int
    end: int
    flow: int
    parent: Element | None

    @property
    def until(self) -> int:
        return self.at + len(self.text)

    @property
    def is_unit(self) -> bool:
        return len(self.text) != self.end - self.start

    def source(self, offset: int) -> int:
        """Where the character at this offset of the canonical text begins; `until` gives the end."""
        if offset >= self.until:
            return self.end
        return self.start if self.is_unit else self.start + offset - self.at


@dataclass(slots=True)
class Flow:
    """Inline content between two borders of block elements, html[start:end]; if not empty, a block of the text."""

    number: int
    start: int
    end: int
    at: int
    until: int
    pre: bool


@dataclass(slots=True)
class Layout:
    html: str
    text: str = ""
    elements: list[Element] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    """Those with text, in order."""


def stretch_at(layout: Layout, offset: int) -> Stretch:
    """The displayed stretch that holds the character at this offset, which must not lie between two blocks."""
    index = bisect_right(layout.stretches, offset, key=lambda stretch: stretch.at) - 1
    # Dropped white space shares its offset with the neighbour that is displayed.
    while not layout.stretches[index].text:
        index -= 1
    return layout.stretches[index]


def flow_at(layout: Layout, offset: int) -> Flow:
    return layout.flows[bisect_right(layout.flows, offset, key=lambda flow: flow.at) - 1]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A run of whole blocks, html[low:high], whose canonical text begins `offset` code points into that of the body."""

    low: int
    high: int
    offset: int


def surroundings(layout: Layout, start: int, end: int) -> Surroundings | None:
    """The outermost blocks that hold [start, end) and a block of text on either side; None where that is everything.

    Whatever is done within [start, end) of them alone gives the same as if it were done to the whole body: the blocks
    on either side keep their text, and so the borders of what lies beyond.
    """
    first = bisect_right(layout.flows, start, key=lambda flow: flow.at) - 2
    last = bisect_right(layout.flows, end, key=lambda flow: flow.at)
    before = _outermost_block(layout, first) if first >= 0 else None
    behind = _outermost_block(layout, last) if last < len(layout.flows) else None
    low = before.start if before else 0
    high = behind.end if behind else len(layout.html)
    if (low, high) == (0, len(layout.html)):
        return None
    offset = next(flow.at for flow in layout.flows if flow.start >= low) if low else 0
    return Surroundings(low, high, offset)


def _outermost_block(layout: Layout, index: int) -> Element | None:
    """The block that holds a flow and is held by none; None for text that stands loose."""
    parent = stretch_at(layout, layout.flows[index].at).parent
    outermost = list(parent.chain())[-1] if parent else None
    return outermost if outermost and outermost.name in BLOCKS else None
