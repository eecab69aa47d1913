"""Collects cuts and insertions in the HTML of a body, then carries them out at once."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from functools import cached_property
from html import escape

from newsroom.text.html_layout import BLOCKS, Element, Flow, Layout, Stretch, stretch_at

CELLS = frozenset({"td", "th"})
# "\n\n" in new words begins another of these; elsewhere it is two line breaks.
REPEATED = frozenset({"p", "li"})


class Cutting:
    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._cuts: list[tuple[int, int]] = []
        self._inserts: list[tuple[int, str]] = []
        self._losers: set[Element] = set()

    def cut_text(self, start: int, end: int) -> None:
        stretches = self._layout.stretches
        first = bisect_right(stretches, start, key=lambda stretch: stretch.until)
        for stretch in stretches[first : bisect_left(stretches, end, key=lambda stretch: stretch.at)]:
            if stretch.text:
                low, high = max(start, stretch.at), min(end, stretch.until)
                self._cut_within(stretch, stretch.source(low), stretch.source(high))

    def cut_dropped_space(self, left: Flow, right: Flow, start: int, end: int) -> None:
        """White space that is not displayed beside the words that change might be displayed after."""
        low = stretch_at(self._layout, start - 1).source(start) if start > left.at else left.start
        high = stretch_at(self._layout, end).source(end) if end < right.until else right.end
        stretches = self._layout.stretches
        first = bisect_left(stretches, low, key=lambda stretch: stretch.start)
        for stretch in stretches[first : bisect_left(stretches, high, key=lambda stretch: stretch.start)]:
            if not stretch.text and stretch.flow in (left.number, right.number):
                self._cut_within(stretch, stretch.start, stretch.end)

    def insert(self, position: int, markup: str) -> None:
        self._inserts.append((position, markup))

    def markup(self, text: str, *, at: int, pre: bool, splitting: bool = False) -> str:
        """Plain text as HTML that fits the place."""
        if splitting and not pre:
            joint = self._paragraph_break(at)
            return joint.join(_escaped(part, pre=False) for part in text.split("\n\n"))
        return _escaped(text, pre=pre)

    def move_rest(self, flow: Flow, start: int, *, to: Flow) -> None:
        """Take the inline content of `flow` from the offset `start` on to the end of the flow `to`."""
        html, held = self._layout.html, stretch_at(self._layout, start)
        position = held.source(start)
        rewritten = []
        for stretch in self._layout.stretches:
            if position < stretch.end and stretch.start < flow.end:
                low = max(position, stretch.start)
                self._cut_within(stretch, low, stretch.end)
                if flow.pre != to.pre:
                    rewritten.append((low, stretch.end, _escaped(stretch.text[low - stretch.start :], pre=to.pre)))
        inline = _inline_chain(held.parent)
        elements = self._layout.elements
        inside = [element for element in elements if position <= element.start and element.inner <= flow.end]
        unclosed = [element for element in inline + inside if element.stop >= flow.end and not element.is_void]
        whole = [element for element in inside if element.end <= flow.end]
        rewritten += [(element.start, element.end, "") for element in whole if not self._shows(element)]
        markup = "".join(html[element.start : element.inner] for element in inline)
        markup += _rendered(html, rewritten, position, flow.end)
        self.insert(to.end, markup + "".join(f"</{element.name}>" for element in reversed(unclosed)))
        self._cuts += [(element.start, element.end) for element in whole]

    def prune(self, *, blocks: bool) -> None:
        """Cut elements that lost all their text and hold nothing else. A table's cell stays, or its row would shift."""
        kept = sorted(self._kept())
        emptied = []
        for element in self._losers:
            following = bisect_right(kept, element.start)
            stays = element.name in (CELLS if blocks else BLOCKS)
            if not stays and (following == len(kept) or kept[following] >= element.end):
                emptied.append((element.start, element.end))
        self._cuts += emptied

    def keep_first_line_feed(self, start: int, end: int) -> None:
        """HTML drops one line feed after <pre>, so a text that shall begin with one needs two."""
        html, shown = self._layout.html, [stretch for stretch in self._layout.stretches if stretch.text]
        is_kept = self._test_of_kept()
        for element in self._layout.elements:
            if element.name == "pre" and html[element.inner : element.inner + 1] not in ("\n", "\r"):
                following = bisect_left(shown, element.inner, key=lambda stretch: stretch.start)
                first = shown[following] if following < len(shown) else None
                is_inside = first is not None and first.start < element.stop and start <= first.at <= end
                if is_inside and is_kept(element.start, element.end):
                    self._inserts.insert(0, (element.inner, "\n"))
                    return

    def render(self) -> str:
        changes = [(position, position, markup) for position, markup in self._inserts]
        changes += [(start, end, "") for start, end in self._cuts]
        return _rendered(self._layout.html, changes, 0, len(self._layout.html))

    def _cut_within(self, stretch: Stretch, start: int, end: int) -> None:
        self._cut(start, end)
        self._losers.update(stretch.parent.chain() if stretch.parent else ())

    def _cut(self, start: int, end: int) -> None:
        self._cuts.append((start, end))

    def _shows(self, element: Element) -> bool:
        """There is text or a picture in it."""
        following = bisect_left(self._shown, element.start)
        return following < len(self._shown) and self._shown[following] < element.end

    @cached_property
    def _shown(self) -> list[int]:
        """Source positions of all text and pictures."""
        texts = [stretch.start for stretch in self._layout.stretches if stretch.text]
        return sorted(texts + [element.start for element in self._layout.elements if element.is_void])

    def _kept(self) -> list[int]:
        """Source positions of all that is still displayed: text, pictures, rules, new words."""
        is_kept = self._test_of_kept()
        stretches = [
            stretch.start for stretch in self._layout.stretches if stretch.text and is_kept(stretch.start, stretch.end)
        ]
        void = [e.start for e in self._layout.elements if e.is_void and e.name != "br" and is_kept(e.start, e.end)]
        return stretches + void + [position for position, _ in self._inserts]

    def _test_of_kept(self) -> Callable[[int, int], bool]:
        """Tells whether anything of a stretch of the source is left by the cuts so far."""
        merged = _merged(self._cuts)
        starts = [start for start, _ in merged]

        def is_kept(start: int, end: int) -> bool:
            index = bisect_right(starts, start) - 1
            return index < 0 or merged[index][1] < end

        return is_kept

    def _paragraph_break(self, position: int) -> str:
        around = [e for e in self._layout.elements if e.inner <= position <= e.stop and not e.is_void]
        inline = _inline_chain(around[-1] if around else None)
        block = next((e for e in reversed(around) if e.name in BLOCKS), None)
        if block is None or block.name not in REPEATED:
            return "<br><br>"
        html = self._layout.html
        opened = "".join(html[element.start : element.inner] for element in [block, *inline])
        closed = "".join(f"</{element.name}>" for element in [*reversed(inline), block])
        return closed + opened


def _inline_chain(element: Element | None) -> list[Element]:
    """The elements around a place up to its block, outermost first."""
    chain: list[Element] = []
    while element is not None and element.name not in BLOCKS:
        chain.insert(0, element)
        element = element.parent
    return chain


def _escaped(text: str, *, pre: bool) -> str:
    markup = escape(text, quote=False).replace("\xa0", "&nbsp;")
    return markup if pre else markup.replace("\n", "<br>")


def _merged(cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(cuts):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _rendered(html: str, changes: list[tuple[int, int, str]], start: int, end: int) -> str:
    """html[start:end] after changes of (start, end, text); an insertion within a cut is kept."""
    parts, at = [], start
    for low, high, text in sorted(changes, key=lambda change: change[:2]):
        parts += [html[at:low], text]
        at = max(at, high)
    return "".join([*parts, html[at:end]])
