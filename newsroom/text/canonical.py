"""The canonical text of a body: what Python and the browser see alike, character for character."""

from dataclasses import asdict, dataclass

from newsroom.text.forbidden_characters import ControlCharacters, refuse_control_characters
from newsroom.text.html_layout import BLOCKS, Element, stretch_at
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
    "with_block_ids",
]


@dataclass(frozen=True, slots=True)
class Wording:
    """All the words of a revision; `body` is HTML, the others are plain."""

    headline: str
    standfirst: str
    byline: str
    body: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class BlockSpan:
    """A block of the canonical text: its code points [start, end), and where its first character stands in the HTML."""

    start: int
    end: int
    source_start: int


def canonical_text(html: str) -> str:
    """Blocks joined by "\\n\\n", <br> is "\\n", white space collapsed as displayed; nothing else is changed."""
    return read(html).text


def block_spans(html: str) -> list[BlockSpan]:
    layout = read(html)
    return [BlockSpan(flow.at, flow.until, stretch_at(layout, flow.at).source(flow.at)) for flow in layout.flows]


def with_block_ids(html: str, prefix: str) -> str:
    """The body with an id of `prefix`, start, "-" and end on each element that directly holds a block's text.

    An element that holds several blocks of text, or that has an id already, gets none for the later ones.
    """
    layout = read(html)
    ids: dict[Element, str] = {}
    for flow in layout.flows:
        holder = _holder(stretch_at(layout, flow.at).parent)
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
