"""Canonical text of an article body: the plain text that Python and the browser extract identically."""

from dataclasses import asdict, dataclass

from newsroom.text.forbidden_characters import ControlCharacters, refuse_control_characters
from newsroom.text.html_layout import BLOCKS, Element, run_at
from newsroom.text.html_reader import read
from newsroom.text.splicing import NotCanonical, deletion_span, splice

__all__ = [
    "BlockSpan",
    "ControlCharacters",
    "NotCanonical",
    "Wording",
    "block_spans",
    "canonical_text",
    "deletion_span",
    "refuse_control_characters",
    "splice",
    "touches_pre",
    "with_block_ids",
]


@dataclass(frozen=True, slots=True)
class Wording:
    """The four text fields of a revision; `body` is HTML, the others plain text."""

    headline: str
    standfirst: str
    byline: str
    body: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class BlockSpan:
    """A block: code points [start, end) of the canonical text; `source_start` is its first character's HTML offset."""

    start: int
    end: int
    source_start: int


def canonical_text(html: str) -> str:
    """Blocks joined by "\\n\\n", <br> as "\\n", white space collapsed as displayed; nothing else changes."""
    return read(html).text


def block_spans(html: str) -> list[BlockSpan]:
    layout = read(html)
    return [BlockSpan(flow.at, flow.until, run_at(layout, flow.at).source(flow.at)) for flow in layout.flows]


def touches_pre(html: str, start: int, end: int) -> bool:
    """Whether code points [start, end) of the canonical text touch a <pre>, in which every white space is text."""
    if "<pre" not in html:  # sanitised HTML has lower-case tags
        return False
    return any(flow.pre and flow.at <= end and start <= flow.until for flow in read(html).flows)


def with_block_ids(html: str, prefix: str) -> str:
    """Add an id, prefix + "<start>-<end>", to each element that directly contains a block's text.

    An element that already has an id keeps it; an element with several blocks gets the id of the first.
    """
    layout = read(html)
    ids: dict[Element, str] = {}
    for flow in layout.flows:
        holder = _holder(run_at(layout, flow.at).parent)
        if holder and not holder.has_id:
            ids.setdefault(holder, f' id="{prefix}{flow.at}-{flow.until}"')
    parts, at = [], 0
    for element in sorted(ids, key=lambda element: element.start):
        name_end = element.start + 1 + len(element.name)
        parts += [html[at:name_end], ids[element]]
        at = name_end
    return "".join([*parts, html[at:]])


def _holder(element: Element | None) -> Element | None:
    return next((ancestor for ancestor in element.chain() if ancestor.name in BLOCKS), None) if element else None
