"""Source map: HTML offsets of each character of a body's canonical text."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

# Keep in sync with static/shared/canonical.js.
BLOCK_NAMES = (
    "address article aside blockquote caption dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header "
    "hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
SKIPPED_NAMES = "button noscript script select style svg template textarea"
VOID_NAMES = "area base br col embed hr img input link meta param source track wbr"
BLOCKS, SKIPPED, VOID = (frozenset(names.split()) for names in (BLOCK_NAMES, SKIPPED_NAMES, VOID_NAMES))


@dataclass(slots=True, eq=False)
class Element:
    """Source positions: `<p>` is html[start:inner], `</p>` html[stop:end]; for a void element inner == stop == end."""

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
class TextRun:
    """Canonical text [at, until), produced by html[start:end].

    If both have the same length they map one to one; otherwise the run is an indivisible unit (an entity, collapsed
    white space, a <br>). The text of white space that is not displayed is empty.
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
        """HTML offset of the character at a canonical offset; for `until`, the end."""
        if offset >= self.until:
            return self.end
        return self.start if self.is_unit else self.start + offset - self.at


@dataclass(slots=True)
class Flow:
    """Inline content between two block boundaries, html[start:end]; its text, if any, is canonical [at, until)."""

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
    runs: list[TextRun] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    """Only flows with text, in order."""


def run_at(layout: Layout, offset: int) -> TextRun:
    """The displayed run containing this canonical offset, which must not lie between two blocks."""
    index = bisect_right(layout.runs, offset, key=lambda run: run.at) - 1
    # Dropped white space shares its offset with its displayed neighbour.
    while not layout.runs[index].text:
        index -= 1
    return layout.runs[index]


def flow_at(layout: Layout, offset: int) -> Flow:
    return layout.flows[bisect_right(layout.flows, offset, key=lambda flow: flow.at) - 1]


@dataclass(frozen=True, slots=True)
class BlockWindow:
    """Whole blocks, html[low:high]; their canonical text starts `offset` code points into that of the body."""

    low: int
    high: int
    offset: int


def block_window(layout: Layout, start: int, end: int) -> BlockWindow | None:
    """The outermost blocks around [start, end), plus one text block on either side; None if that is the whole body.

    An edit within [start, end) gives the same result on this window alone as on the whole body, because the
    neighbouring blocks keep their text. Parsing only the window keeps edits of long articles fast.
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
    return BlockWindow(low, high, offset)


def _outermost_block(layout: Layout, index: int) -> Element | None:
    """The top-level block around a flow; None for text outside any block."""
    parent = run_at(layout, layout.flows[index].at).parent
    outermost = list(parent.chain())[-1] if parent else None
    return outermost if outermost and outermost.name in BLOCKS else None
